"""The right answers in plain NumPy, written apart from the solutions and from JAX.

Formulas: biases with damping as in Funk's and Koren's baseline (Koren 2009, Collaborative filtering
with temporal dynamics, section 2); DCG with binary gains (Jarvelin & Kekalainen 2002).
"""

from collections.abc import Mapping, Sequence

import numpy as np

from helpers.checks.work import Arrays, Batch, ScoreTable


def bias_baseline(ratings: Mapping, damping: float) -> tuple[float, np.ndarray, np.ndarray]:
    """Mean, user biases and item biases, by a loop over the ids; unseen ids get zero."""
    rating = ratings["rating"].astype(np.float64)
    mean = rating.mean()
    item_bias = np.zeros(ratings["num_items"])
    for item in np.unique(ratings["item_id"]):
        residuals = rating[ratings["item_id"] == item] - mean
        item_bias[item] = residuals.sum() / (residuals.size + damping)
    user_bias = np.zeros(ratings["num_users"])
    for user in np.unique(ratings["user_id"]):
        rows = ratings["user_id"] == user
        residuals = rating[rows] - mean - item_bias[ratings["item_id"][rows]]
        user_bias[user] = residuals.sum() / (residuals.size + damping)
    return mean, user_bias, item_bias


def dot_products(params: Arrays, batch: Batch) -> np.ndarray:
    """One dot product of a user's and an item's row for each row of the batch."""
    users = params["user_embs/embedding"].astype(np.float64)
    items = params["item_embs/embedding"].astype(np.float64)
    pairs = zip(batch["user_id"], batch["item_id"], strict=True)
    return np.array([np.dot(users[user], items[item]) for user, item in pairs])


def predictions_in_range(params: Arrays, batch: Batch, low: float, high: float) -> np.ndarray:
    """The dot product, with biases where there are any, through a sigmoid onto [low, high]."""
    raw = dot_products(params, batch)
    for table, ids in (("user_bias/embedding", "user_id"), ("item_bias/embedding", "item_id")):
        if table in params:
            raw = raw + params[table][batch[ids], 0]
    return low + (high - low) / (1 + np.exp(-raw))


def gradients(params: Arrays, batch: Batch, weights: np.ndarray, slopes: np.ndarray) -> dict:
    """Gradient of `sum(weights * output)`, where output has `slopes` by its raw dot product."""
    outer = (weights * slopes).astype(np.float64)
    gradient = {path: np.zeros(table.shape) for path, table in params.items()}
    for user, item, factor in zip(batch["user_id"], batch["item_id"], outer, strict=True):
        gradient["user_embs/embedding"][user] += factor * params["item_embs/embedding"][item]
        gradient["item_embs/embedding"][item] += factor * params["user_embs/embedding"][user]
        if "user_bias/embedding" in params:
            gradient["user_bias/embedding"][user] += factor
            gradient["item_bias/embedding"][item] += factor
    return gradient


def descend(state: ScoreTable, batches: Sequence[Batch]) -> np.ndarray:
    """The score table after one step of gradient descent per batch on the mean squared error."""
    table = state.table.astype(np.float64)
    for batch in batches:
        rows = (batch["user_id"], batch["item_id"])
        gradient = np.zeros_like(table)
        np.add.at(gradient, rows, 2 * (table[rows] - batch["user_rating"]) / len(rows[0]))
        table = table - state.learning_rate * gradient
    return table


def mean_squared_error(state: ScoreTable, batches: Sequence[Batch]) -> float:
    """Over all ratings of all batches."""
    errors = [state.table[b["user_id"], b["item_id"]] - b["user_rating"] for b in batches]
    return float(np.mean(np.concatenate(errors).astype(np.float64) ** 2))


def cosines(vector: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The cosine of `vector` with each row."""
    vector, rows = vector.astype(np.float64), rows.astype(np.float64)
    return np.array([row @ vector / np.sqrt((row @ row) * (vector @ vector)) for row in rows])


def recall(recommended: Sequence[int], relevant: Sequence[int], k: int) -> float:
    """Hits in the first `k` over the number of relevant items; 0 where there are none."""
    if not len(relevant):
        return 0.0
    return sum(item in relevant for item in recommended[:k]) / len(relevant)


def ndcg(recommended: Sequence[int], relevant: Sequence[int], k: int) -> float:
    """Binary gains discounted by log2(rank + 1), over the same sum for the ideal ranking."""
    if not len(relevant):
        return 0.0
    gains = [item in relevant for item in recommended[:k]]
    discounts = 1 / np.log2(np.arange(2, k + 2))
    ideal = discounts[: min(k, len(relevant))].sum()
    return float(np.dot(gains, discounts[: len(gains)]) / ideal)
