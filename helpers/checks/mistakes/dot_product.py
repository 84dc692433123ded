"""Known mistakes in `dot_product`."""

import numpy as np

from helpers.checks.mistake import mistake, raises
from helpers.checks.mistakes.tables import (
    ITEMS,
    USERS,
    in_shape,
    in_tables,
    outputs,
    pairs,
    rows,
    squash,
)


def _added_up(fields, params, batch):
    return pairs(params, batch).sum(1)


def _both(params, batch):
    return rows(params, USERS, batch["user_id"]), rows(params, ITEMS, batch["item_id"])


def _lengths(vectors):
    return np.sqrt((vectors**2).sum(1))


MISTAKES = (
    *in_shape(_added_up),
    mistake(
        "mean",
        "This looks like a mean over the embedding dimension; the dot product is a sum.",
        outputs(lambda fields, params, batch: pairs(params, batch).mean(1)),
    ),
    mistake(
        "axis_0",
        "This looks added up over the batch (axis 0); add up over the embedding dimension.",
        outputs(lambda fields, params, batch: pairs(params, batch).sum(0)),
    ),
    mistake(
        "summed_over_all",
        "This looks added up over everything, the batch too: name the axis of the embedding.",
        outputs(lambda fields, params, batch: pairs(params, batch).sum()),
    ),
    mistake(
        "not_summed",
        "The products are there, but not added up: a dot product is one number for each row.",
        outputs(lambda fields, params, batch: pairs(params, batch)),
    ),
    mistake(
        "matrix",
        "This looks like every user of the batch with every item of it; row i belongs to row i "
        "only.",
        outputs(lambda fields, params, batch: np.matmul(*_with_turned(*_both(params, batch)))),
    ),
    mistake(
        "cosine",
        "This looks divided by the lengths, a cosine; the dot product keeps them.",
        outputs(
            lambda fields, params, batch: (
                _added_up(fields, params, batch)
                / (_lengths(_both(params, batch)[0]) * _lengths(_both(params, batch)[1]))
            )
        ),
    ),
    mistake(
        "added",
        "This looks as if the two embeddings were added; they are multiplied, element by element.",
        outputs(lambda fields, params, batch: np.add(*_both(params, batch)).sum(1)),
    ),
    mistake(
        "distance",
        "This looks like a distance between the embeddings; the dot product multiplies them.",
        outputs(lambda fields, params, batch: _lengths(np.subtract(*_both(params, batch)))),
        outputs(lambda fields, params, batch: -_lengths(np.subtract(*_both(params, batch)))),
        outputs(lambda fields, params, batch: _lengths(np.subtract(*_both(params, batch))) ** 2),
        outputs(lambda fields, params, batch: -(_lengths(np.subtract(*_both(params, batch))) ** 2)),
    ),
    mistake(
        "squashed",
        "This looks like a dot product in a sigmoid; here it is returned as it is.",
        outputs(lambda fields, params, batch: squash(_added_up(fields, params, batch))),
    ),
    mistake(
        "not_negative",
        "This looks as if negative predictions were cut off or turned; a dot product may be "
        "negative.",
        outputs(lambda fields, params, batch: np.maximum(_added_up(fields, params, batch), 0)),
        outputs(lambda fields, params, batch: np.abs(_added_up(fields, params, batch))),
    ),
    mistake(
        "rounded",
        "This looks rounded: return the product as it is, or nothing can be learnt from it.",
        outputs(lambda fields, params, batch: np.round(_added_up(fields, params, batch))),
    ),
    mistake(
        "ids_exchanged",
        "This looks as if users were looked up by item ids, and items by user ids.",
        outputs(
            lambda fields, params, batch: (
                rows(params, USERS, batch["item_id"]) * rows(params, ITEMS, batch["user_id"])
            ).sum(1)
        ),
    ),
    mistake(
        "one_id_for_both",
        "This looks as if both tables were asked with the same ids.",
        *(
            outputs(
                lambda fields, params, batch, ids=ids: (
                    rows(params, USERS, batch[ids]) * rows(params, ITEMS, batch[ids])
                ).sum(1)
            )
            for ids in ("user_id", "item_id")
        ),
    ),
    *in_tables(USERS, ITEMS),
    mistake(
        "ids_not_looked_up",
        "The model computes with the ids themselves; an id is only the number of a row of a table.",
        outputs(lambda fields, params, batch: batch["user_id"] * batch["item_id"] * 1.0),
        raises("must have an integer type|dot_general requires"),
    ),
)


def _with_turned(users, items):
    return users, items.T
