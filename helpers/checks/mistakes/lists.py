"""What mistakes in lists of items have in common."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers.checks.compare import Mismatch, as_items, is_close
from helpers.checks.mistake import Exchange, Sign, alike


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
