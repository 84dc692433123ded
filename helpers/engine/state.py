"""The state of a training: what Flax keeps, and the metrics that run along."""

import jax
import jax.numpy as jnp
import numpy as np
from clu import metrics as clu_metrics
from flax import struct
from flax.training import train_state


@struct.dataclass
class RatingWeightedMean(clu_metrics.Metric):
    """A mean over ratings: a batch counts as much as it has ratings, so a short one weighs less."""

    total: jax.Array
    count: jax.Array

    @classmethod
    def empty(cls) -> "RatingWeightedMean":
        # In NumPy, for which nothing is compiled.
        return cls(total=np.zeros((), np.float32), count=np.zeros((), np.float32))

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
