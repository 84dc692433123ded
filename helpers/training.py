"""Train a student's model with the student's own `train_step` and `compute_metrics`."""

import functools
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

import jax
import numpy as np
from flax import linen as nn

from helpers.config import Config
from helpers.data.batches import ArrayDataset
from helpers.engine.compiled import compile_beside, compiled_sooner, keep_compiled_programs
from helpers.engine.epochs import (
    Batch,
    ComputeMetrics,
    TrainStep,
    epoch_runner,
    lower_measure,
    measure,
)
from helpers.engine.layout import Layout, on_one_device
from helpers.engine.optimiser import adamw, one_cycle
from helpers.engine.state import Metrics, TrainState
from helpers.errors import CourseError

# A step on a whole validation set of 65,536 ratings and 50 dimensions touches about 30 MB.
_VALIDATION_BLOCK = 65_536


@dataclass(frozen=True)
class Epoch:
    """What one epoch came to: losses are mean squared errors per rating."""

    number: int
    num_epochs: int
    train_loss: float
    val_loss: float
    seconds: float

    def __str__(self) -> str:
        return (
            f"epoch {self.number}/{self.num_epochs}   train {self.train_loss:.3f}   "
            f"validation {self.val_loss:.3f}   {self.seconds:.1f} s"
        )


def initialise_train_state(
    model: nn.Module,
    model_rng: jax.Array,
    train_ds: ArrayDataset,
    config: Config,
    weight_decay: float = 0.0,
) -> TrainState:
    """Parameters from `model_rng`, AdamW, and a one-cycle learning rate that peaks at `config.LR`.

    Models that are equal, field by field, share their compiled programs, whatever the rate and
    the decay. Those are kept on disk (see `keep_compiled_programs`).
    """
    keep_compiled_programs()
    num_steps = max(1, train_ds.num_epochs * train_ds.num_rows // train_ds.step_size)
    sample = {name: column[:1] for name, column in train_ds.columns.items()}
    model = _shared(model)
    initialise = _initialiser(model)
    compiling = compile_beside(initialise.lower(model_rng, sample))
    shapes = jax.eval_shape(initialise, model_rng, sample)
    optimiser, opt_state = adamw(shapes, one_cycle(num_steps, config.LR), weight_decay)
    rest = {"step": np.int32(0), "opt_state": opt_state, "metrics": Metrics.empty()}
    rest = jax.device_put(rest)
    compiling.result()
    params = initialise(model_rng, sample)
    return TrainState(apply_fn=model.apply, params=params, tx=optimiser, **rest)


def train_model(
    state: TrainState,
    train_ds: ArrayDataset,
    val_ds: ArrayDataset,
    train_step: TrainStep,
    compute_metrics: ComputeMetrics,
    *,
    report: Callable[[str], None] = print,
    on_epoch: Callable[[Epoch], None] | None = None,
    layout: Layout | None = None,
) -> tuple[TrainState, dict[str, list[float]]]:
    """Train for `train_ds.num_epochs` epochs; return the state and the loss of every epoch.

    The history holds `train_loss` and `val_loss`, mean squared errors per rating. The train loss
    is that of each batch before its update. `on_epoch` gets each epoch's numbers, `report` a line
    about them. `layout` says over which devices to work (None: on one).

    `CourseError` when a step does not return a state like the one it was given, or when the loss
    stops being a number.
    """
    keep_compiled_programs()
    layout = layout or on_one_device()
    batch_size = train_ds.step_size
    if batch_size % layout.num_devices:
        raise CourseError(
            f"A batch of {batch_size} cannot be cut evenly over {layout.num_devices} devices."
        )
    if not val_ds.num_rows:
        raise CourseError("There is no rating to validate on.")
    state = layout.place_state(state)
    run = epoch_runner(train_step, compute_metrics, batch_size, layout, report)
    compiling = _compile_evaluation(state, val_ds, compute_metrics, layout)
    history = {"train_loss": [], "val_loss": []}
    started = time.perf_counter()
    for number, chunks in enumerate(train_ds.epochs(layout.place_rows), start=1):
        state = state.replace(metrics=layout.place_state(state.metrics.empty()))
        for chunk in chunks:
            state = run(state, chunk)
        train_loss = _loss(state)
        if not np.isfinite(train_loss):
            raise CourseError(
                f"The training loss became {train_loss} in epoch {number}. Try a "
                "smaller learning rate, Config(LR=...), and look for a division or a logarithm in "
                "your loss."
            )
        if compiling is not None:
            compiling.result()
        val_loss = evaluate(state, val_ds, compute_metrics, layout)
        history["train_loss"].append(train_loss)
        history["val_loss"].append(val_loss)
        now = time.perf_counter()
        epoch = Epoch(number, train_ds.num_epochs, train_loss, val_loss, now - started)
        started = now
        report(str(epoch))
        if on_epoch is not None:
            on_epoch(epoch)
    return state, history


def evaluate(
    state: TrainState,
    dataset: ArrayDataset,
    compute_metrics: ComputeMetrics,
    layout: Layout | None = None,
) -> float:
    """Mean squared error per rating of `dataset`, by the student's own `compute_metrics`."""
    layout = layout or on_one_device()
    state = state.replace(metrics=layout.place_state(state.metrics.empty()))
    for block in dataset.blocks(_VALIDATION_BLOCK):
        state = measure(compute_metrics, layout, state, layout.place_rows(block))
    return _loss(state)


def _compile_evaluation(state, dataset, compute_metrics, layout) -> Future | None:
    """Have `evaluate` compiled while the epoch is; None where its metrics cannot be traced."""
    block = next(iter(dataset.blocks(_VALIDATION_BLOCK)))
    lowered = lower_measure(compute_metrics, layout, state, layout.place_rows(block))
    return None if lowered is None else compile_beside(lowered)


@jax.jit
def pred_step(state: TrainState, batch: Batch) -> jax.Array:
    """Predicted ratings `(batch,)` for the `user_id` and `item_id` of a batch."""
    return state.apply_fn(state.params, batch)


def _loss(state: TrainState) -> float:
    # In NumPy, for which nothing is compiled.
    return float(jax.device_get(state.metrics).compute()["loss"])


@functools.lru_cache(maxsize=32)
def _shared(model: nn.Module) -> nn.Module:
    """The first model that equals this one: JAX tells models apart by identity, not by fields."""
    return model


@functools.lru_cache(maxsize=32)
def _initialiser(model: nn.Module):
    return jax.jit(model.init, compiler_options=compiled_sooner(0))
