"""Train a student's model with the student's own `train_step` and `compute_metrics`."""

import time
from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import optax
from clu import metrics as clu_metrics
from flax import linen as nn
from flax import struct
from flax.training import train_state

from helpers.batches import ArrayDataset
from helpers.config import Config
from helpers.epochs import Batch, ComputeMetrics, TrainStep, epoch_runner
from helpers.errors import CourseError

# A step on a whole validation set of 65,536 ratings and 50 dimensions touches about 30 MB.
_VALIDATION_BLOCK = 65_536


@struct.dataclass
class RatingWeightedMean(clu_metrics.Metric):
    """A mean over ratings: a batch counts as much as it has ratings, so a short one weighs less."""

    total: jax.Array
    count: jax.Array

    @classmethod
    def empty(cls) -> "RatingWeightedMean":
        return cls(total=jnp.zeros((), jnp.float32), count=jnp.zeros((), jnp.float32))

    @classmethod
    def from_model_output(cls, *, loss: jax.Array, labels: jax.Array, **_) -> "RatingWeightedMean":
        """`loss` is the batch's mean (a scalar) or one value per rating; `labels` is `(batch,)`."""
        count = jnp.asarray(jnp.size(labels), jnp.float32)
        return cls(total=jnp.mean(loss).astype(jnp.float32) * count, count=count)

    def merge(self, other: "RatingWeightedMean") -> "RatingWeightedMean":
        return type(self)(total=self.total + other.total, count=self.count + other.count)

    def compute(self) -> jax.Array:
        return self.total / self.count


@struct.dataclass
class Metrics(clu_metrics.Collection):
    """What is measured while training: the mean squared error per rating."""

    loss: RatingWeightedMean


class TrainState(train_state.TrainState):
    """Flax's training state (step, parameters, optimiser) together with the running metrics."""

    metrics: Metrics


def _decayed(params):
    """Weight decay shrinks the embedding tables and leaves the biases alone.

    A bias is the mean opinion on a movie; pulling it to zero pulls good and bad movies together.
    """
    return jax.tree_util.tree_map_with_path(
        lambda path, _: "bias" not in jax.tree_util.keystr(path), params
    )


def initialise_train_state(
    model: nn.Module,
    model_rng: jax.Array,
    train_ds: ArrayDataset,
    config: Config,
    weight_decay: float = 0.0,
) -> TrainState:
    """Parameters from `model_rng`, AdamW, and a one-cycle learning rate with cosine annealing.

    The rate climbs from `config.LR / 25` to `config.LR` over the first quarter of the steps and
    falls to almost nothing (Smith & Topin 2019, arXiv:1708.07120). `weight_decay` is decoupled
    from the gradient (Loshchilov & Hutter 2019, arXiv:1711.05101).
    """
    schedule = optax.cosine_onecycle_schedule(
        transition_steps=max(1, train_ds.num_epochs * train_ds.num_rows // _batch_size(train_ds)),
        peak_value=config.LR,
        pct_start=0.25,
        div_factor=25.0,
        final_div_factor=1e5,
    )
    sample = {name: jnp.asarray(column[:1]) for name, column in train_ds.columns.items()}
    return TrainState.create(
        apply_fn=model.apply,
        params=model.init(model_rng, sample),
        tx=optax.adamw(schedule, weight_decay=weight_decay, mask=_decayed),
        metrics=Metrics.empty(),
    )


def train_model(
    state: TrainState,
    train_ds: ArrayDataset,
    val_ds: ArrayDataset,
    train_step: TrainStep,
    compute_metrics: ComputeMetrics,
    *,
    report: Callable[[str], None] = print,
) -> tuple[TrainState, dict[str, list[float]]]:
    """Train for `train_ds.num_epochs` epochs; return the state and the loss of every epoch.

    The history holds `train_loss` and `val_loss`, mean squared errors per rating. The train loss
    is that of each batch before its update. `CourseError` when a step does not return a state
    like the one it was given, or when the loss stops being a number.
    """
    # A copy, because each epoch gives its buffers to the next one: the caller's stay usable.
    state = jax.tree.map(lambda leaf: jnp.array(leaf, copy=True), state)
    train_columns = jax.tree.map(jnp.asarray, train_ds.columns)
    batch_size = _batch_size(train_ds)
    run_epoch = epoch_runner(train_step, compute_metrics, state, train_columns, batch_size, report)

    history = {"train_loss": [], "val_loss": []}
    left_over = np.empty(0, np.int32)
    for epoch in range(train_ds.num_epochs):
        started = time.perf_counter()
        order = np.concatenate([left_over, train_ds.order(epoch)])
        num_steps = len(order) // batch_size
        left_over = order[num_steps * batch_size :]
        # One shape for every epoch, so that the epoch compiles once.
        order = np.resize(order, train_ds.num_rows + batch_size - 1)
        state = state.replace(metrics=state.metrics.empty())
        state = run_epoch(state, train_columns, jnp.asarray(order), num_steps)
        train_loss = float(state.metrics.compute()["loss"])
        if not np.isfinite(train_loss):
            raise CourseError(
                f"The training loss became {train_loss} in epoch {epoch + 1}. Try a "
                "smaller learning rate, Config(LR=...), and look for a division or a logarithm in "
                "your loss."
            )
        val_loss = evaluate(state, val_ds, compute_metrics)
        history["train_loss"].append(train_loss)
        history["val_loss"].append(val_loss)
        report(
            f"epoch {epoch + 1}/{train_ds.num_epochs}   train {train_loss:.3f}   "
            f"validation {val_loss:.3f}   {time.perf_counter() - started:.1f} s"
        )
    return state, history


def evaluate(state: TrainState, dataset: ArrayDataset, compute_metrics: ComputeMetrics) -> float:
    """Mean squared error per rating of `dataset`, by the student's own `compute_metrics`."""
    state = state.replace(metrics=state.metrics.empty())
    for start in range(0, dataset.num_rows, _VALIDATION_BLOCK):
        stop = start + _VALIDATION_BLOCK
        block = {name: jnp.asarray(column[start:stop]) for name, column in dataset.columns.items()}
        state = compute_metrics(state=state, batch=block)
    return float(state.metrics.compute()["loss"])


@jax.jit
def pred_step(state: TrainState, batch: Batch) -> jax.Array:
    """Predicted ratings `(batch,)` for the `user_id` and `item_id` of a batch."""
    return state.apply_fn(state.params, batch)


def _batch_size(dataset: ArrayDataset) -> int:
    return min(dataset.batch_size, dataset.num_rows)
