"""The NumPy references against other people's implementations and hand-made cases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cosine

from grading_tests import references
from helpers.checks.work import ScoreTable

numbers = st.integers(0, 2**31)


@given(numbers)
def test_cosines_against_scipy(seed):
    rng = np.random.default_rng(seed)
    vector, rows = rng.normal(size=4), rng.normal(size=(6, 4))
    assert np.allclose(references.cosines(vector, rows), [1 - cosine(vector, row) for row in rows])


@settings(max_examples=20, deadline=None)
@given(numbers)
def test_losses_and_gradients_against_torch(seed):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(4, 5))
    batch = {
        "user_id": rng.integers(0, 4, 9),
        "item_id": rng.integers(0, 5, 9),
        "user_rating": rng.normal(size=9),
    }
    state = ScoreTable(table, learning_rate=0.3)
    scores = torch.tensor(table, requires_grad=True)
    loss = torch.nn.functional.mse_loss(
        scores[batch["user_id"], batch["item_id"]], torch.tensor(batch["user_rating"])
    )
    loss.backward()
    assert references.mean_squared_error(state, [batch]) == pytest.approx(loss.item())
    assert np.allclose(references.descend(state, [batch]), table - 0.3 * scores.grad.numpy())


@settings(max_examples=20, deadline=None)
@given(numbers)
def test_predictions_and_their_gradients_against_torch(seed):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(seed)
    params = {
        "user_embs/embedding": rng.normal(size=(3, 2)),
        "item_embs/embedding": rng.normal(size=(4, 2)),
        "user_bias/embedding": rng.normal(size=(3, 1)),
        "item_bias/embedding": rng.normal(size=(4, 1)),
    }
    batch = {"user_id": rng.integers(0, 3, 7), "item_id": rng.integers(0, 4, 7)}
    weights = rng.normal(size=7)
    t = {path: torch.tensor(table, requires_grad=True) for path, table in params.items()}
    users, items = torch.tensor(batch["user_id"]), torch.tensor(batch["item_id"])
    look = torch.nn.functional.embedding
    raw = (look(users, t["user_embs/embedding"]) * look(items, t["item_embs/embedding"])).sum(-1)
    raw = (
        raw
        + look(users, t["user_bias/embedding"])[:, 0]
        + look(items, t["item_bias/embedding"])[:, 0]
    )
    output = 1 + 4 * torch.sigmoid(raw)
    (output * torch.tensor(weights)).sum().backward()
    yours = references.predictions_in_range(params, batch, 1.0, 5.0)
    assert np.allclose(yours, output.detach().numpy())
    slopes = (yours - 1) * (5 - yours) / 4
    gradient = references.gradients(params, batch, weights, slopes)
    for path, tensor in t.items():
        assert np.allclose(gradient[path], tensor.grad.numpy())


def test_bias_baseline_by_hand():
    ratings = {
        "user_id": np.array([0, 0, 1]),
        "item_id": np.array([0, 1, 0]),
        "rating": np.array([5.0, 2.0, 5.0]),
        "num_users": 3,
        "num_items": 3,
    }
    mean, users, items = references.bias_baseline(ratings, 1.0)
    assert mean == 4.0
    assert items.tolist() == [2 / 3, -1.0, 0.0]
    assert np.allclose(users, [(1 / 3 - 1) / 3, (1 / 3) / 2, 0.0])


@pytest.mark.parametrize(
    ("recommended", "relevant", "k", "recall", "ndcg"),
    [
        ([1, 2, 3], [1, 2, 3], 3, 1.0, 1.0),
        ([3, 2, 1], [1], 3, 1.0, 0.5),
        ([9, 8, 7], [1], 3, 0.0, 0.0),
        ([1, 9], [1, 2, 3, 4], 2, 0.25, 1 / (1 + 1 / np.log2(3))),
        ([1], [], 3, 0.0, 0.0),
        ([], [1], 3, 0.0, 0.0),
    ],
)
def test_ranking_metrics_by_hand(recommended, relevant, k, recall, ndcg):
    assert references.recall(recommended, relevant, k) == pytest.approx(recall)
    assert references.ndcg(recommended, relevant, k) == pytest.approx(ndcg)
