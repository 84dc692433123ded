"""Known mistakes in `squared_error`: in the step, and in the measure."""

from collections.abc import Callable, Sequence

import numpy as np

from helpers.checks.mistake import Exchange, Sign, alike, mistake, raises
from helpers.checks.work import Batch, ScoreTable


def steps(change: Callable, counted: int = 1) -> Sign:
    """`train_step` moved the table by `change(errors, learning rate)` at the rated cells.

    `errors` are predictions less ratings, `(batch,)`. Each step counts as `counted`.
    """

    def mistaken(state: ScoreTable, batches: Sequence[Batch]) -> dict:
        table = state.table.astype(np.float64)
        for batch in batches:
            cells = (batch["user_id"], batch["item_id"])
            moved = np.zeros_like(table)
            np.add.at(
                moved, cells, change(table[cells] - batch["user_rating"], state.learning_rate)
            )
            table = table + moved
        return {"table": table, "steps": counted * len(batches)}

    return _runs("train_step", mistaken)


def measures(loss_of: Callable) -> Sign:
    """The metrics hold `loss_of(errors)`, where `errors` are one array per batch."""

    def mistaken(state: ScoreTable, batches: Sequence[Batch]) -> dict:
        table = state.table.astype(np.float64)
        errors = [table[b["user_id"], b["item_id"]] - b["user_rating"] for b in batches]
        return {"loss": float(loss_of(errors))}

    return _runs("compute_metrics", mistaken)


def _runs(name: str, mistaken: Callable[[ScoreTable, Sequence[Batch]], dict]) -> Sign:
    def sign(exchanges: Sequence[Exchange]) -> bool:
        last = exchanges[-1]
        if last.question != "run_steps" or last.args[0] != name:
            return False
        return alike(last.reply, mistaken(*last.args[1:]))

    return sign


def _learns_while_measuring(exchanges: Sequence[Exchange]) -> bool:
    last = exchanges[-1]
    if last.question != "run_steps" or last.args[0] != "compute_metrics":
        return False
    return isinstance(last.reply, dict) and last.reply.get("steps") != 0


def _all(errors):
    return np.concatenate(errors)


def _unmoved(errors, rate):
    return 0 * errors


def _swapped_steps(errors, rate):
    return -2 * rate * errors / errors.size


MISTAKES = (
    mistake(
        "parameters_not_updated",
        "The step leaves every parameter as it was: JAX arrays never change, so return the state "
        "that `apply_gradients` gives.",
        steps(_unmoved, counted=0),
    ),
    mistake(
        "stopped",
        "A step is counted, but nothing moves: no gradient passes from the loss to the parameters.",
        steps(_unmoved),
    ),
    mistake(
        "ascent",
        "This looks like a step uphill: the gradient points to a larger error, and the optimiser "
        "already turns it around.",
        steps(lambda errors, rate: 2 * rate * errors / errors.size),
    ),
    mistake(
        "summed",
        "This looks like the sum of the squared errors; the mean is asked for.",
        steps(lambda errors, rate: -2 * rate * errors),
        measures(lambda errors: np.average([(e**2).sum() for e in errors], weights=_sizes(errors))),
    ),
    mistake(
        "half",
        "This looks like half of the squared error; the formula has no factor in front.",
        steps(lambda errors, rate: -rate * errors / errors.size),
        measures(lambda errors: 0.5 * (_all(errors) ** 2).mean()),
    ),
    mistake(
        "absolute",
        "This looks like the absolute error; it must be squared.",
        steps(lambda errors, rate: -rate * np.sign(errors) / errors.size),
        measures(lambda errors: np.abs(_all(errors)).mean()),
    ),
    mistake(
        "root",
        "This looks like the root of the mean squared error; leave the root out.",
        steps(lambda errors, rate: -rate * errors / errors.size / np.sqrt((errors**2).mean())),
        measures(
            lambda errors: np.average(
                [np.sqrt((e**2).mean()) for e in errors], weights=_sizes(errors)
            )
        ),
        measures(lambda errors: np.sqrt((_all(errors) ** 2).mean())),
    ),
    mistake(
        "square_of_mean",
        "This looks like the square of the mean error, in which errors up and down cancel: square "
        "first.",
        steps(lambda errors, rate: np.full(errors.shape, -2 * rate * errors.mean() / errors.size)),
        measures(
            lambda errors: np.average([e.mean() ** 2 for e in errors], weights=_sizes(errors))
        ),
    ),
    mistake(
        "not_squared",
        "This looks like the mean of the errors themselves, which cancel: square them first.",
        steps(lambda errors, rate: np.full(errors.shape, -rate / errors.size)),
        steps(lambda errors, rate: np.full(errors.shape, rate / errors.size)),
        measures(lambda errors: _all(errors).mean()),
        measures(lambda errors: -_all(errors).mean()),
    ),
    mistake(
        "by_hand",
        "The parameters are right, but the state has not counted the step: use "
        "`state.apply_gradients`.",
        steps(_swapped_steps, counted=0),
    ),
    mistake(
        "own_learning_rate",
        "This looks like a step of a size of its own, and it is not counted: leave the step to "
        "the state's optimiser.",
        *(
            steps(lambda errors, rate, own=own: -2 * own * errors / errors.size, counted=0)
            for own in (1.0, 0.1, 0.01, 0.001)
        ),
    ),
    mistake(
        "stepped_twice",
        "This looks like two steps for one batch.",
        steps(lambda errors, rate: -4 * rate * errors / errors.size, counted=2),
        steps(lambda errors, rate: -4 * rate * errors / errors.size, counted=1),
    ),
    mistake(
        "first_rating_only",
        "This looks like the error of one rating of the batch; the mean over all is asked for.",
        steps(lambda errors, rate: -2 * rate * errors * (np.arange(errors.size) == 0)),
        measures(lambda errors: np.average([e[0] ** 2 for e in errors], weights=_sizes(errors))),
    ),
    mistake(
        "replaced",
        "This looks like the last batch's loss alone: merge it into the metrics, instead of "
        "replacing them.",
        measures(lambda errors: (errors[-1] ** 2).mean()),
    ),
    mistake(
        "batches_count_the_same",
        "This looks like a mean of the batches' means: a short batch must weigh less. One label "
        "for each rating tells how many there are.",
        measures(lambda errors: np.mean([(e**2).mean() for e in errors])),
    ),
    mistake(
        "learns_while_measuring",
        "Measuring changes the model: `compute_metrics` only looks.",
        _learns_while_measuring,
    ),
    mistake(
        "metric_lost",
        "What was measured is lost: metrics never change either, so return the state with the "
        "merged ones.",
        _runs("compute_metrics", lambda state, batches: {"loss": None}),
    ),
    mistake(
        "not_scalar",
        "A gradient needs ONE number: take the mean of the squared errors first.",
        raises("Gradient only defined for scalar-output functions", "train_step"),
    ),
    mistake(
        "loss_beside_gradient",
        "`value_and_grad` gives the loss AND the gradient; only the gradient makes a step.",
        raises(r"tree structure|Custom node type mismatch|Expected (dict|tuple)", "train_step"),
    ),
    mistake(
        "returns_no_state",
        "The whole state is handed back, with what is new in it, and nothing else.",
        raises(r"must return the state; it returned (?!NoneType)"),
    ),
    mistake(
        "assigned",
        "A state cannot be changed in place: `state.replace(...)` gives a new one.",
        raises("FrozenInstanceError|cannot assign to field"),
    ),
    mistake(
        "labels_missing",
        "The metric needs the true ratings as `labels`, to know how many there are.",
        raises("missing 1 required keyword-only argument: 'l(abels|oss)'"),
    ),
)


def _sizes(errors) -> list[int]:
    return [e.size for e in errors]
