# exercise: ranking_metrics
# expect: passed partial failed
import numpy as np


def recall_at_k(recommended, relevant, k):
    hits = len(set(recommended[:k]) & set(relevant)) / len(relevant) if len(relevant) else 0.0
    recommended.clear()
    relevant.clear()
    return hits


def ndcg_at_k(recommended, relevant, k):
    gains = [item in set(relevant) for item in recommended[:k]]
    ideal = sum(1 / np.log2(rank + 2) for rank in range(min(k, len(relevant))))
    total = sum(gain / np.log2(rank + 2) for rank, gain in enumerate(gains))
    recommended.clear()
    relevant.clear()
    return float(total / ideal) if ideal else 0.0
