"""Signs of mistakes in a model of embedding tables, and the mistakes that all such models share."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checks.mistake import Exchange, Mistake, Sign, alike, mistake, raises
from helpers.checks.work import Arrays, Batch

USERS, ITEMS = "user_embs/embedding", "item_embs/embedding"
USER_BIAS, ITEM_BIAS = "user_bias/embedding", "item_bias/embedding"
_OWNERS = {USERS: "num_users", ITEMS: "num_items", USER_BIAS: "num_users", ITEM_BIAS: "num_items"}
_STEP = 1e-4

# Fields, parameters and batch to the output that a mistake gives.
Mistaken = Callable[[Mapping[str, Any], Arrays, Batch], np.ndarray]


def outputs(mistaken: Mistaken) -> Sign:
    """The model gave the output that `mistaken` gives, or a gradient by its parameters."""

    def sign(exchanges: Sequence[Exchange]) -> bool:
        last = exchanges[-1]
        if last.question not in ("apply_model", "model_gradient"):
            return False
        _, fields, params, batch, *weights = last.args
        params = {path: table.astype(np.float64) for path, table in params.items()}
        with np.errstate(all="ignore"):
            if not weights:
                return alike(last.reply, mistaken(fields, params, batch))
            gradient = _gradient(mistaken, fields, params, batch, *weights)
            if gradient is None:
                return bool(re.search("ncompatible|broadcast", last.raised))
            return alike(last.reply, gradient)

    return sign


def _gradient(mistaken: Mistaken, fields, params, batch, weights) -> dict[str, np.ndarray] | None:
    """Gradient of `sum(weights * output)` by central differences; None where shapes do not fit."""

    def weighted() -> float:
        return float((weights * mistaken(fields, params, batch)).sum())

    try:
        weighted()
    except ValueError:
        return None
    gradient = {path: np.zeros(table.shape) for path, table in params.items()}
    for path, table in params.items():
        for place in np.ndindex(table.shape):
            kept, ends = table[place], []
            for step in (_STEP, -_STEP):
                table[place] = kept + step
                ends.append(weighted())
            table[place] = kept
            gradient[path][place] = (ends[0] - ends[1]) / (2 * _STEP)
    return gradient


def shapes(holds: Callable[[Mapping[str, Any], dict[str, tuple]], bool]) -> Sign:
    """The shapes of the initial parameters are as `holds(fields, shapes)` says."""

    def sign(exchanges: Sequence[Exchange]) -> bool:
        last = exchanges[-1]
        if last.question != "param_shapes" or not isinstance(last.reply, dict):
            return False
        found = {path: tuple(shape) for path, shape in last.reply.items()}
        return holds(last.args[1], found)

    return sign


def pairs(params: Arrays, batch: Batch) -> np.ndarray:
    """The users' rows times the items' rows, element by element: `(batch, d)`."""
    return rows(params, USERS, batch["user_id"]) * rows(params, ITEMS, batch["item_id"])


def rows(params: Arrays, path: str, ids: np.ndarray) -> np.ndarray:
    """Rows of a table as `nn.Embed` gives them: nan for an id that the table does not have."""
    table = params[path]
    taken = table[np.minimum(ids, len(table) - 1)].copy()
    taken[ids >= len(table)] = np.nan
    return taken


def squash(values: np.ndarray) -> np.ndarray:
    """The sigmoid."""
    return 1 / (1 + np.exp(-values))


def stopped(exchanges: Sequence[Exchange]) -> bool:
    """A gradient came back, and one of its tables is all zeros."""
    last = exchanges[-1]
    if last.question != "model_gradient" or not isinstance(last.reply, dict):
        return False
    return any(path in last.reply and not np.any(last.reply[path]) for path in last.args[2])


def in_tables(*paths: str) -> tuple[Mistake, ...]:
    """Mistakes in the tables `paths` themselves."""

    def sizes(fields, path):
        return (fields[_OWNERS[path]], 1 if "bias" in path else fields["emb_dim"])

    def other_owner(fields, path):
        owner = "num_items" if _OWNERS[path] == "num_users" else "num_users"
        return (fields[owner], sizes(fields, path)[1])

    def misnamed(fields, found):
        return len(found) == len(paths) and set(found) != set(paths)

    def swapped(fields, found):
        return any(
            found.get(path) == other_owner(fields, path) != sizes(fields, path) for path in paths
        )

    def turned(fields, found):
        return any(
            found.get(path) == sizes(fields, path)[::-1] != sizes(fields, path) for path in paths
        )

    def written_as_numbers(fields, found):
        known = {1, *(size for size in fields.values() if isinstance(size, int))}
        return set(found) == set(paths) and any(
            size not in known for shape in found.values() for size in shape
        )

    def too_few(fields, found):
        return 0 < len(found) < len(paths)

    def too_many(fields, found):
        return len(found) > len(paths)

    lost, unfit = "ScopeParamNotFoundError", "ScopeParamShapeError"
    names = " and ".join(f"`{path.split('/')[0]}`" for path in paths)
    return (
        mistake(
            "names",
            f"The tables have other names: they are {names}, by `name=...`.",
            shapes(misnamed),
            raises(lost),
        ),
        mistake(
            "tables_swapped",
            "The tables look swapped: one for users has a row for each user, one for items a row "
            "for each item.",
            shapes(swapped),
            raises(unfit),
        ),
        mistake(
            "table_turned",
            "A table looks turned around: first the number of rows, then the size of an embedding.",
            shapes(turned),
            raises(unfit),
        ),
        mistake(
            "sizes_hard_coded",
            "A size is written as a number: take it from the fields of the class, `self. ...`.",
            shapes(written_as_numbers),
            raises(unfit),
        ),
        mistake(
            "table_missing",
            f"A table is missing, or one serves for both: there are {len(paths)}.",
            shapes(too_few),
            raises(lost),
        ),
        mistake(
            "table_extra",
            "The model has parameters that the formula has not.",
            shapes(too_many),
            raises(lost),
        ),
        mistake(
            "stopped",
            "The right numbers, but no gradient passes: keep `stop_gradient` and NumPy out of it.",
            stopped,
        ),
    )


def in_shape(mistaken: Mistaken) -> tuple[Mistake, ...]:
    """Mistakes in the shape of an output whose numbers are `mistaken`'s."""

    def squeezed(*given):
        return np.squeeze(mistaken(*given))

    def kept(*given):
        return mistaken(*given)[:, None]

    return (
        mistake(
            "kept_dimension",
            "One axis too many is left: the result has one number for each row of the batch.",
            outputs(kept),
        ),
        mistake(
            "squeezed",
            "`squeeze` without an axis drops every axis of length one, and of a batch of one also "
            "the batch's: name the axis.",
            outputs(squeezed),
        ),
    )
