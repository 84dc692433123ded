"""What mistakes in lists of items have in common."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers.checks.compare import Mismatch, as_items, is_close
from helpers.checks.mistake import Exchange, Mistake, Sign, alike, mistake


def lists(name: str, mistaken: Callable[..., Sequence[int]], scores_of: Callable) -> Sign:
    """`name` listed what `mistaken` lists, in any order among equal scores.

    Both functions get the last exchange.
    """

    def sign(exchanges: Sequence[Exchange]) -> bool:
        last = exchanges[-1]
        if last.question != "call" or last.args[0] != name:
            return False
        wrong, scores = list(mistaken(last)), scores_of(last)
        items = items_of(last.reply)
        if items is None or len(items) != len(wrong):
            return False
        if not items or not all(0 <= item < len(scores) for item in [*items, *wrong]):
            return items == wrong
        return is_close(scores[items], scores[wrong]) and len(set(items)) == len(set(wrong))

    return sign


def gives(name: str, mistaken: Callable[[Exchange], Any]) -> Sign:
    """`name` returned what `mistaken` gives, which is no list of items."""

    def sign(exchanges: Sequence[Exchange]) -> bool:
        last = exchanges[-1]
        asked = last.question == "call" and last.args[0] == name
        return asked and alike(last.reply, mistaken(last))

    return sign


def items_of(reply: Any) -> list[int] | None:
    """The reply as a list of items, None where it is none."""
    try:
        return as_items(reply, "")
    except Mismatch:
        return None


def down(scores: np.ndarray) -> list[int]:
    """Rows from the highest score to the lowest."""
    return np.argsort(-scores, kind="stable").tolist()


def ranks(scores: np.ndarray) -> list[int]:
    """The place of each row in that order, from 0."""
    return np.argsort(down(scores)).tolist()


def angles(vector: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Cosine of `vector` with each row."""
    lengths = np.sqrt((table**2).sum(1) * (vector**2).sum())
    return np.dot(table, vector) / lengths


def distances(vector: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Euclidean distance of `vector` to each row."""
    return np.sqrt(((table - vector) ** 2).sum(1))


def new(order: list[int], watched: list[int]) -> list[int]:
    """Those of `order` that were not watched."""
    return [item for item in order if item not in watched]


def of_unwatched(listed: Callable[[Callable], Sign]) -> tuple[Mistake, ...]:
    """Mistakes in leaving out what was watched, in the order and in the length of a list.

    `listed(choose)` is the sign that `choose(order, watched, k)` was listed, where `order` holds
    all items, best first.
    """
    return (
        mistake(
            "filtered_after_cut",
            "This looks cut first and filtered afterwards, so that the list came out short: "
            "filter first.",
            listed(lambda order, watched, k: new(order[:k], watched)),
        ),
        mistake(
            "watched_shown",
            "This looks as if what was watched were not left out.",
            listed(lambda order, watched, k: order[:k]),
        ),
        mistake(
            "watched_only",
            "This looks upside down: it shows what was watched, and leaves out the rest.",
            listed(lambda order, watched, k: [item for item in order if item in watched][:k]),
        ),
        mistake(
            "best_left_out",
            "This looks as if the best were always left out: there is nothing to skip here.",
            listed(lambda order, watched, k: new(order[1:], watched)[:k]),
            listed(lambda order, watched, k: new(order, watched)[1 : k + 1]),
        ),
        mistake(
            "worst_first",
            "This looks like the worst first: `argsort` sorts upwards.",
            listed(lambda order, watched, k: new(order[::-1], watched)[:k]),
            listed(lambda order, watched, k: new(order, watched)[:k][::-1]),
            listed(lambda order, watched, k: new(order, watched)[::-1][:k]),
        ),
        mistake(
            "not_cut",
            "The list goes on to the end: k items are asked for.",
            listed(lambda order, watched, k: new(order, watched)),
        ),
        mistake(
            "one_too_many",
            "The list is one too long: cut after k.",
            listed(lambda order, watched, k: new(order, watched)[: k + 1]),
        ),
        mistake(
            "k_fixed",
            "This looks like always the same number of items: use the argument `k`.",
            *(
                listed(lambda order, watched, k, n=n: new(order, watched)[:n])
                for n in (2, 3, 5, 10, 20)
            ),
        ),
        mistake(
            "by_number",
            "This looks like the right items in the order of their numbers; the best come first.",
            listed(lambda order, watched, k: sorted(new(order, watched)[:k])),
        ),
        mistake(
            "not_sorted",
            "This looks like the first unwatched rows of the table, not sorted by similarity.",
            listed(lambda order, watched, k: new(sorted(order), watched)[:k]),
        ),
    )
