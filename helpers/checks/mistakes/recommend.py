"""Known mistakes in `recommend`."""

from collections.abc import Callable

import numpy as np

from helpers.checks.mistake import Exchange, Sign, mistake, raises
from helpers.checks.mistakes.lists import (
    angles,
    distances,
    down,
    gives,
    lists,
    new,
    of_unwatched,
    ranks,
)

_NAME = "recommend_for_user"


def _given(last: Exchange):
    """User, table, watched and k."""
    _, user, table, watched, k = last.args
    return user.array.astype(np.float64), table.array.astype(np.float64), list(watched), k


def _cosines_of(last: Exchange) -> np.ndarray:
    user, table, _, _ = _given(last)
    return angles(user, table)


def _listed(choose: Callable) -> Sign:
    """`choose(order, watched, k)` of the rows sorted by cosine."""

    def mistaken(last: Exchange) -> list[int]:
        _, _, watched, k = _given(last)
        return choose(down(_cosines_of(last)), watched, k)

    return lists(_NAME, mistaken, _cosines_of)


def _by(score: Callable) -> Sign:
    """The k best unwatched by another score than the cosine."""

    def mistaken(last: Exchange) -> list[int]:
        user, table, watched, k = _given(last)
        return new(down(score(user, table)), watched)[:k]

    return lists(_NAME, mistaken, _cosines_of)


def _scored(low: float) -> Sign:
    """Watched items were given the similarity `low`, and stayed."""

    def scores_of(last: Exchange) -> np.ndarray:
        cosines = _cosines_of(last)
        cosines[_given(last)[2]] = low
        return cosines

    return lists(_NAME, lambda last: down(scores_of(last))[: _given(last)[3]], scores_of)


def _shifted(last: Exchange) -> list[int]:
    _, _, watched, k = _given(last)
    return down(np.delete(_cosines_of(last), watched))[:k]


def _places(last: Exchange) -> list[int]:
    _, _, watched, k = _given(last)
    places = enumerate(ranks(_cosines_of(last)))
    return [place for item, place in places if item not in watched][:k]


def _similarities(last: Exchange) -> np.ndarray:
    _, _, watched, k = _given(last)
    return np.sort(np.delete(_cosines_of(last), watched))[::-1][:k]


def _pairs(last: Exchange) -> list:
    _, _, watched, k = _given(last)
    cosines = _cosines_of(last)
    return [[item, cosines[item]] for item in new(down(cosines), watched)[:k]]


MISTAKES = (
    *of_unwatched(_listed),
    mistake(
        "filled_up_with_watched",
        "This looks filled up with watched items where too few others are left: the list may be "
        "shorter.",
        _listed(lambda order, watched, k: (new(order, watched) + watched)[:k]),
        _scored(-np.inf),
    ),
    mistake(
        "watched_scored_zero",
        "This looks as if watched items were given similarity 0, which is better than a negative "
        "one: leave them out.",
        _scored(0.0),
    ),
    mistake(
        "one_watched_left_out",
        "This looks as if only the first or the last of the watched items were left out.",
        _listed(lambda order, watched, k: new(order, watched[:1])[:k]),
        _listed(lambda order, watched, k: new(order, watched[-1:])[:k]),
    ),
    mistake(
        "shifted_by_watched",
        "This looks as if as many items were skipped as were watched, whichever they are.",
        _listed(lambda order, watched, k: order[len(watched) : len(watched) + k]),
    ),
    mistake(
        "dot_product",
        "This looks ordered by the dot product, which favours long embeddings; order by the "
        "cosine.",
        _by(lambda user, table: table.dot(user)),
    ),
    mistake(
        "euclidean",
        "This looks ordered by Euclidean distance; order by the cosine.",
        _by(lambda user, table: -distances(user, table)),
    ),
    mistake(
        "by_strength",
        "This looks ordered by how strong a similarity is, with its sign lost: opposites are not "
        "alike.",
        _by(lambda user, table: np.abs(angles(user, table))),
    ),
    mistake(
        "numbers_shifted",
        "The numbers are those after the watched rows were taken out of the table, where every "
        "later row moves up: the original rows are asked for.",
        gives(_NAME, _shifted),
    ),
    mistake(
        "rank_instead_of_item",
        "This looks like places in the sorted list; the ROWS that stand there are asked for.",
        gives(_NAME, _places),
        gives(_NAME, lambda last: ranks(_cosines_of(last))[: _given(last)[3]]),
    ),
    mistake(
        "similarities",
        "These are the similarities; the numbers of the items are asked for.",
        gives(_NAME, _similarities),
        gives(_NAME, lambda last: list(_similarities(last))),
    ),
    mistake(
        "pairs",
        "These are pairs of a number and a similarity; only the numbers are asked for.",
        gives(_NAME, _pairs),
    ),
    mistake(
        "set",
        "A set has no order, and the best must come first: return a list.",
        raises("returned a (set|frozenset)"),
    ),
    mistake(
        "watched_not_found",
        "Not every list of watched items holds what you look for in it: `remove` and `index` fail "
        "where it is not.",
        raises(r"not in list|list\.remove"),
    ),
    mistake(
        "too_few_left",
        "It fails where fewer than k items are left: the list may be shorter.",
        raises("IndexError|out of range|must be no larger|k argument to top_k"),
    ),
)
