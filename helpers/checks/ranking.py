"""Checks of `recommend`, `top_rated` and `ranking_metrics`: what a user is shown, how well."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from helpers.checks.compare import Mismatch, describe, expect_items, expect_number
from helpers.checks.neighbours import judged_apart_from_cosine
from helpers.checks.report import Check
from helpers.checks.work import OnDevice, ScoreTable, Work


def recommended_are(
    work: Work,
    *,
    user: np.ndarray,
    items: np.ndarray,
    watched: Sequence[int],
    scores: np.ndarray,
    k: int,
) -> str | None:
    """The `k` nearest unwatched items; `scores` are the user's cosines with all items."""
    what = f"recommend_for_user(user_emb, item_embs, already_watched={_short(watched)}, k={k})"

    def verify(stand_ins: dict) -> None:
        arguments = (OnDevice(user), OnDevice(items), list(watched), k)
        yours = work.call("recommend_for_user", *arguments, stand_ins=stand_ins)
        expect_items(yours, scores, _unwatched(len(items), watched), k, what)

    return judged_apart_from_cosine(verify, scores, (user, items))


def top_rated_are(
    work: Work, *, table: np.ndarray, user_id: int, watched: Sequence[int], k: int
) -> None:
    """The `k` unwatched items with the highest predictions of `table[user_id]`, with these."""
    num_items = table.shape[1]
    yours = work.call(
        "recommend_top_rated", ScoreTable(table), user_id, num_items, list(watched), k
    )
    what = f"recommend_top_rated(state, {user_id}, {num_items}, {_short(watched)}, {k})"
    if not isinstance(yours, list) or not all(
        isinstance(pair, list) and len(pair) == 2 for pair in yours
    ):
        raise Mismatch(
            f"{what} should be a list of pairs (item, predicted rating); yours is "
            f"{describe(yours)} of something else."
            if isinstance(yours, list)
            else f"{what} should be a list of pairs (item, predicted rating); yours is "
            f"{describe(yours)}.",
            yours,
        )
    scores = table[user_id].astype(np.float64)
    items = expect_items(
        [pair[0] for pair in yours], scores, _unwatched(num_items, watched), k, what
    )
    ratings = [pair[1] for pair in yours]
    for item, rating in zip(items, ratings, strict=True):
        expect_number(rating, scores[item], f"The predicted rating of item {item}")


def metric_equals(
    work: Work,
    *,
    name: str,
    recommended: Sequence[int],
    relevant: Sequence[int],
    k: int,
    expected: float,
    hint: str = "",
) -> None:
    """`recall_at_k` or `ndcg_at_k` of one list."""
    yours = work.call(name, list(recommended), list(relevant), k)
    what = f"{name}({_short(recommended)}, {_short(relevant)}, {k})"
    expect_number(yours, expected, what, hint)


def _unwatched(num_items: int, watched: Sequence[int]) -> list[int]:
    return sorted(set(range(num_items)) - set(watched))


def _short(items: Sequence[int]) -> str:
    return str(list(items)) if len(items) <= 8 else f"[{len(items)} items]"


# Numbers at which the known mistakes give different lists.
_ITEMS = np.array([[1, 0], [2, 2], [0, 2], [-1, 0], [5, 1], [3, 4], [4, 3], [0.5, -1]], np.float32)
_USER = np.array([2.0, 0.0], np.float32)
_COSINES = np.array([1.0, 0.70711, 0.0, -1.0, 0.98058, 0.6, 0.8, 0.44721])
_PREDICTIONS = np.array(
    [
        [1.0, 4.5, 3.0, 2.5, 0.5, 5.0, 2.0, 3.5],
        [5.0, 0.5, 3.5, 3.0, 4.5, 2.0, 4.0, 1.5],
        [2.0, 1.5, 4.0, 5.0, 3.5, 1.0, 0.5, 4.5],
    ],
    np.float32,
)

VISIBLE = {
    "recommend": (
        Check(
            "three of eight movies, two near ones watched",
            3,
            partial(
                recommended_are, user=_USER, items=_ITEMS, watched=[4, 1], scores=_COSINES, k=3
            ),
        ),
    ),
    "top_rated": (
        Check(
            "three of eight movies, the best two watched",
            3,
            partial(top_rated_are, table=_PREDICTIONS, user_id=1, watched=[4, 0], k=3),
        ),
    ),
    "ranking_metrics": (
        Check(
            "recall: two of seven relevant in the first three",
            1.5,
            partial(
                metric_equals,
                name="recall_at_k",
                recommended=[7, 3, 9, 1, 6, 0],
                relevant=[3, 9, 1, 8, 2, 5, 4],
                k=3,
                expected=2 / 7,
            ),
        ),
        Check(
            "ndcg: two of three relevant movies, second and third",
            1.5,
            partial(
                metric_equals,
                name="ndcg_at_k",
                recommended=[7, 3, 9, 1],
                relevant=[3, 9, 8],
                k=4,
                expected=0.5307212,
                hint="A hit at rank r is worth 1 / log2(r + 1); divide by the best possible sum.",
            ),
        ),
    ),
}
