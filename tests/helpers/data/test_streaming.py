"""Training from memory-mapped blocks."""

import jax
import numpy as np
import optax
import pytest
from flax import linen as nn

from helpers import ArrayDataset, Config, evaluate, initialise_train_state, train_model
from helpers.data.streaming import MappedDataset, write_ratings
from helpers.errors import CourseError


class Biases(nn.Module):
    """A rating is a user's bias plus an item's."""

    @nn.compact
    def __call__(self, batch):
        users = nn.Embed(20, 1, name="user_bias")(batch["user_id"])
        items = nn.Embed(30, 1, name="item_bias")(batch["item_id"])
        return (users + items)[:, 0]


@jax.jit
def train_step(state, batch):
    def loss(params):
        return optax.squared_error(state.apply_fn(params, batch), batch["user_rating"]).mean()

    return state.apply_gradients(grads=jax.grad(loss)(state.params))


@jax.jit
def compute_metrics(*, state, batch):
    loss = optax.squared_error(state.apply_fn(state.params, batch), batch["user_rating"]).mean()
    update = state.metrics.single_from_model_output(loss=loss, labels=batch["user_rating"])
    return state.replace(metrics=state.metrics.merge(update))


@pytest.fixture
def columns():
    """Sorted by user, as ratings come."""
    rng = np.random.default_rng(0)
    users, items = np.sort(rng.integers(0, 20, 5000)), rng.integers(0, 30, 5000)
    truth = rng.normal(2, 1, 20)[users] + rng.normal(1, 1, 30)[items]
    return {
        "user_id": users.astype(np.int32),
        "item_id": items.astype(np.int32),
        "user_rating": truth.astype(np.float32),
    }


def parts(columns, size=700):
    for start in range(0, 5000, size):
        yield {name: column[start : start + size] for name, column in columns.items()}


@pytest.fixture
def folder(columns, tmp_path):
    return write_ratings(tmp_path / "ratings", parts(columns), 5000, block_size=1000)


def rows_of(blocks):
    return sorted(
        row
        for block in blocks
        for row in zip(*(column.tolist() for column in block.values()), strict=True)
    )


def test_every_rating_is_in_one_block_and_blocks_are_fair_samples(columns, folder):
    dataset = MappedDataset(folder, 64)
    assert len(dataset) == 5
    assert dataset.num_rows == 5000
    assert rows_of(dataset[block] for block in range(5)) == rows_of([columns])
    assert rows_of(dataset.blocks(300)) == rows_of([columns])
    for block in range(5):
        assert len(np.unique(dataset[block]["user_id"])) == 20


def test_an_epoch_visits_each_rating_at_most_once_and_nearly_all(folder):
    dataset = MappedDataset(folder, 64, num_epochs=2, seed=1)
    seen = []
    for chunks in dataset.epochs(lambda columns: columns):
        visited = []
        for chunk in chunks:
            rows = chunk.order[: chunk.num_steps * 64]
            assert len(set(rows.tolist())) == len(rows)
            visited.append({name: column[rows] for name, column in chunk.columns.items()})
        count = sum(len(block["user_id"]) for block in visited)
        assert 5000 - 5 * 63 <= count <= 5000
        seen.append(np.concatenate([block["user_rating"] for block in visited]))
    assert (seen[0][:500] != seen[1][:500]).any()


def test_it_learns_what_ratings_in_memory_teach(columns, folder):
    config = Config(LR=0.3)
    in_memory = ArrayDataset(columns, 64, num_epochs=4, shuffle=True)
    finals = []
    for dataset in (in_memory, MappedDataset(folder, 64, num_epochs=4)):
        state = initialise_train_state(Biases(), jax.random.key(0), in_memory, config)
        state, history = train_model(
            state, dataset, dataset, train_step, compute_metrics, report=lambda _: None
        )
        finals.append(history["val_loss"][-1])
        assert history["val_loss"][-1] == pytest.approx(
            evaluate(state, in_memory, compute_metrics), rel=1e-4
        )
    assert finals[1] == pytest.approx(finals[0], abs=0.02)
    assert finals[1] < 0.1 * np.var(columns["user_rating"])


def test_the_state_can_be_made_from_mapped_ratings(folder):
    dataset = MappedDataset(folder, 64)
    state = initialise_train_state(Biases(), jax.random.key(0), dataset, Config())
    assert state.params["params"]["user_bias"]["embedding"].shape == (20, 1)


def test_a_wrong_number_of_ratings_leaves_nothing_behind(columns, tmp_path):
    with pytest.raises(CourseError, match="5000 ratings and not 4999"):
        write_ratings(tmp_path / "new", parts(columns), 4999)
    assert list(tmp_path.iterdir()) == []


def test_what_exists_is_not_overwritten_and_what_is_missing_is_told(columns, folder, tmp_path):
    with pytest.raises(CourseError, match="exists already"):
        write_ratings(folder, parts(columns), 5000)
    with pytest.raises(CourseError, match="There are no ratings in"):
        _ = MappedDataset(tmp_path / "nowhere", 64).num_rows
