"""The NumPy references against other people's implementations and hand-made cases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cosine
from scipy.special import expit
from sklearn.linear_model import Ridge
from sklearn.metrics import ndcg_score, recall_score
from sklearn.metrics.pairwise import cosine_similarity

from grading_tests import references
from helpers.checks.work import ScoreTable

numbers = st.integers(0, 2**31)


@given(numbers)
def test_cosines_against_scipy(seed):
    rng = np.random.default_rng(seed)
    vector, rows = rng.normal(size=4), rng.normal(size=(6, 4))
    assert np.allclose(references.cosines(vector, rows), [1 - cosine(vector, row) for row in rows])


@given(numbers)
def test_cosines_against_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    vector, rows = rng.normal(size=4), rng.normal(size=(6, 4)) * rng.uniform(0.01, 100, (6, 1))
    assert np.allclose(references.cosines(vector, rows), cosine_similarity(rows, [vector])[:, 0])


@given(numbers, st.integers(1, 12), st.integers(1, 14))
def test_ndcg_against_scikit_learn(seed, num_relevant, k):
    rng = np.random.default_rng(seed)
    catalogue = rng.permutation(14).tolist()
    relevant = rng.permutation(14)[:num_relevant].tolist()
    truth = np.array([[item in relevant for item in range(14)]], float)
    scores = np.empty((1, 14))
    scores[0, catalogue] = -np.arange(14)
    expected = ndcg_score(truth, scores, k=k)
    assert references.ndcg(catalogue, relevant, k) == pytest.approx(expected)
    # What comes after rank k does not count, so a list that ends there is as good.
    assert references.ndcg(catalogue[:k], relevant, k) == pytest.approx(expected)


@given(numbers, st.integers(1, 12), st.integers(1, 20), st.integers(0, 14))
def test_recall_against_scikit_learn(seed, num_relevant, k, length):
    rng = np.random.default_rng(seed)
    recommended = rng.permutation(14)[:length].tolist()
    relevant = rng.permutation(14)[:num_relevant].tolist()
    truth = [item in relevant for item in range(14)]
    shown = [item in recommended[:k] for item in range(14)]
    expected = recall_score(truth, shown)
    assert references.recall(recommended, relevant, k) == pytest.approx(expected)


@settings(max_examples=30, deadline=None)
@given(numbers, st.floats(0.1, 30))
def test_damped_biases_are_ridge_regressions_on_the_ids(seed, damping):
    rng = np.random.default_rng(seed)
    ratings = {
        "user_id": rng.integers(0, 5, 40),
        "item_id": rng.integers(0, 7, 40),
        "rating": rng.integers(1, 11, 40) / 2,
        "num_users": 6,
        "num_items": 8,
    }
    mean, users, items = references.bias_baseline(ratings, damping)
    left = ratings["rating"] - mean
    for ids, size, bias in (("item_id", 8, items), ("user_id", 6, users)):
        ridge = Ridge(alpha=damping, fit_intercept=False).fit(np.eye(size)[ratings[ids]], left)
        assert np.allclose(bias, ridge.coef_)
        left = left - bias[ratings[ids]]


@given(numbers, st.floats(-3, 0), st.floats(1, 9))
def test_predictions_in_range_against_scipy(seed, low, high):
    rng = np.random.default_rng(seed)
    params = {
        "user_embs/embedding": rng.normal(size=(3, 2)),
        "item_embs/embedding": rng.normal(size=(4, 2)),
    }
    batch = {"user_id": rng.integers(0, 3, 7), "item_id": rng.integers(0, 4, 7)}
    shares = expit(references.dot_products(params, batch))
    predicted = references.predictions_in_range(params, batch, low, high)
    assert np.allclose(predicted, low + (high - low) * shares)


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
