"""A class of movies, and a small training, for the tests of what the notebooks import."""

import jax
import numpy as np
import optax
import pandas as pd
import pytest
from flax import linen as nn

from helpers import ArrayDataset, Config, initialise_train_state


@pytest.fixture
def movies():
    rows = 60
    return pd.DataFrame(
        {
            "movie_id": np.arange(rows) + 100,
            "movie_title": [f"Film {n}, The ({1950 + n})" for n in range(rows)],
            "label": [f"Film {n}, The ({1950 + n})" for n in range(rows)],
            "movie_genres": ["Action|Sci-Fi", "Drama", "(no genres listed)"] * 20,
            "num_ratings": np.arange(rows) * 5,
        }
    )


@pytest.fixture
def embeddings():
    return np.random.default_rng(0).normal(size=(60, 8)).astype(np.float32)


class _Biases(nn.Module):
    """A rating is a user's bias plus an item's."""

    @nn.compact
    def __call__(self, batch):
        start = nn.initializers.zeros
        users = nn.Embed(20, 1, embedding_init=start, name="user_bias")(batch["user_id"])
        items = nn.Embed(30, 1, embedding_init=start, name="item_embs")(batch["item_id"])
        return (users + items)[:, 0]


@pytest.fixture
def biases():
    return _Biases()


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
def state(biases, ratings):
    return initialise_train_state(biases, jax.random.key(0), ratings, Config(LR=0.3))


def _loss(state, params, batch):
    return optax.squared_error(state.apply_fn(params, batch), batch["user_rating"]).mean()


@pytest.fixture
def train_step():
    def step(state, batch):
        gradient = jax.grad(lambda params: _loss(state, params, batch))(state.params)
        return state.apply_gradients(grads=gradient)

    return step


@pytest.fixture
def compute_metrics():
    def measured(*, state, batch):
        update = state.metrics.single_from_model_output(
            loss=_loss(state, state.params, batch), labels=batch["user_rating"]
        )
        return state.replace(metrics=state.metrics.merge(update))

    return measured


@pytest.fixture
def silent():
    return lambda line: None
