"""Known mistakes in `ranking_metrics`."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from helpers.checks.mistake import Exchange, Sign, calls, mistake, raises


def _recall(mistaken: Callable) -> Sign:
    """`mistaken(hits, shown, relevant, k)`: the hits among the first k, in their order."""

    def given(recommended, relevant, k):
        hits = [item for item in recommended[:k] if item in relevant]
        with np.errstate(all="ignore"):
            return float(mistaken(len(hits), recommended, relevant, k))

    return calls("recall_at_k", given)


def _ndcg(mistaken: Callable) -> Sign:
    """`mistaken(ranks, shown, relevant, k)`: the ranks of the hits among the first k, from 1."""

    def given(recommended, relevant, k):
        ranks = [rank for rank, item in enumerate(recommended[:k], 1) if item in relevant]
        with np.errstate(all="ignore"):
            return float(mistaken(np.array(ranks, float), recommended, relevant, k))

    return calls("ndcg_at_k", given)


def _divided_by_zero(relevant: bool) -> Sign:
    """An exception of a division or a logarithm, where something is `relevant` or nothing is."""

    def sign(exchanges: Sequence[Exchange]) -> bool:
        last = exchanges[-1]
        said = re.search("ZeroDivisionError|math domain|expected a positive input", last.raised)
        return bool(said) and bool(last.args[2]) == relevant

    return sign


def _worth(ranks) -> np.float64:
    return np.float64((1 / np.log2(np.add(ranks, 1))).sum())


def _first(count: int) -> np.ndarray:
    return np.arange(1, count + 1)


def _ideal(relevant, k) -> np.float64:
    return _worth(_first(min(k, len(relevant))))


def _of_ideal(ranks, relevant, k) -> np.float64:
    return _worth(ranks) / _ideal(relevant, k)


def _any_length(ranks, shown, relevant, k):
    everywhere = [rank for rank, item in enumerate(shown, 1) if item in relevant]
    return _of_ideal(everywhere, relevant, k)


MISTAKES = (
    mistake(
        "one_when_nothing_relevant",
        "Where nothing is relevant, nothing can be found: the measure is 0 then.",
        _recall(lambda hits, shown, relevant, k: hits / len(relevant) if relevant else 1.0),
        _ndcg(lambda ranks, shown, relevant, k: _of_ideal(ranks, relevant, k) if relevant else 1.0),
    ),
    mistake(
        "nothing_relevant",
        "It divides by zero where nothing is relevant: the measure is 0 then.",
        _divided_by_zero(relevant=False),
        _recall(lambda hits, shown, relevant, k: np.divide(hits, len(relevant))),
        _ndcg(lambda ranks, shown, relevant, k: _of_ideal(ranks, relevant, k)),
    ),
    mistake(
        "precision",
        "This looks like precision, hits over k; recall divides by the number of relevant items.",
        _recall(lambda hits, shown, relevant, k: hits / k),
        _recall(lambda hits, shown, relevant, k: np.divide(hits, len(shown[:k]))),
    ),
    mistake(
        "over_list",
        "This looks divided by the length of the whole list; recall divides by the number of "
        "relevant items.",
        _recall(lambda hits, shown, relevant, k: np.divide(hits, len(shown))),
    ),
    mistake(
        "over_smaller",
        "This looks divided by k where fewer fit into the list; recall always divides by the "
        "number of relevant items.",
        _recall(lambda hits, shown, relevant, k: np.divide(hits, min(k, len(relevant)))),
    ),
    mistake(
        "hit_rate",
        "This looks like 1 for any hit; recall says how MANY of the relevant items were found.",
        _recall(lambda hits, shown, relevant, k: hits > 0),
    ),
    mistake(
        "hits_counted",
        "This looks like the number of hits; recall is their share of the relevant items.",
        _recall(lambda hits, shown, relevant, k: hits),
    ),
    mistake(
        "jaccard",
        "This looks divided by all items of both lists; recall divides by the relevant ones.",
        _recall(
            lambda hits, shown, relevant, k: np.divide(hits, len(set(shown[:k]) | set(relevant)))
        ),
    ),
    mistake(
        "missed",
        "This looks like the share that was NOT found.",
        _recall(lambda hits, shown, relevant, k: 1 - np.divide(hits, len(relevant))),
    ),
    mistake(
        "k_ignored",
        "This looks at the whole list; only the first k count.",
        _recall(
            lambda hits, shown, relevant, k: np.divide(
                sum(item in relevant for item in shown), len(relevant)
            )
        ),
        _ndcg(_any_length),
    ),
    mistake(
        "k_less_one",
        "This looks as if one item of the first k were missed: a slice [:k] holds k of them.",
        _recall(
            lambda hits, shown, relevant, k: np.divide(
                sum(item in relevant for item in shown[: k - 1]), len(relevant)
            )
        ),
    ),
    mistake(
        "relevant_cut",
        "This looks as if the relevant items were cut after k as well; only the recommended are.",
        _recall(
            lambda hits, shown, relevant, k: np.divide(
                len(set(shown[:k]) & set(relevant[:k])), len(relevant[:k])
            )
        ),
    ),
    mistake(
        "percent",
        "This looks like percent; a share from 0 to 1 is asked for.",
        _recall(lambda hits, shown, relevant, k: 100 * np.divide(hits, len(relevant))),
        _ndcg(lambda ranks, shown, relevant, k: 100 * _of_ideal(ranks, relevant, k)),
    ),
    mistake(
        "not_normalised",
        "This looks like the DCG, not yet divided by that of the ideal list.",
        _ndcg(lambda ranks, shown, relevant, k: _worth(ranks)),
    ),
    mistake(
        "ideal_over_k",
        "This looks divided by a list of k hits; the ideal list cannot have more hits than there "
        "are relevant items.",
        _ndcg(lambda ranks, shown, relevant, k: _worth(ranks) / _worth(_first(k))),
    ),
    mistake(
        "ideal_over_relevant",
        "This looks divided by a list of all relevant items; the ideal list cannot have more than "
        "k hits.",
        _ndcg(lambda ranks, shown, relevant, k: _worth(ranks) / _worth(_first(len(relevant)))),
    ),
    mistake(
        "ideal_of_own_hits",
        "This looks divided by the same hits moved to the top; the ideal list has ALL relevant "
        "items that fit.",
        _ndcg(
            lambda ranks, shown, relevant, k: (
                _worth(ranks) / _worth(_first(len(ranks))) if len(ranks) else 0.0
            )
        ),
    ),
    mistake(
        "over_count",
        "This looks divided by the number of relevant items; divide by the DCG of the ideal list.",
        _ndcg(lambda ranks, shown, relevant, k: np.divide(_worth(ranks), len(relevant))),
        _ndcg(lambda ranks, shown, relevant, k: np.divide(_worth(ranks), min(k, len(relevant)))),
        _ndcg(lambda ranks, shown, relevant, k: _worth(ranks) / k),
    ),
    mistake(
        "no_discount",
        "This looks as if a hit were worth the same at every rank.",
        _ndcg(lambda ranks, shown, relevant, k: np.divide(len(ranks), min(k, len(relevant)))),
        _ndcg(lambda ranks, shown, relevant, k: np.divide(len(ranks), len(relevant))),
    ),
    mistake(
        "inverse_rank",
        "This looks as if a hit at rank r were worth 1 / r; the discount is a logarithm.",
        _ndcg(
            lambda ranks, shown, relevant, k: (
                (1 / ranks).sum() / (1 / _first(min(k, len(relevant)))).sum()
            )
        ),
    ),
    mistake(
        "ranks_from_two",
        "This looks as if ranks began one too late: the first item has rank 1.",
        _ndcg(
            lambda ranks, shown, relevant, k: (
                _worth(ranks + 1) / _worth(_first(min(k, len(relevant))) + 1)
            )
        ),
        _ndcg(lambda ranks, shown, relevant, k: _of_ideal(ranks + 1, relevant, k)),
    ),
    mistake(
        "ranks_from_zero",
        "This looks as if ranks began at 0, where the discount is log2(1) = 0: Python counts from "
        "0, ranks from 1.",
        _ndcg(
            lambda ranks, shown, relevant, k: (
                _worth(ranks - 1) / _worth(_first(min(k, len(relevant))) - 1)
            )
        ),
        _ndcg(lambda ranks, shown, relevant, k: _of_ideal(ranks - 1, relevant, k)),
        _divided_by_zero(relevant=True),
    ),
    mistake(
        "arguments_exchanged",
        "This looks as if the two lists were exchanged: the recommended come first.",
        calls("recall_at_k", lambda shown, relevant, k: _share(relevant[:k], shown)),
        calls("ndcg_at_k", lambda shown, relevant, k: _exchanged(shown, relevant, k)),
    ),
    mistake(
        "lists_too_short",
        "It fails where the list is shorter than k: look only at what is there.",
        raises("IndexError|could not be broadcast|not aligned|shapes"),
    ),
)


def _share(some, all_of):
    return sum(item in all_of for item in some) / len(all_of)


def _exchanged(shown, relevant, k):
    ranks = [rank for rank, item in enumerate(relevant[:k], 1) if item in shown]
    return float(_of_ideal(ranks, shown, k))
