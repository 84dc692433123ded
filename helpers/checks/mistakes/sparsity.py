"""Known mistakes in `sparsity`."""

from collections.abc import Callable

import numpy as np

from helpers.checks.mistake import Mistake, Sign, calls, mistake, raises


def _sparsity(key: str, says: str, mistaken: Callable, *signs: Sign) -> Mistake:
    """`mistaken` gets users, items and ratings."""
    return mistake(key, says, calls("sparsity", mistaken), *signs)


def _is_text(exchanges) -> bool:
    return isinstance(exchanges[-1].reply, str)


MISTAKES = (
    _sparsity(
        "share",
        "This looks like a share from 0 to 1; a percentage goes up to 100.",
        lambda users, items, ratings: (users * items - ratings) / (users * items),
    ),
    _sparsity(
        "full_cells",
        "This looks like the percentage of full cells; the empty ones are asked for.",
        lambda users, items, ratings: 100 * ratings / (users * items),
    ),
    _sparsity(
        "full_share",
        "This looks like the share of full cells; the percentage of empty ones is asked for.",
        lambda users, items, ratings: ratings / (users * items),
    ),
    _sparsity(
        "cells_added",
        "This looks as if users and items were added; a table has rows TIMES columns cells.",
        lambda users, items, ratings: 100 * (users + items - ratings) / (users + items),
    ),
    _sparsity(
        "count",
        "This looks like the number of empty cells; their share of all cells is asked for.",
        lambda users, items, ratings: users * items - ratings,
    ),
    _sparsity(
        "sign",
        "This looks like the right number with the wrong sign: which is larger, all or the full?",
        lambda users, items, ratings: 100 * (ratings - users * items) / (users * items),
    ),
    _sparsity(
        "percent_misplaced",
        "This looks as if only one of the two terms were in percent: turn the difference into "
        "percent, not a part of it.",
        lambda users, items, ratings: 1 - 100 * ratings / (users * items),
    ),
    _sparsity(
        "percent_misplaced_all",
        "This looks like 100 less a share: both must be in percent before one is taken away.",
        lambda users, items, ratings: 100 - ratings / (users * items),
    ),
    _sparsity(
        "rounded",
        "This looks rounded to a whole number: return it as it is.",
        lambda users, items, ratings: round(100 * (users * items - ratings) / (users * items)),
    ),
    _sparsity(
        "cut",
        "This looks cut to a whole number: return it as it is.",
        lambda users, items, ratings: 100 * (users * items - ratings) // (users * items),
    ),
    _sparsity(
        "whole_division",
        "This looks like `//`, which drops what is behind the point; `/` keeps it.",
        lambda users, items, ratings: 100 * (1 - ratings // (users * items)),
    ),
    _sparsity(
        "per_full",
        "This looks like empty cells per FULL cell; divide by the number of all cells.",
        lambda users, items, ratings: np.divide(100 * (users * items - ratings), ratings),
        raises("ZeroDivisionError"),
    ),
    _sparsity(
        "users_alone",
        "This looks as if only the users were counted; every user has a cell for every item.",
        lambda users, items, ratings: 100 * (users - ratings) / users,
    ),
    _sparsity(
        "items_alone",
        "This looks as if only the items were counted; every item has a cell for every user.",
        lambda users, items, ratings: 100 * (items - ratings) / items,
    ),
    _sparsity(
        "fixed",
        "This is the answer to the visible check, whatever the arguments are: compute it from "
        "them.",
        lambda users, items, ratings: 60.0,
    ),
    mistake("text", "It returns a text: return the number, and format where you print.", _is_text),
)
