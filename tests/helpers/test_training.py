"""Training with a student's own step."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from flax import linen as nn

from helpers import ArrayDataset, Config, evaluate, initialise_train_state, live_loss, train_model
from helpers.errors import CourseError
from helpers.training import Metrics, RatingWeightedMean, TrainState


class Biases(nn.Module):
    """A rating is a user's bias plus an item's."""

    @nn.compact
    def __call__(self, batch):
        start = nn.initializers.zeros
        users = nn.Embed(20, 1, embedding_init=start, name="user_bias")(batch["user_id"])
        items = nn.Embed(30, 1, embedding_init=start, name="item_embs")(batch["item_id"])
        return (users + items)[:, 0]


def loss_of(state, params, batch):
    return optax.squared_error(state.apply_fn(params, batch), batch["user_rating"]).mean()


def train_step(state, batch):
    gradient = jax.grad(lambda params: loss_of(state, params, batch))(state.params)
    return state.apply_gradients(grads=gradient)


def compute_metrics(*, state, batch):
    update = state.metrics.single_from_model_output(
        loss=loss_of(state, state.params, batch), labels=batch["user_rating"]
    )
    return state.replace(metrics=state.metrics.merge(update))


@pytest.fixture
def ratings():
    rng = np.random.default_rng(0)
    users, items = rng.integers(0, 20, 250), rng.integers(0, 30, 250)
    truth = rng.normal(2, 1, 20)[users] + rng.normal(1, 1, 30)[items]
    columns = {
        "user_id": users.astype(np.int32),
        "item_id": items.astype(np.int32),
        "user_rating": truth.astype(np.float32),
    }
    return ArrayDataset(columns, 32, num_epochs=6, shuffle=True, seed=1)


@pytest.fixture
def state(ratings):
    return initialise_train_state(Biases(), jax.random.key(0), ratings, Config(LR=0.3))


def silent(_):
    return None


def test_it_learns_and_tells_each_epoch(ratings, state):
    lines = []
    trained, history = train_model(
        state, ratings, ratings, train_step, compute_metrics, report=lines.append
    )
    assert history["val_loss"][-1] < 0.2 * history["val_loss"][0]
    assert len(history["train_loss"]) == len(history["val_loss"]) == len(lines) == 6
    assert "epoch 6/6" in lines[-1]
    assert int(trained.step) == 6 * 250 // 32


def test_the_live_picture_follows_what_training_tells(ratings, state, monkeypatch):
    shown = []
    monkeypatch.setattr("helpers.live.display", lambda bundle, **_: shown.append(bundle))
    report = live_loss()
    _, history = train_model(state, ratings, ratings, train_step, compute_metrics, report=report)
    (bundle,) = shown
    lines = bundle["text/plain"].splitlines()
    assert [
        f"validation {loss:.3f}" in line
        for loss, line in zip(history["val_loss"], lines, strict=True)
    ] == [True] * 6
    assert bundle["image/png"].startswith(b"\x89PNG")


def test_the_state_that_was_given_stays_usable(ratings, state):
    train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)
    again, _ = train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)
    assert int(state.step) == 0
    assert int(again.step) > 0


def test_the_same_seed_gives_the_same_model(ratings, state):
    runs = [
        train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)[1]
        for _ in range(2)
    ]
    assert runs[0] == runs[1]


def with_value_and_grad(state, batch):
    _, gradient = jax.value_and_grad(lambda params: loss_of(state, params, batch))(state.params)
    return state.apply_gradients(grads=gradient)


def with_auxiliary_output(state, batch):
    def loss(params):
        predicted = state.apply_fn(params, batch)
        return jnp.mean((predicted - batch["user_rating"]) ** 2), predicted

    (_, _), gradient = jax.value_and_grad(loss, has_aux=True)(state.params)
    return state.apply_gradients(grads=gradient)


def with_an_optimiser_call_of_its_own(state, batch):
    gradient = jax.grad(loss_of, argnums=1)(state, state.params, batch)
    updates, opt_state = state.tx.update(gradient, state.opt_state, state.params)
    params = optax.apply_updates(state.params, updates)
    return state.replace(step=state.step + 1, params=params, opt_state=opt_state)


def with_the_sum_over_the_count(state, batch):
    def loss(params):
        errors = batch["user_rating"] - state.apply_fn(params, batch)
        return jnp.sum(errors**2) / errors.shape[0]

    return state.apply_gradients(grads=jax.grad(loss)(state.params))


def with_one_loss_per_rating(state, batch):
    def one(params, user, item, rating):
        return (state.apply_fn(params, {"user_id": user[None], "item_id": item[None]}) - rating)[
            0
        ] ** 2

    def loss(params):
        columns = batch["user_id"], batch["item_id"], batch["user_rating"]
        return jax.vmap(one, in_axes=(None, 0, 0, 0))(params, *columns).mean()

    return state.apply_gradients(grads=jax.grad(loss)(state.params))


STYLES = [
    train_step,
    with_value_and_grad,
    with_auxiliary_output,
    with_an_optimiser_call_of_its_own,
    with_the_sum_over_the_count,
    with_one_loss_per_rating,
]


@pytest.mark.parametrize("wrap", [jax.jit, lambda step: step], ids=["jitted", "plain"])
@pytest.mark.parametrize("step", STYLES, ids=lambda step: step.__name__)
def test_every_right_style_of_step_trains_alike(ratings, state, step, wrap):
    _, expected = train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)
    lines = []
    _, history = train_model(
        state, ratings, ratings, wrap(step), wrap(compute_metrics), report=lines.append
    )
    assert history["val_loss"] == pytest.approx(expected["val_loss"], rel=1e-5)
    assert history["train_loss"] == pytest.approx(expected["train_loss"], rel=1e-5)
    assert not any("Note" in line for line in lines)


def test_metrics_with_one_loss_per_rating_and_other_arguments_are_right_too(ratings, state):
    @jax.jit
    def measured(*, state, batch):
        logits = state.apply_fn(state.params, batch)
        update = state.metrics.single_from_model_output(
            logits=logits, labels=batch["user_rating"], loss=(logits - batch["user_rating"]) ** 2
        )
        return state.replace(metrics=state.metrics.merge(update))

    _, expected = train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)
    _, history = train_model(state, ratings, ratings, train_step, measured, report=silent)
    assert history["val_loss"] == pytest.approx(expected["val_loss"], rel=1e-5)


def test_each_epoch_hands_its_numbers_to_the_hook(ratings, state):
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


def count_compilations(run):
    compilations = []

    def listen(event, duration, **about):
        if event == "/jax/core/compile/backend_compile_duration":
            compilations.append(event)

    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        run()
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
    return len(compilations)


def test_an_equal_model_with_other_settings_compiles_nothing(ratings):
    new_step, losses = jax.jit(lambda state, batch: train_step(state, batch)), []

    def run(config, weight_decay):
        state = initialise_train_state(Biases(), jax.random.key(7), ratings, config, weight_decay)
        _, history = train_model(state, ratings, ratings, new_step, compute_metrics, report=silent)
        losses.append(history["val_loss"])

    assert count_compilations(lambda: run(Config(LR=0.3), 0.0)) > 0
    assert count_compilations(lambda: run(Config(LR=0.1), 0.5)) == 0
    assert losses[0] != losses[1]


def test_a_step_that_looks_at_values_trains_step_by_step(ratings, state):
    def curious(state, batch):
        assert float(batch["user_rating"].max()) < 100
        return train_step(state, batch)

    lines = []
    _, expected = train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)
    _, history = train_model(state, ratings, ratings, curious, compute_metrics, report=lines.append)
    assert "cannot compile a whole epoch" in lines[0]
    assert history["val_loss"] == pytest.approx(expected["val_loss"], rel=1e-4)


def test_train_loss_is_that_before_the_update(ratings, state):
    whole = ArrayDataset(ratings.columns, 250, num_epochs=1)
    _, history = train_model(state, whole, whole, train_step, compute_metrics, report=silent)
    assert history["train_loss"][0] == pytest.approx(
        evaluate(state, whole, compute_metrics), rel=1e-5
    )


def test_a_dataset_smaller_than_a_batch_trains(ratings, state):
    few = ArrayDataset({k: v[:10] for k, v in ratings.columns.items()}, 64, num_epochs=2)
    trained, _ = train_model(state, few, few, train_step, compute_metrics, report=silent)
    assert int(trained.step) == 2


def test_nan_stops_with_a_sentence(ratings, state):
    columns = ratings.columns | {"user_rating": np.full(250, np.nan, np.float32)}
    broken = ArrayDataset(columns, 32, num_epochs=2)
    with pytest.raises(CourseError, match=r"became nan in epoch 1.*smaller learning rate"):
        train_model(state, broken, ratings, train_step, compute_metrics, report=silent)


def test_a_step_without_return_is_named(ratings, state):
    with pytest.raises(
        CourseError, match="`train_step` must return the new state; yours returned None"
    ):
        train_model(state, ratings, ratings, lambda s, b: None, compute_metrics, report=silent)


def test_a_step_that_changes_the_state_is_named(ratings, state):
    def widen(state, batch):
        wider = jax.tree.map(lambda leaf: jnp.concatenate([leaf, leaf]), state.params)
        return state.replace(params=wider)

    with pytest.raises(CourseError, match=r"`train_step` changed the state.*\[30, 1\].*\[60, 1\]"):
        train_model(state, ratings, ratings, widen, compute_metrics, report=silent)


def test_an_unwritten_step_passes_on(ratings, state):
    def stub(state, batch):
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        train_model(state, ratings, ratings, stub, compute_metrics, report=silent)


def test_evaluate_weighs_ratings_and_not_batches(ratings, state):
    expected = float(np.mean(ratings.columns["user_rating"] ** 2))
    assert evaluate(state, ratings, compute_metrics) == pytest.approx(expected, rel=1e-5)


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


def test_weight_decay_shrinks_embeddings_and_leaves_biases(ratings):
    state = initialise_train_state(Biases(), jax.random.key(0), ratings, Config(LR=0.3), 0.5)
    state = state.replace(params=jax.tree.map(jnp.ones_like, state.params))
    still = jax.tree.map(jnp.zeros_like, state.params)
    moved = state.apply_gradients(grads=still).params["params"]
    assert (np.asarray(moved["user_bias"]["embedding"]) == 1).all()
    assert (np.asarray(moved["item_embs"]["embedding"]) < 1).all()


def test_nothing_to_train_on_is_told(ratings, state):
    none = ArrayDataset({name: column[:0] for name, column in ratings.columns.items()}, 32)
    with pytest.raises(CourseError, match="no rating"):
        train_model(state, none, ratings, train_step, compute_metrics, report=silent)


class NoisyState(TrainState):
    """A state that draws random numbers as it goes."""

    key: jax.Array


def test_a_state_may_carry_a_random_key(ratings, state):
    def step(state, batch):
        key, now = jax.random.split(state.key)
        noise = 0.01 * jax.random.normal(now, batch["user_rating"].shape)
        noisy = batch | {"user_rating": batch["user_rating"] + noise}
        return train_step(state, noisy).replace(key=key)

    noisy = NoisyState.create(
        apply_fn=state.apply_fn,
        params=state.params,
        tx=optax.adam(0.1),
        metrics=Metrics.empty(),
        key=jax.random.key(5),
    )
    trained, history = train_model(noisy, ratings, ratings, step, compute_metrics, report=silent)
    assert history["val_loss"][-1] < history["val_loss"][0]
    assert (jax.random.key_data(trained.key) != jax.random.key_data(noisy.key)).any()
