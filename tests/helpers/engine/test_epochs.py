"""A student's own steps: every right style trains, a wrong one is named."""

import jax
import jax.numpy as jnp
import optax
import pytest

from helpers import train_model
from helpers.engine.state import Metrics, TrainState
from helpers.errors import CourseError


def loss_of(state, params, batch):
    return optax.squared_error(state.apply_fn(params, batch), batch["user_rating"]).mean()


def with_grad(state, batch):
    gradient = jax.grad(lambda params: loss_of(state, params, batch))(state.params)
    return state.apply_gradients(grads=gradient)


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
    with_grad,
    with_value_and_grad,
    with_auxiliary_output,
    with_an_optimiser_call_of_its_own,
    with_the_sum_over_the_count,
    with_one_loss_per_rating,
]


@pytest.mark.parametrize("wrap", [jax.jit, lambda step: step], ids=["jitted", "plain"])
@pytest.mark.parametrize("step", STYLES, ids=lambda step: step.__name__)
def test_every_right_style_of_step_trains_alike(
    ratings, state, step, wrap, train_step, compute_metrics, silent
):
    _, expected = train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)
    lines = []
    _, history = train_model(
        state, ratings, ratings, wrap(step), wrap(compute_metrics), report=lines.append
    )
    assert history["val_loss"] == pytest.approx(expected["val_loss"], rel=1e-5)
    assert history["train_loss"] == pytest.approx(expected["train_loss"], rel=1e-5)
    assert not any("Note" in line for line in lines)


def test_metrics_with_one_loss_per_rating_and_other_arguments_are_right_too(
    ratings, state, train_step, compute_metrics, silent
):
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


def test_a_step_that_looks_at_values_trains_step_by_step(
    ratings, state, train_step, compute_metrics, silent
):
    def curious(state, batch):
        assert float(batch["user_rating"].max()) < 100
        return train_step(state, batch)

    lines = []
    _, expected = train_model(state, ratings, ratings, train_step, compute_metrics, report=silent)
    _, history = train_model(state, ratings, ratings, curious, compute_metrics, report=lines.append)
    assert "cannot compile a whole epoch" in lines[0]
    assert history["val_loss"] == pytest.approx(expected["val_loss"], rel=1e-4)


def test_a_step_without_return_is_named(ratings, state, train_step, compute_metrics, silent):
    with pytest.raises(
        CourseError, match="`train_step` must return the new state; yours returned None"
    ):
        train_model(state, ratings, ratings, lambda s, b: None, compute_metrics, report=silent)


def test_a_step_that_changes_the_state_is_named(
    ratings, state, train_step, compute_metrics, silent
):
    def widen(state, batch):
        wider = jax.tree.map(lambda leaf: jnp.concatenate([leaf, leaf]), state.params)
        return state.replace(params=wider)

    with pytest.raises(CourseError, match=r"`train_step` changed the state.*\[30, 1\].*\[60, 1\]"):
        train_model(state, ratings, ratings, widen, compute_metrics, report=silent)


def test_an_unwritten_step_passes_on(ratings, state, compute_metrics, silent):
    def stub(state, batch):
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        train_model(state, ratings, ratings, stub, compute_metrics, report=silent)


class NoisyState(TrainState):
    """A state that draws random numbers as it goes."""

    key: jax.Array


def test_a_state_may_carry_a_random_key(ratings, state, train_step, compute_metrics, silent):
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
