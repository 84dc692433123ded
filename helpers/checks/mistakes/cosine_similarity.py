"""Known mistakes in `cosine_similarity`."""

from collections.abc import Callable

import numpy as np

from helpers.checks.mistake import Mistake, Sign, calls, mistake, raises
from helpers.checks.mistakes.lists import angles, distances


def _cosine(key: str, says: str, *mistaken: Callable, also: tuple[Sign, ...] = ()) -> Mistake:
    """Each of `mistaken` gets the item and the embeddings."""
    signs = (calls("get_cos_sim_distances", function) for function in mistaken)
    return mistake(key, says, *signs, *also)


def _length(vector):
    return np.sqrt((vector**2).sum())


def _lengths(table):
    return np.sqrt((table**2).sum(1))


MISTAKES = (
    _cosine(
        "no_lengths",
        "This looks like the dot products, not divided by any length.",
        lambda item, table: table.dot(item),
    ),
    _cosine(
        "item_length_missing",
        "This looks divided by the rows' lengths only; the item has a length too.",
        lambda item, table: table.dot(item) / _lengths(table),
    ),
    _cosine(
        "row_lengths_missing",
        "This looks divided by the item's length only; every row has a length too.",
        lambda item, table: table.dot(item) / _length(item),
    ),
    _cosine(
        "global_norm",
        "This looks divided by ONE length for the whole table; each row has its own.",
        lambda item, table: table.dot(item) / (_length(table) * _length(item)),
        lambda item, table: table.dot(item) / _length(table),
    ),
    _cosine(
        "column_lengths",
        "This looks like lengths of the table's columns; each ROW has a length.",
        lambda item, table: (table / np.sqrt((table**2).sum(0))).dot(item) / _length(item),
        lambda item, table: (
            table.dot(item) / (np.sqrt((table**2).sum(0)) * _length(item))
            if len(table) in (1, item.size)
            else ""
        ),
        also=(raises("ncompatible shapes"),),
    ),
    _cosine(
        "squared_lengths",
        "This looks divided by the squares of the lengths: the root is missing.",
        lambda item, table: table.dot(item) / (_lengths(table) * _length(item)) ** 2,
    ),
    _cosine(
        "root_of_lengths",
        "This looks divided by the root of the lengths, one root too many.",
        lambda item, table: table.dot(item) / np.sqrt(_lengths(table) * _length(item)),
    ),
    _cosine(
        "lengths_added",
        "This looks divided by the sum of the two lengths; it is their product.",
        lambda item, table: table.dot(item) / (_lengths(table) + _length(item)),
    ),
    _cosine(
        "taxicab_length",
        "This looks like lengths from absolute values; a length is the root of the sum of squares.",
        lambda item, table: table.dot(item) / (np.abs(table).sum(1) * np.abs(item).sum()),
    ),
    _cosine(
        "cosine_distance",
        "This looks like 1 less the cosine, a distance; the cosine itself is asked for.",
        lambda item, table: 1 - angles(item, table),
    ),
    _cosine(
        "euclidean",
        "This looks like a Euclidean distance; the angle does not depend on the lengths.",
        lambda item, table: distances(item, table),
        lambda item, table: -distances(item, table),
    ),
    _cosine(
        "angle",
        "This looks like the angle itself; its cosine is asked for.",
        lambda item, table: np.arccos(np.clip(angles(item, table), -1, 1)),
    ),
    _cosine(
        "not_negative",
        "This looks as if the sign were lost: vectors that point apart have a negative cosine.",
        lambda item, table: np.abs(angles(item, table)),
        lambda item, table: np.maximum(angles(item, table), 0),
        lambda item, table: angles(item, table) ** 2,
    ),
    _cosine(
        "moved_to_unit_range",
        "This looks moved into the range from 0 to 1; a cosine runs from -1 to 1.",
        lambda item, table: (1 + angles(item, table)) / 2,
    ),
    _cosine(
        "centred",
        "This looks like a correlation: the means were taken away first. The cosine keeps them.",
        lambda item, table: angles(item - item.mean(), table - table.mean(1)[:, None]),
    ),
    _cosine(
        "mean",
        "This looks like a mean of the products; the dot product is a sum.",
        lambda item, table: angles(item, table) / item.size,
    ),
    _cosine(
        "kept_dimension",
        "One axis too many is left: the result has one number for each row.",
        lambda item, table: angles(item, table)[:, None],
        lambda item, table: angles(item, table)[None, :],
    ),
    _cosine(
        "squeezed",
        "`squeeze` without an axis turns a table of one row into a single number.",
        lambda item, table: np.squeeze(angles(item, table)),
    ),
    _cosine(
        "all_pairs",
        "This looks like every row with every row; one item is compared with all.",
        lambda item, table: np.array([angles(row, table) for row in table]),
    ),
    _cosine(
        "summed_over_all",
        "This is a single number for the whole table; each row has its own cosine.",
        lambda item, table: angles(item, table).sum(),
        lambda item, table: angles(item, table).mean(),
    ),
    _cosine(
        "sorted",
        "This looks sorted: number i belongs to row i.",
        lambda item, table: np.sort(angles(item, table)),
        lambda item, table: np.sort(angles(item, table))[::-1],
    ),
)
