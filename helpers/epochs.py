"""Turn a student's step into a whole epoch: compiled where JAX can trace it, else step by step."""

import functools
from collections.abc import Callable, Mapping

import jax
import jax.numpy as jnp
from flax.training.train_state import TrainState
from jax import lax

from helpers.errors import CourseError

Batch = Mapping[str, jax.Array]
TrainStep = Callable[[TrainState, Batch], TrainState]
ComputeMetrics = Callable[..., TrainState]
# (state, columns, order of the rows, number of steps) -> state
RunEpoch = Callable[[TrainState, Batch, jax.Array, int], TrainState]


def epoch_runner(
    train_step: TrainStep,
    compute_metrics: ComputeMetrics,
    state: TrainState,
    columns: Batch,
    batch_size: int,
    report: Callable[[str], None],
) -> RunEpoch:
    """The function that runs one epoch, after a trial of both steps that costs no arithmetic.

    `CourseError` when a step returns another kind of state; what a step raises is passed on.
    """
    batch = {
        name: jax.ShapeDtypeStruct((batch_size, *column.shape[1:]), column.dtype)
        for name, column in columns.items()
    }
    steps = {
        "compute_metrics": lambda state, batch: compute_metrics(state=state, batch=batch),
        "train_step": train_step,
    }
    for name, step in steps.items():
        try:
            returned = jax.eval_shape(step, state, batch)
        except (jax.errors.JAXTypeError, jax.errors.JAXIndexError):
            report(
                f"Note: `{name}` looks at the values of its arrays, so JAX cannot compile a whole "
                "epoch. Training goes on step by step, which is slower."
            )
            return functools.partial(_step_by_step, train_step, compute_metrics, batch_size)
        _require_same_structure(name, state, returned)
    return functools.partial(_compiled_epoch(train_step, compute_metrics), batch_size=batch_size)


@functools.lru_cache(maxsize=8)
def _compiled_epoch(train_step: TrainStep, compute_metrics: ComputeMetrics):
    @functools.partial(jax.jit, donate_argnums=0, static_argnames="batch_size")
    def run_epoch(state, columns, order, num_steps, *, batch_size):
        def step(index, state):
            rows = lax.dynamic_slice(order, (index * batch_size,), (batch_size,))
            batch = jax.tree.map(lambda column: column[rows], columns)
            # Metrics first: they then share the update's own forward pass, which XLA merges.
            return train_step(compute_metrics(state=state, batch=batch), batch)

        return lax.fori_loop(0, num_steps, step, state)

    return run_epoch


def _step_by_step(train_step, compute_metrics, batch_size, state, columns, order, num_steps):
    for rows in jnp.split(order[: num_steps * batch_size], num_steps):
        batch = jax.tree.map(lambda column, rows=rows: column[rows], columns)
        state = train_step(compute_metrics(state=state, batch=batch), batch)
    return state


def _require_same_structure(name: str, state: TrainState, returned) -> None:
    if not isinstance(returned, TrainState):
        raise CourseError(
            f"`{name}` must return the new state; yours returned {type(returned).__name__}."
        )
    after = dict(jax.tree_util.tree_flatten_with_path(returned)[0])
    for path, leaf in jax.tree_util.tree_flatten_with_path(state)[0]:
        new = after.pop(path, None)
        if new is None or new.shape != leaf.shape or new.dtype != leaf.dtype:
            found = "is gone" if new is None else f"became {new.dtype}{list(new.shape)}"
            raise CourseError(
                f"`{name}` changed the state: {jax.tree_util.keystr(path)} was "
                f"{leaf.dtype}{list(leaf.shape)} and {found}. Return a state with the same parts."
            )
    if after:
        extra = ", ".join(jax.tree_util.keystr(path) for path in after)
        raise CourseError(
            f"`{name}` added to the state: {extra}. Return a state with the same parts."
        )
