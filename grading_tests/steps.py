"""Hidden checks of `squared_error`."""

from functools import partial

import numpy as np

from grading_tests import references
from helpers.checks.report import Check
from helpers.checks.steps import metric_is, metric_leaves_model_alone, rated_batch, update_is
from helpers.checks.work import ScoreTable

_USERS, _ITEMS = 6, 8


def squared_error(rng: np.random.Generator) -> list[Check]:
    state = ScoreTable(rng.normal(3, 1, (_USERS, _ITEMS)).astype(np.float32), learning_rate=0.4)
    # Twenty ratings in 48 cells repeat some of them, so that gradients must add up.
    first, second, short = (_random_batch(rng, rows) for rows in (20, 20, 3))
    uneven = "Merge into the state's metrics, and pass labels so that a short batch weighs less."
    return [
        Check(
            "one step",
            1.0,
            partial(
                update_is, state=state, batches=[first], expected=references.descend(state, [first])
            ),
        ),
        Check(
            "two steps",
            0.25,
            partial(
                update_is,
                state=state,
                batches=[first, second],
                expected=references.descend(state, [first, second]),
            ),
        ),
        Check(
            "the loss of a batch",
            0.75,
            partial(
                metric_is,
                state=state,
                batches=[first],
                loss=references.mean_squared_error(state, [first]),
            ),
        ),
        Check(
            "the loss over uneven batches",
            0.75,
            partial(
                metric_is,
                state=state,
                batches=[first, short],
                loss=references.mean_squared_error(state, [first, short]),
                hint=uneven,
            ),
        ),
        Check(
            "measuring changes no parameter",
            0.25,
            partial(metric_leaves_model_alone, state=state, batches=[first]),
        ),
    ]


def _random_batch(rng: np.random.Generator, rows: int) -> dict[str, np.ndarray]:
    return rated_batch(
        rng.integers(0, _USERS, rows), rng.integers(0, _ITEMS, rows), rng.integers(1, 11, rows) / 2
    )
