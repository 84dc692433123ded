"""Known mistakes in `ann_index`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checks.mistake import Exchange, Sign, alike, calls, mistake, raises
from helpers.checks.work import describes_index


def built(holds: Callable[[Mapping[str, Any], np.ndarray, Mapping[str, Any]], bool]) -> Sign:
    """`holds(reply, embeddings, options)` of the last index that was built."""

    def sign(exchanges: Sequence[Exchange]) -> bool:
        last = exchanges[-1]
        if last.question != "build_index" or not describes_index(last.reply):
            return False
        embeddings, options, _ = last.args
        return bool(holds(last.reply, embeddings.astype(np.float64), options))

    return sign


def _measured_by(distance: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Sign:
    """The distances in the index are `distance(rows[:, None], rows[None])`."""

    def holds(reply, embeddings, options):
        return _nearest_are(reply, np.sort(distance(embeddings[:, None], embeddings[None]), axis=1))

    return built(holds)


def _nearest_are(reply: Mapping[str, Any], table: np.ndarray) -> bool:
    """The distances are the first of each row of `table`, as many as were asked for."""
    nearest = table[:, : max(map(len, reply["distances"]), default=0)]
    # The distances of rows to themselves alone are 0 by any metric.
    return bool(nearest.any()) and alike(reply["distances"], [list(row) for row in nearest])


def _measured_by_product(reply, embeddings, options) -> bool:
    """Annoy's dot product is no distance: large means near, and an item need not be nearest "
    "itself."""
    products = np.sort(embeddings @ embeddings.T, axis=1)[:, ::-1]
    return _nearest_are(reply, products)


def _stand_elsewhere(reply, embeddings, options) -> bool:
    """The angles are those of the rows in another order."""
    unit = embeddings / np.sqrt((embeddings**2).sum(1, keepdims=True))
    angles = np.sort(np.sqrt(np.maximum(0, 2 - 2 * unit @ unit.T)), axis=1)
    # Without those to the rows themselves: near zero, rounding would decide the order.
    return alike(
        sorted(row[1:] for row in reply["distances"]), sorted(row[1:] for row in angles.tolist())
    )


def _seeds(differ: Callable[[list], bool]) -> Sign:
    """Three builds with seeds 3, 3 and 4, of whose neighbours `differ` holds."""

    def sign(exchanges: Sequence[Exchange]) -> bool:
        replies = [one.reply for one in exchanges if "seed" in one.args[1]]
        if len(replies) != 3 or not all(describes_index(reply) for reply in replies):
            return False
        found = [reply["neighbours"] for reply in replies]
        return bool(found[0]) and differ(found)

    return sign


def _recall(mistaken: Callable[[list, list], float]) -> Sign:
    return calls("recall_against_exact", mistaken)


def _found(approximate, exact) -> int:
    return sum(item in exact for item in approximate)


MISTAKES = (
    mistake(
        "euclidean",
        "This looks like the metric 'euclidean'; 'angular' orders like the cosine.",
        _measured_by(lambda one, other: np.sqrt(((one - other) ** 2).sum(-1))),
    ),
    mistake(
        "manhattan",
        "This looks like the metric 'manhattan'; 'angular' orders like the cosine.",
        _measured_by(lambda one, other: np.abs(one - other).sum(-1)),
    ),
    mistake(
        "dot",
        "This looks like the metric 'dot', for which long embeddings are near to everything; "
        "'angular' orders like the cosine.",
        built(_measured_by_product),
    ),
    mistake(
        "other_metric",
        "This looks like the metric 'hamming', which compares bits; 'angular' orders like the "
        "cosine.",
        built(
            lambda reply, embeddings, options: (
                bool(reply["distances"])
                and all(
                    isinstance(value, float)
                    and value == round(value)
                    and value <= embeddings.shape[1]
                    for row in reply["distances"]
                    for value in row
                )
                and any(value > 0 for row in reply["distances"] for value in row)
            )
        ),
    ),
    mistake(
        "not_built",
        "No tree was built: `build` comes after the last `add_item`.",
        built(lambda reply, embeddings, options: reply["num_trees"] == 0),
        raises("unbuilt index"),
    ),
    mistake(
        "nothing_added",
        "The index is empty: add every embedding under its row number.",
        built(lambda reply, embeddings, options: reply["num_items"] == 0),
    ),
    mistake(
        "last_missing",
        "The last embedding is missing: `range(n)` already ends before n.",
        built(lambda reply, embeddings, options: reply["num_items"] == len(embeddings) - 1),
    ),
    mistake(
        "counted_from_one",
        "This looks as if items were counted from 1: the first has number 0.",
        built(lambda reply, embeddings, options: reply["num_items"] == len(embeddings) + 1),
    ),
    mistake(
        "first_only",
        "Only one embedding is in the index: add every row.",
        built(lambda reply, embeddings, options: reply["num_items"] == 1),
    ),
    mistake(
        "added_backwards",
        "The embeddings stand under other numbers than their rows.",
        built(_stand_elsewhere),
    ),
    mistake(
        "trees_fixed",
        "The number of trees looks fixed: use the argument `num_trees`.",
        built(
            lambda reply, embeddings, options: (
                "num_trees" in options
                and "seed" not in options
                and reply["num_trees"] in (1, 10, 50, 100)
                and reply["num_trees"] != options["num_trees"]
            )
        ),
        built(
            lambda reply, embeddings, options: not options and reply["num_trees"] in (1, 50, 100)
        ),
    ),
    mistake(
        "trees_left_to_annoy",
        "The number of trees was left to Annoy: `build` takes it.",
        built(
            lambda reply, embeddings, options: (
                reply["num_trees"] not in (0, 10, 1, 50, 100)
                and reply["num_trees"] != options.get("num_trees", 10)
            )
        ),
    ),
    mistake(
        "seed_ignored",
        "Every seed gives the same index: set the seed from the argument, and before `build`.",
        _seeds(lambda found: found[0] == found[1] == found[2]),
    ),
    mistake(
        "seed_random",
        "The same seed gives different indexes: something else decides, such as the clock.",
        _seeds(lambda found: found[0] != found[1]),
    ),
    mistake(
        "wrong_dimension",
        "The dimension of the index is the length of ONE embedding, `shape[1]`.",
        raises("Vector has wrong length"),
    ),
    mistake(
        "added_after_build",
        "Items cannot be added after `build`: add them all first.",
        raises("can't add an item to a loaded index|can't build a built index"),
    ),
    mistake(
        "returns_build",
        "`build` gives back True, not the index: return the index itself.",
        raises("must return the AnnoyIndex; it returned bool"),
    ),
    mistake(
        "over_approximate",
        "This looks divided by the length of the approximate list; recall divides by that of the "
        "exact.",
        _recall(lambda approximate, exact: _found(approximate, exact) / len(approximate)),
    ),
    mistake(
        "place_by_place",
        "This looks compared place by place; what counts is whether an item was found, not where.",
        _recall(lambda approximate, exact: sum(map(_same, approximate, exact)) / len(exact)),
    ),
    mistake(
        "hits_counted",
        "This looks like the number found; recall is their share of the exact ones.",
        _recall(_found),
    ),
    mistake(
        "jaccard",
        "This looks divided by all items of both lists; recall divides by the exact ones.",
        _recall(
            lambda approximate, exact: _found(approximate, exact) / len({*approximate, *exact})
        ),
    ),
    mistake(
        "missed",
        "This looks like the share that was NOT found.",
        _recall(lambda approximate, exact: 1 - _found(approximate, exact) / len(exact)),
    ),
    mistake(
        "percent",
        "This looks like percent; a share from 0 to 1 is asked for.",
        _recall(lambda approximate, exact: 100 * _found(approximate, exact) / len(exact)),
    ),
    mistake(
        "all_or_nothing",
        "This looks like 1 for equal lists and 0 else; recall says how MANY were found.",
        _recall(lambda approximate, exact: float(sorted(approximate) == sorted(exact))),
        _recall(lambda approximate, exact: float(set(exact) <= set(approximate))),
    ),
    mistake(
        "any_hit",
        "This looks like 1 for any hit; recall says how MANY were found.",
        _recall(lambda approximate, exact: float(_found(approximate, exact) > 0)),
    ),
    mistake(
        "lists_of_one_length",
        "It expects two lists of one length; the approximate one may be shorter.",
        raises(
            "broadcast|IndexError|zip\\(\\) argument|shapes|same length", "recall_against_exact"
        ),
    ),
)


def _same(one, other) -> bool:
    return one == other
