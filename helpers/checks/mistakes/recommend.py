"""Known mistakes in `recommend`."""

from collections.abc import Callable

import numpy as np

from helpers.checks.mistake import Exchange, Sign, mistake, raises
from helpers.checks.mistakes.lists import angles, distances, down, gives, lists, ranks

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


def new(order: list[int], watched: list[int]) -> list[int]:
    """Those of `order` that were not watched."""
    return [item for item in order if item not in watched]


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
    mistake(
        "filtered_after_cut",
        "This looks cut first and filtered afterwards, so that the list came out short: filter "
        "first.",
        _listed(lambda order, watched, k: new(order[:k], watched)),
    ),
    mistake(
        "watched_shown",
        "This looks as if what was watched were not left out.",
        _listed(lambda order, watched, k: order[:k]),
    ),
    mistake(
        "watched_only",
        "This looks upside down: it shows what was watched, and leaves out the rest.",
        _listed(lambda order, watched, k: [item for item in order if item in watched][:k]),
    ),
    mistake(
        "best_left_out",
        "This looks as if the nearest item were always left out: a user is not in the table, so "
        "there "
        "is nothing to skip.",
        _listed(lambda order, watched, k: new(order[1:], watched)[:k]),
        _listed(lambda order, watched, k: new(order, watched)[1 : k + 1]),
    ),
    mistake(
        "worst_first",
        "This looks like the worst first: `argsort` sorts upwards.",
        _listed(lambda order, watched, k: new(order[::-1], watched)[:k]),
        _listed(lambda order, watched, k: new(order, watched)[:k][::-1]),
        _listed(lambda order, watched, k: new(order, watched)[::-1][:k]),
    ),
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
        "one: "
        "leave them out.",
        _scored(0.0),
    ),
    mistake(
        "not_cut",
        "The list goes on to the end: k items are asked for.",
        _listed(lambda order, watched, k: new(order, watched)),
    ),
    mistake(
        "one_too_many",
        "The list is one too long: cut after k.",
        _listed(lambda order, watched, k: new(order, watched)[: k + 1]),
    ),
    mistake(
        "k_fixed",
        "This looks like always the same number of items: use the argument `k`.",
        *(
            _listed(lambda order, watched, k, n=n: new(order, watched)[:n])
            for n in (2, 3, 5, 10, 20)
        ),
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
        "by_number",
        "This looks like the right items in the order of their numbers; the best come first.",
        _listed(lambda order, watched, k: sorted(new(order, watched)[:k])),
    ),
    mistake(
        "not_sorted",
        "This looks like the first unwatched rows of the table, not sorted by similarity.",
        _listed(lambda order, watched, k: new(sorted(order), watched)[:k]),
    ),
    mistake(
        "numbers_shifted",
        "The numbers are those after the watched rows were taken out of the table, where every "
        "later "
        "row moves up: the original rows are asked for.",
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
