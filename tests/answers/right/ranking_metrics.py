# %% loops
def recall_at_k(recommended, relevant, k):
    if len(relevant) == 0:
        return 0.0
    hits = 0
    for item in recommended[:k]:
        if item in relevant:
            hits += 1
    return hits / len(relevant)


def ndcg_at_k(recommended, relevant, k):
    if len(relevant) == 0:
        return 0.0
    dcg = 0.0
    for position, item in enumerate(recommended[:k]):
        if item in relevant:
            dcg += 1 / np.log2(position + 2)
    ideal = 0.0
    for position in range(min(k, len(relevant))):
        ideal += 1 / np.log2(position + 2)
    return dcg / ideal


# %% NumPy, natural logarithms
def recall_at_k(recommended, relevant, k):
    return float(np.isin(recommended[:k], relevant).sum() / max(len(relevant), 1))


def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    weights = 1 / np.log(np.arange(2, k + 2))
    hits = np.isin(recommended[:k], relevant)
    return (hits * weights[: len(hits)]).sum() / weights[: len(relevant)].sum()


# %% sets and math
import math


def recall_at_k(recommended, relevant, k):
    wanted = set(relevant)
    return len(wanted.intersection(recommended[:k])) / len(wanted) if wanted else 0.0


def ndcg_at_k(recommended, relevant, k):
    gain = lambda ranks: math.fsum(1 / math.log2(rank + 1) for rank in ranks)
    found = gain(1 + recommended.index(item) for item in set(recommended[:k]) & set(relevant))
    return found / gain(range(1, min(k, len(relevant)) + 1)) if relevant else 0.0


# %% the ideal list sorted
def dcg(gains):
    return sum(gain / np.log2(rank) for rank, gain in enumerate(gains, start=2))


def recall_at_k(recommended, relevant, k):
    found = [item for item in relevant if item in recommended[:k]]
    return len(found) / len(relevant) if relevant else 0.0


def ndcg_at_k(recommended, relevant, k):
    gains = [int(item in relevant) for item in recommended[:k]]
    ideal = sorted([1] * len(relevant) + [0] * k, reverse=True)[:k]
    return dcg(gains) / dcg(ideal) if any(ideal) else 0.0


# %% JAX
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return jnp.zeros(())
    return jnp.isin(jnp.array(relevant), jnp.array(recommended[:k])).mean()


def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return jnp.zeros(())
    hits = jnp.isin(jnp.array(recommended[:k]), jnp.array(relevant))
    discount = 1 / jnp.log2(jnp.arange(k) + 2.0)
    return (hits * discount[: hits.size]).sum() / discount[: len(relevant)].sum()


# %% only the found items
def recall_at_k(recommended, relevant, k):
    return sum(1 for item in relevant if item in recommended[:k]) / (len(relevant) or 1)


def ndcg_at_k(recommended, relevant, k):
    best = np.cumsum(1 / np.log2(np.arange(k) + 2))
    ranks = np.flatnonzero([item in set(relevant) for item in recommended[:k]])
    if not len(relevant):
        return 0.0
    return np.sum(1 / np.log2(ranks + 2)) / best[min(k, len(relevant)) - 1]
