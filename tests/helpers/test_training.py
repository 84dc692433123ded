"""Training as a whole: what it learns, tells, measures and refuses."""

import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from helpers import ArrayDataset, Config, evaluate, initialise_train_state, live_loss, train_model
from helpers.errors import CourseError


def test_it_learns_and_tells_each_epoch(ratings, state, train_step, compute_metrics):
    lines = []
    trained, history = train_model(
        state, ratings, ratings, train_step, compute_metrics, report=lines.append
    )
    assert history["val_loss"][-1] < 0.2 * history["val_loss"][0]
    assert len(history["train_loss"]) == len(history["val_loss"]) == len(lines) == 6
    assert "epoch 6/6" in lines[-1]
    assert int(trained.step) == 6 * 250 // 32


def test_the_live_picture_follows_what_training_tells(
    ratings, state, monkeypatch, train_step, compute_metrics
):
    shown = []
    monkeypatch.setattr("helpers.notebook.live.display", lambda bundle, **_: shown.append(bundle))
    report = live_loss()
    _, history = train_model(state, ratings, ratings, train_step, compute_metrics, report=report)
    (bundle,) = shown
    lines = bundle["text/plain"].splitlines()
    assert [
        f"validation {loss:.3f}" in line
        for loss, line in zip(history["val_loss"], lines, strict=True)
    ] == [True] * 6
    assert bundle["image/png"].startswith(b"\x89PNG")


def test_the_state_that_was_given_stays_usable(ratings, state, train_step, compute_metrics, silent):
    train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)
    again, _ = train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)
    assert int(state.step) == 0
    assert int(again.step) > 0


def test_the_same_seed_gives_the_same_model(ratings, state, train_step, compute_metrics, silent):
    runs = [
        train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)[1]
        for _ in range(2)
    ]
    assert runs[0] == runs[1]


def test_each_epoch_hands_its_numbers_to_the_hook(
    ratings, state, train_step, compute_metrics, silent
):
    epochs = []
    _, history = train_model(
        state,
        ratings,
        ratings,
        train_step,
        compute_metrics,
        report=silent,
        on_epoch=epochs.append,
    )
    assert [epoch.number for epoch in epochs] == [1, 2, 3, 4, 5, 6]
    assert [epoch.val_loss for epoch in epochs] == history["val_loss"]
    assert [epoch.train_loss for epoch in epochs] == history["train_loss"]


@pytest.fixture
def compilations(caplog):
    """A function that runs its argument and names the programs that JAX compiles meanwhile."""

    def compilations(run):
        caplog.clear()
        jax.config.update("jax_log_compiles", True)  # in every thread
        try:
            run()
        finally:
            jax.config.update("jax_log_compiles", False)
        told = (re.search(r"Finished XLA compilation of jit\((\w+)\)", m) for m in caplog.messages)
        return [match[1] for match in told if match]

    return compilations


def test_an_equal_model_with_other_settings_compiles_nothing(
    ratings, biases, train_step, compute_metrics, silent, compilations
):
    new_step, losses = jax.jit(lambda state, batch: train_step(state, batch)), []

    def run(config, weight_decay):
        state = initialise_train_state(biases, jax.random.key(7), ratings, config, weight_decay)
        _, history = train_model(state, ratings, ratings, new_step, compute_metrics, report=silent)
        losses.append(history["val_loss"])

    assert compilations(lambda: run(Config(LR=0.3), 0.0))
    assert not compilations(lambda: run(Config(LR=0.1), 0.5))
    assert losses[0] != losses[1]


def test_epoch_and_validation_are_compiled_once_each(
    ratings, state, train_step, compute_metrics, silent, compilations
):
    new_step, new_metrics = lambda *batch: train_step(*batch), lambda **on: compute_metrics(**on)
    names = compilations(
        lambda: train_model(state, ratings, ratings, new_step, new_metrics, report=silent)
    )
    ours = [name for name in names if name in ("run_epoch", "measure_block")]
    assert sorted(ours) == ["measure_block", "run_epoch"]


def test_train_loss_is_that_before_the_update(ratings, state, train_step, compute_metrics, silent):
    whole = ArrayDataset(ratings.columns, 250, num_epochs=1)
    _, history = train_model(state, whole, whole, train_step, compute_metrics, report=silent)
    assert history["train_loss"][0] == pytest.approx(
        evaluate(state, whole, compute_metrics), rel=1e-5
    )


def test_a_dataset_smaller_than_a_batch_trains(ratings, state, train_step, compute_metrics, silent):
    few = ArrayDataset({k: v[:10] for k, v in ratings.columns.items()}, 64, num_epochs=2)
    trained, _ = train_model(state, few, few, train_step, compute_metrics, report=silent)
    assert int(trained.step) == 2


def test_nan_stops_with_a_sentence(ratings, state, train_step, compute_metrics, silent):
    columns = ratings.columns | {"user_rating": np.full(250, np.nan, np.float32)}
    broken = ArrayDataset(columns, 32, num_epochs=2)
    with pytest.raises(CourseError, match=r"became nan in epoch 1.*smaller learning rate"):
        train_model(state, broken, ratings, train_step, compute_metrics, report=silent)


def test_evaluate_weighs_ratings_and_not_batches(ratings, state, compute_metrics):
    expected = float(np.mean(ratings.columns["user_rating"] ** 2))
    assert evaluate(state, ratings, compute_metrics) == pytest.approx(expected, rel=1e-5)


def test_weight_decay_shrinks_embeddings_and_leaves_biases(ratings, biases):
    state = initialise_train_state(biases, jax.random.key(0), ratings, Config(LR=0.3), 0.5)
    state = state.replace(params=jax.tree.map(jnp.ones_like, state.params))
    still = jax.tree.map(jnp.zeros_like, state.params)
    moved = state.apply_gradients(grads=still).params["params"]
    assert (np.asarray(moved["user_bias"]["embedding"]) == 1).all()
    assert (np.asarray(moved["item_embs"]["embedding"]) < 1).all()


def test_nothing_to_learn_from_or_to_validate_on_is_told(
    ratings, state, train_step, compute_metrics, silent
):
    none = ArrayDataset({name: column[:0] for name, column in ratings.columns.items()}, 32)
    with pytest.raises(CourseError, match="no rating to train on"):
        train_model(state, none, ratings, train_step, compute_metrics, report=silent)
    with pytest.raises(CourseError, match="no rating to validate on"):
        train_model(state, ratings, none, train_step, compute_metrics, report=silent)
