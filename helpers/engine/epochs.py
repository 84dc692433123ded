"""Turn a student's step into a whole epoch: compiled where JAX can trace it, else step by step."""

import functools
from collections.abc import Callable, Mapping

import jax
import jax.numpy as jnp
from flax.training.train_state import TrainState
from jax import lax

from helpers.data.batches import Chunk
from helpers.engine.compiled import compiled_sooner
from helpers.engine.layout import Layout
from helpers.errors import CourseError

Batch = Mapping[str, jax.Array]
TrainStep = Callable[[TrainState, Batch], TrainState]
ComputeMetrics = Callable[..., TrainState]
RunChunk = Callable[[TrainState, Chunk], TrainState]

_UNTRACEABLE = (jax.errors.JAXTypeError, jax.errors.JAXIndexError)


class _UntraceableError(Exception):
    """A step asked a traced array for its numbers; the argument is the step's name."""


def epoch_runner(
    train_step: TrainStep,
    compute_metrics: ComputeMetrics,
    batch_size: int,
    layout: Layout,
    report: Callable[[str], None],
) -> RunChunk:
    """The function that trains on one chunk.

    It raises `CourseError` before any arithmetic when a step returns another kind of state; what a
    step raises is passed on.
    """
    compiled = _compiled_epoch(train_step, compute_metrics, layout)
    by_hand = functools.partial(_step_by_step, train_step, compute_metrics, batch_size)
    untraceable = False

    def run(state: TrainState, chunk: Chunk) -> TrainState:
        nonlocal untraceable
        if not untraceable:
            try:
                return compiled(
                    state, chunk.columns, chunk.order, chunk.num_steps, batch_size=batch_size
                )
            except _UntraceableError as error:
                untraceable = True
                report(
                    f"Note: `{error}` looks at the values of its arrays, so JAX cannot compile a "
                    "whole epoch. Training goes on step by step, which is slower."
                )
        return by_hand(state, chunk)

    return run


def measure(
    compute_metrics: ComputeMetrics, layout: Layout, state: TrainState, batch: Batch
) -> TrainState:
    """`compute_metrics` of a whole block of ratings, compiled where JAX can trace it."""
    try:
        metrics = _compiled_metrics(compute_metrics, layout)(state, batch)
    except _UntraceableError:
        return compute_metrics(state=state, batch=batch)
    return state.replace(metrics=metrics)


def lower_measure(
    compute_metrics: ComputeMetrics, layout: Layout, state: TrainState, batch: Batch
) -> jax.stages.Lowered | None:
    """The program of `measure` for such a state and batch, to compile; None if there is none."""
    try:
        return _compiled_metrics(compute_metrics, layout).lower(state, batch)
    except _UntraceableError:
        return None


# The programs of a few models stay, so that training one again, or with other settings, compiles
# nothing: JAX keeps one for each kind of state that a function was called with.
@functools.lru_cache(maxsize=8)
def _compiled_epoch(train_step: TrainStep, compute_metrics: ComputeMetrics, layout: Layout):
    options = compiled_sooner(2)

    @functools.partial(
        jax.jit, donate_argnums=0, static_argnames="batch_size", compiler_options=options
    )
    def run_epoch(state, columns, order, num_steps, *, batch_size):
        def step(index, state):
            rows = lax.dynamic_slice(order, (index * batch_size,), (batch_size,))
            rows = layout.cut_batch(rows)
            batch = jax.tree.map(lambda column: _take(column, rows), columns)
            # Metrics first: they then share the update's own forward pass, which XLA merges.
            state = _traced_metrics(compute_metrics, state, batch)
            state = _traced("train_step", train_step, state, batch)
            return layout.keep_state(state)

        return lax.fori_loop(0, num_steps, step, state)

    return run_epoch


@functools.lru_cache(maxsize=8)
def _compiled_metrics(compute_metrics: ComputeMetrics, layout: Layout):
    @functools.partial(jax.jit, compiler_options=compiled_sooner(1))
    def measure_block(state, batch):
        return _traced_metrics(compute_metrics, state, layout.cut_batch(batch)).metrics

    return measure_block


def _step_by_step(train_step, compute_metrics, batch_size, state, chunk):
    order = jnp.asarray(chunk.order[: chunk.num_steps * batch_size])
    for rows in order.reshape(chunk.num_steps, batch_size):
        batch = jax.tree.map(lambda column, rows=rows: column[rows], chunk.columns)
        state = train_step(compute_metrics(state=state, batch=batch), batch)
    return state


def _take(column: jax.Array, rows: jax.Array) -> jax.Array:
    """`column[rows]` for rows that are there: nothing is computed for those that are not."""
    return column.at[rows].get(mode="promise_in_bounds")


def _traced_metrics(compute_metrics, state: TrainState, batch: Batch) -> TrainState:
    def by_name(state, batch):
        return compute_metrics(state=state, batch=batch)

    return _traced("compute_metrics", by_name, state, batch)


def _traced(name: str, step: TrainStep, state: TrainState, batch: Batch) -> TrainState:
    try:
        returned = step(state, batch)
    except _UNTRACEABLE:
        raise _UntraceableError(name) from None
    _require_same_structure(name, state, returned)
    return returned


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
