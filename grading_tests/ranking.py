"""Hidden checks of `recommend`, `top_rated` and `ranking_metrics`."""

from functools import partial

import numpy as np

from grading_tests import references
from helpers.checks.ranking import metric_equals, recommended_are, top_rated_are
from helpers.checks.report import Check

_USERS, _ITEMS, _DIM = 5, 15, 4


def recommend(rng: np.random.Generator) -> list[Check]:
    user = rng.normal(size=_DIM).astype(np.float32)
    # Lengths that differ tell the cosine from the dot product.
    lengths = rng.uniform(0.2, 5, (_ITEMS, 1)).astype(np.float32)
    items = rng.normal(size=(_ITEMS, _DIM)).astype(np.float32) * lengths
    scores = references.cosines(user, items)
    best_first = np.argsort(-scores).tolist()
    asks = partial(recommended_are, user=user, items=items, scores=scores)
    return [
        Check("nothing watched", 1.0, partial(asks, watched=[], k=4)),
        Check("some watched", 0.75, partial(asks, watched=sorted(best_first[1:12:3]), k=4)),
        Check("all the nearest watched", 0.75, partial(asks, watched=sorted(best_first[:6]), k=8)),
        Check("fewer left than asked for", 0.5, partial(asks, watched=sorted(best_first[2:]), k=5)),
    ]


def top_rated(rng: np.random.Generator) -> list[Check]:
    table = rng.uniform(0.5, 5, (_USERS, _ITEMS)).astype(np.float32)
    user = int(rng.integers(1, _USERS))
    best_first = np.argsort(-table[user]).tolist()
    asks = partial(top_rated_are, table=table, user_id=user)
    return [
        Check("nothing watched", 1.0, partial(asks, watched=[], k=4)),
        Check("all the best watched", 1.0, partial(asks, watched=sorted(best_first[:6]), k=5)),
        Check(
            "another user", 0.5, partial(top_rated_are, table=table, user_id=0, watched=[3], k=3)
        ),
        Check("fewer left than asked for", 0.5, partial(asks, watched=sorted(best_first[2:]), k=5)),
    ]


def ranking_metrics(rng: np.random.Generator) -> list[Check]:
    recommended = rng.permutation(30)[:12].tolist()
    # Lengths and places at which every known mistake gives another number: hits at ranks 1, 4, 5, 9
    # and 10, nine relevant items, five of them among the first five named.
    first, fourth, fifth, ninth, tenth = (recommended[place] for place in (0, 3, 4, 8, 9))
    wanted = [40, fourth, 41, ninth, first, 42, fifth, tenth, 43]
    few = [recommended[1], fifth, ninth, 40, 41]
    many = [*recommended[:2], *range(50, 58)]
    return [
        Check("recall", 0.75, _metric("recall_at_k", recommended, wanted, 5)),
        Check(
            "recall with a list shorter than k",
            0.5,
            _metric("recall_at_k", recommended, wanted, 20),
        ),
        Check("ndcg", 0.75, _metric("ndcg_at_k", recommended, few, 6)),
        Check(
            "ndcg with more relevant items than k", 0.5, _metric("ndcg_at_k", recommended, many, 4)
        ),
        Check("nothing relevant", 0.5, partial(_nothing_relevant, recommended=recommended)),
    ]


def _metric(name: str, recommended: list[int], relevant: list[int], k: int):
    expected = {"recall_at_k": references.recall, "ndcg_at_k": references.ndcg}[name](
        recommended, relevant, k
    )
    return partial(
        metric_equals, name=name, recommended=recommended, relevant=relevant, k=k, expected=expected
    )


def _nothing_relevant(work, *, recommended: list[int]) -> None:
    """0.0 then, by both metrics; and 1.0 for a perfect list, so that a constant earns nothing."""
    for name in ("recall_at_k", "ndcg_at_k"):
        metric_equals(work, name=name, recommended=recommended, relevant=[], k=5, expected=0.0)
        metric_equals(
            work, name=name, recommended=recommended, relevant=recommended[:3], k=5, expected=1.0
        )
