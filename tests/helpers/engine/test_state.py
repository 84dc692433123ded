"""The running metrics: each rating weighs the same."""

import jax.numpy as jnp
import pytest

from helpers.engine.state import Metrics, RatingWeightedMean


def test_merged_metric_over_uneven_batches():
    metrics = Metrics.empty()
    for losses in ([1.0, 2.0, 3.0], [10.0]):
        losses = jnp.array(losses)
        update = Metrics.single_from_model_output(loss=losses.mean(), labels=losses)
        metrics = metrics.merge(update)
    assert float(metrics.compute()["loss"]) == pytest.approx(4.0)


def test_metric_takes_one_loss_per_rating_too():
    losses = jnp.array([1.0, 2.0, 6.0])
    assert float(RatingWeightedMean.from_model_output(loss=losses, labels=losses).compute()) == 3.0
