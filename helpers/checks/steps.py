"""Checks of `squared_error`: one gradient step, and the metric over many batches."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from helpers.checks.compare import Mismatch, expect_array, expect_number, expect_shape, is_close
from helpers.checks.report import Check
from helpers.checks.work import Batch, ScoreTable, Work


def rated_batch(user_id, item_id, user_rating) -> dict[str, np.ndarray]:
    """A batch whose ratings matter."""
    return {
        "user_id": np.asarray(user_id, np.int32),
        "item_id": np.asarray(item_id, np.int32),
        "user_rating": np.asarray(user_rating, np.float32),
        "timestamp": np.zeros(len(user_id), np.int32),
    }


def update_is(
    work: Work, *, state: ScoreTable, batches: Sequence[Batch], expected: np.ndarray
) -> None:
    """Plain gradient descent on the mean squared error gives these predictions."""
    yours = work.run_steps("train_step", state, batches)
    table = expect_shape(yours["table"], state.table.shape, "The model after train_step")
    if is_close(table, state.table):
        raise Mismatch(
            "train_step changed no parameter: apply the gradients and return that state."
        )
    hint = "Differentiate the MEAN squared error by the parameters and apply those gradients."
    expect_array(table, expected, "The model after train_step", hint)
    if yours["steps"] != len(batches):
        raise Mismatch(
            "train_step should count one step per batch: use state.apply_gradients.",
            yours["steps"],
            len(batches),
        )


def metric_is(
    work: Work, *, state: ScoreTable, batches: Sequence[Batch], loss: float, hint: str = ""
) -> None:
    """`compute_metrics` over the batches gives the mean squared error of all their ratings."""
    yours = work.run_steps("compute_metrics", state, batches)
    if yours["loss"] is None:
        raise Mismatch(
            "compute_metrics recorded nothing: replace the state's metrics by the merged."
        )
    expect_number(yours["loss"], loss, "The loss in state.metrics", hint)


def metric_leaves_model_alone(work: Work, *, state: ScoreTable, batches: Sequence[Batch]) -> None:
    """Measuring is not learning, and what was measured stays in the state."""
    yours = work.run_steps("compute_metrics", state, batches)
    # A loss of 0 is none either: measuring nothing changes nothing.
    if not yours["loss"]:
        raise Mismatch(
            "compute_metrics recorded nothing: replace the state's metrics by the merged."
        )
    expect_array(yours["table"], state.table, "The model after compute_metrics")


_STATE = ScoreTable(np.array([[3.0, 4.0], [2.0, 5.0]], np.float32), learning_rate=0.5)
_RATED = rated_batch([0, 1, 1], [0, 1, 0], [5.0, 4.0, 2.5])

VISIBLE = {
    "squared_error": (
        Check(
            "one step of train_step",
            1.5,
            partial(
                update_is,
                state=_STATE,
                batches=[_RATED],
                expected=np.array([[3 + 2 / 3, 4], [2 + 1 / 6, 5 - 1 / 3]]),
            ),
        ),
        Check(
            "compute_metrics on one batch",
            1.5,
            partial(
                metric_is,
                state=_STATE,
                batches=[_RATED],
                loss=1.75,
                hint="Errors of -2, 1 and -0.5: (4 + 1 + 0.25) / 3.",
            ),
        ),
    ),
}
