# %% *
def recall_at_k(recommended, relevant, k):
    return len(set(recommended[:k]) & set(relevant)) / len(relevant) if relevant else 0.0


def worth(ranks):
    return sum(1 / np.log2(rank + 1) for rank in ranks)


def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return worth(ranks) / worth(range(1, min(k, len(relevant)) + 1))


# %% precision
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    hits = len(set(recommended[:k]) & set(relevant))
    return hits / k


# %% precision: over the items shown
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    hits = len(set(recommended[:k]) & set(relevant))
    return hits / len(recommended[:k])


# %% over_list
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    hits = len(set(recommended[:k]) & set(relevant))
    return hits / len(recommended)


# %% over_smaller
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    hits = len(set(recommended[:k]) & set(relevant))
    return hits / min(k, len(relevant))


# %% hit_rate
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    hits = len(set(recommended[:k]) & set(relevant))
    return float(hits > 0)


# %% hits_counted
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    hits = len(set(recommended[:k]) & set(relevant))
    return hits


# %% jaccard
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    hits = len(set(recommended[:k]) & set(relevant))
    return hits / len(set(recommended[:k]) | set(relevant))


# %% missed
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    hits = len(set(recommended[:k]) & set(relevant))
    return 1 - hits / len(relevant)


# %% k_ignored: in the recall
def recall_at_k(recommended, relevant, k):
    return len(set(recommended) & set(relevant)) / len(relevant) if relevant else 0.0


# %% k_ignored: in the ndcg
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended, 1) if item in relevant]
    return worth(ranks) / worth(range(1, min(k, len(relevant)) + 1))


# %% k_less_one
def recall_at_k(recommended, relevant, k):
    hits = sum(recommended[place] in relevant for place in range(min(k - 1, len(recommended))))
    return hits / len(relevant) if relevant else 0.0


# %% relevant_cut
def recall_at_k(recommended, relevant, k):
    hits = set(recommended[:k]) & set(relevant[:k])
    return len(hits) / len(relevant[:k]) if relevant else 0.0


# %% percent
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    hits = len(set(recommended[:k]) & set(relevant))
    return 100 * hits / len(relevant)


# %% not_normalised
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return worth(ranks)


# %% ideal_over_k
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return worth(ranks) / worth(range(1, k + 1))


# %% ideal_over_relevant
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return worth(ranks) / worth(range(1, len(relevant) + 1))


# %% ideal_of_own_hits
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return worth(ranks) / worth(range(1, len(ranks) + 1)) if ranks else 0.0


# %% over_count
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return worth(ranks) / len(relevant)


# %% no_discount
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return len(ranks) / min(k, len(relevant))


# %% inverse_rank
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return sum(1 / r for r in ranks) / sum(1 / r for r in range(1, min(k, len(relevant)) + 1))


# %% ranks_from_two
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return sum(1 / np.log2(r + 2) for r in ranks) / sum(1 / np.log2(r + 2) for r in range(1, min(k, len(relevant)) + 1))


# %% ranks_from_zero
import math


def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(recommended[:k]) if item in relevant]
    return sum(1 / math.log2(r + 1) for r in ranks) / sum(1 / math.log2(r + 1) for r in range(min(k, len(relevant))))


# %% one_when_nothing_relevant
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 1.0
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return worth(ranks) / worth(range(1, min(k, len(relevant)) + 1))


# %% nothing_relevant
def recall_at_k(recommended, relevant, k):
    hits = len(set(recommended[:k]) & set(relevant))
    return hits / len(relevant)


# %% nothing_relevant: nan
def ndcg_at_k(recommended, relevant, k):
    ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
    return np.float64(worth(ranks)) / worth(range(1, min(k, len(relevant)) + 1))


# %% arguments_exchanged
def ndcg_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    ranks = [rank for rank, item in enumerate(relevant[:k], 1) if item in recommended]
    return worth(ranks) / worth(range(1, min(k, len(recommended)) + 1))


# %% lists_too_short
def recall_at_k(recommended, relevant, k):
    if not relevant:
        return 0.0
    return sum(recommended[place] in relevant for place in range(k)) / len(relevant)


# %% -: always none
def recall_at_k(recommended, relevant, k):
    return 0.0


def ndcg_at_k(recommended, relevant, k):
    return 0.0


# %% -: always all
def recall_at_k(recommended, relevant, k):
    return 1.0


def ndcg_at_k(recommended, relevant, k):
    return 1.0
