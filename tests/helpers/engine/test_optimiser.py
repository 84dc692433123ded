"""The optimiser: its rates and its first state, compared with optax's own."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from helpers.engine.optimiser import adamw, one_cycle

PEAK = 0.02


@pytest.mark.parametrize("num_steps", [4, 47, 400])
def test_the_rates_are_those_of_the_cosine_one_cycle(num_steps):
    schedule = optax.cosine_onecycle_schedule(
        num_steps, peak_value=PEAK, pct_start=0.25, div_factor=25.0, final_div_factor=1e5
    )
    expected = [float(schedule(step)) for step in range(num_steps + 1)]
    assert np.allclose(one_cycle(num_steps, PEAK), expected, rtol=1e-4, atol=1e-5 * PEAK)


def test_too_few_steps_to_climb_begin_at_the_peak():
    assert np.allclose(one_cycle(1, PEAK), [PEAK, 0], atol=1e-5 * PEAK)
    assert one_cycle(3, PEAK).argmax() == 0


@pytest.fixture
def params():
    tables = {"embedding": jnp.ones((3, 2))}
    return {"params": {"user_embs": tables, "user_bias": {"embedding": jnp.full((3, 1), 0.5)}}}


def test_the_first_state_is_what_optax_would_start_with(params):
    optimiser, made = adamw(params, np.zeros(1, np.float32), 0.0)
    expected = optimiser.init(params)
    assert jax.tree.structure(made) == jax.tree.structure(expected)
    for ours, theirs in zip(jax.tree.leaves(made), jax.tree.leaves(expected), strict=True):
        assert ours.dtype == theirs.dtype
        assert np.array_equal(ours, theirs)


def test_each_step_takes_its_rate_and_the_last_one_stays(params):
    rates = one_cycle(2, PEAK)
    optimiser, state = adamw(params, rates, 0.1)
    gradient = jax.tree.map(jnp.ones_like, params)
    for rate in [*rates, rates[-1], rates[-1]]:
        updates, state = optimiser.update(gradient, state, params)
        moved = updates["params"]
        # With the same gradient at every step Adam's direction is 1; biases do not decay.
        assert moved["user_bias"]["embedding"] == pytest.approx(-rate, rel=1e-4)
        assert moved["user_embs"]["embedding"] == pytest.approx(-rate * 1.1, rel=1e-4)
