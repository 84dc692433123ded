"""Known mistakes in `most_similar`."""

from collections.abc import Callable

import numpy as np

from helpers.checks.mistake import Exchange, Sign, mistake, raises
from helpers.checks.mistakes.lists import angles, distances, down, gives, lists, ranks

_SIMILAR = "get_top_k_most_similar_movies"


def _given(last: Exchange):
    """Query number, table and k."""
    _, movie, embeddings, k = last.args
    names = last.options["stand_ins"]["movie_to_id_mapping"]
    return names[movie], embeddings.array.astype(np.float64), k


def _cosines_of(last: Exchange) -> np.ndarray:
    query, table, _ = _given(last)
    return angles(table[query], table)


def _listed(choose: Callable) -> Sign:
    """`choose(order, query, k)` of the rows sorted by cosine."""

    def mistaken(last: Exchange) -> list[int]:
        query, _, k = _given(last)
        return choose(down(_cosines_of(last)), query, k)

    return lists(_SIMILAR, mistaken, _cosines_of)


def _by(score: Callable) -> Sign:
    """The k best by another score than the cosine, the query left out."""

    def mistaken(last: Exchange) -> list[int]:
        query, table, k = _given(last)
        return [row for row in down(score(table[query], table)) if row != query][:k]

    return lists(_SIMILAR, mistaken, _cosines_of)


def _neighbours_of(row_of: Callable[[int, int, int], int]) -> Sign:
    """The k rows most like row `row_of(query, k, number of rows)`, the query left out."""

    def mistaken(last: Exchange) -> list[int]:
        query, table, k = _given(last)
        row = row_of(query, k, len(table))
        return [other for other in down(angles(table[row], table)) if other != query][:k]

    return lists(_SIMILAR, mistaken, _cosines_of)


def _equals_left_out(last: Exchange) -> list[int]:
    _, _, k = _given(last)
    cosines = _cosines_of(last)
    return [row for row in down(cosines) if cosines[row] < 1 - 1e-6][:k]


def _places(last: Exchange) -> list[int]:
    query, _, k = _given(last)
    return [place for row, place in enumerate(ranks(_cosines_of(last))) if row != query][:k]


def _similarities(last: Exchange) -> np.ndarray:
    query, _, k = _given(last)
    return np.sort(np.delete(_cosines_of(last), query))[::-1][:k]


def _names(last: Exchange) -> list[str]:
    query, _, k = _given(last)
    names = {row: name for name, row in last.options["stand_ins"]["movie_to_id_mapping"].items()}
    return [names[row] for row in down(_cosines_of(last)) if row != query][:k]


def _pairs(last: Exchange) -> list:
    query, _, k = _given(last)
    cosines = _cosines_of(last)
    return [[row, cosines[row]] for row in down(cosines) if row != query][:k]


MISTAKES = (
    mistake(
        "query_not_excluded",
        "The movie itself stands in its own list: leave it out.",
        _listed(lambda order, query, k: order[:k]),
    ),
    mistake(
        "excluded_by_position",
        "This looks as if the FIRST of the sorted list were left out; among equals that can be "
        "another movie.",
        _listed(lambda order, query, k: order[1 : k + 1]),
    ),
    mistake(
        "excluded_by_similarity",
        "This looks as if everything with cosine 1 were left out: another movie that points the "
        "same way belongs in the list.",
        lists(_SIMILAR, _equals_left_out, _cosines_of),
    ),
    mistake(
        "excluded_after_cut",
        "The list is one too short: it was cut first, and the movie taken out afterwards.",
        _listed(lambda order, query, k: [row for row in order[:k] if row != query]),
    ),
    mistake(
        "one_too_many",
        "The list is one too long: cut after k.",
        _listed(lambda order, query, k: [row for row in order if row != query][: k + 1]),
        _listed(lambda order, query, k: order[: k + 1]),
    ),
    mistake(
        "worst_first",
        "This looks like the worst first: `argsort` sorts upwards.",
        _listed(lambda order, query, k: [row for row in order[::-1] if row != query][:k]),
        _listed(lambda order, query, k: [row for row in order if row != query][:k][::-1]),
        _listed(lambda order, query, k: order[::-1][:k]),
        _listed(lambda order, query, k: order[::-1][1 : k + 1]),
    ),
    mistake(
        "not_cut",
        "The list goes on to the end: k movies are asked for.",
        _listed(lambda order, query, k: [row for row in order if row != query]),
        _listed(lambda order, query, k: order),
        _listed(lambda order, query, k: order[1:]),
    ),
    mistake(
        "k_fixed",
        "This looks like always the same number of movies: use the argument `k`.",
        *(
            _listed(lambda order, query, k, n=n: [row for row in order if row != query][:n])
            for n in (3, 5, 10)
        ),
    ),
    mistake(
        "last_left_out",
        "This looks as if the last movie were left out instead of the one that was asked for.",
        _listed(lambda order, query, k: [row for row in order if row != len(order) - 1][:k]),
    ),
    mistake(
        "first_row_left_out",
        "This looks as if movie number 0 were left out instead of the one that was asked for.",
        _listed(lambda order, query, k: [row for row in order if row != 0][:k]),
    ),
    mistake(
        "other_query",
        "This looks like the neighbours of another movie: look the name up in the mapping.",
        _neighbours_of(lambda query, k, count: 0),
        _neighbours_of(lambda query, k, count: -1),
        _neighbours_of(lambda query, k, count: k % count),
        _neighbours_of(lambda query, k, count: (query + 1) % count),
        _neighbours_of(lambda query, k, count: query - 1),
    ),
    mistake(
        "dot_product",
        "This looks ordered by the dot product, which favours long embeddings; order by the "
        "cosine.",
        _by(lambda vector, table: table.dot(vector)),
    ),
    mistake(
        "euclidean",
        "This looks ordered by Euclidean distance; order by the cosine.",
        _by(lambda vector, table: -distances(vector, table)),
    ),
    mistake(
        "by_strength",
        "This looks ordered by how strong a similarity is, with its sign lost: opposites are not "
        "alike.",
        _by(lambda vector, table: np.abs(angles(vector, table))),
    ),
    mistake(
        "by_number",
        "This looks like the right movies in the order of their numbers; the best come first.",
        _listed(lambda order, query, k: sorted([row for row in order if row != query][:k])),
    ),
    mistake(
        "not_sorted",
        "This looks like the first rows of the table, not sorted by similarity.",
        _listed(lambda order, query, k: [row for row in range(len(order)) if row != query][:k]),
    ),
    mistake(
        "rank_instead_of_item",
        "This looks like places in the sorted list; the ROWS that stand there are asked for.",
        gives(_SIMILAR, _places),
        gives(_SIMILAR, lambda last: list(range(1, _given(last)[2] + 1))),
    ),
    mistake(
        "numbers_shifted",
        "The numbers are those after the movie was taken out of the table, where every later row "
        "moves up: the original rows are asked for.",
        gives(
            _SIMILAR,
            lambda last: down(np.delete(_cosines_of(last), _given(last)[0]))[: _given(last)[2]],
        ),
    ),
    mistake(
        "similarities",
        "These are the similarities; the numbers of the movies are asked for.",
        gives(_SIMILAR, _similarities),
        gives(_SIMILAR, lambda last: list(_similarities(last))),
    ),
    mistake(
        "names",
        "These are names; the numbers of the movies are asked for.",
        gives(_SIMILAR, _names),
    ),
    mistake(
        "pairs",
        "These are pairs of a number and a similarity; only the numbers are asked for.",
        gives(_SIMILAR, _pairs),
    ),
    mistake(
        "set",
        "A set has no order, and the best must come first: return a list.",
        raises("returned a (set|frozenset)"),
    ),
    mistake(
        "lazy",
        "It returns something that could become a list: make it one.",
        raises(r"returned a (map|filter|generator|reversed|dict_keys|zip)\b"),
    ),
)
