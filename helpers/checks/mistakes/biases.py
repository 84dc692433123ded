"""Known mistakes in `biases`."""

import numpy as np

from helpers.checks.mistake import mistake, raises
from helpers.checks.mistakes.tables import (
    ITEM_BIAS,
    ITEMS,
    USER_BIAS,
    USERS,
    in_shape,
    in_tables,
    outputs,
    pairs,
    rows,
    shapes,
    squash,
)


def _parts(params, batch):
    """Products, users' and items' biases, each `(batch,)`."""
    return (
        pairs(params, batch).sum(1),
        rows(params, USER_BIAS, batch["user_id"])[:, 0],
        rows(params, ITEM_BIAS, batch["item_id"])[:, 0],
    )


def _stretch(fields, shares):
    low, high = fields["min_rating"], fields["max_rating"]
    return shares * high + (1 - shares) * low


def _of_scores(score):
    """A wrong score of products and biases, squashed and stretched as it should be."""

    def mistaken(fields, params, batch):
        return _stretch(fields, squash(score(*_parts(params, batch))))

    return mistaken


def _after(change):
    """`change(products, users, items, low, high)` is the output."""

    def mistaken(fields, params, batch):
        low, high = fields["min_rating"], fields["max_rating"]
        return change(*_parts(params, batch), low, high)

    return outputs(mistaken)


def _wide(fields, found):
    """A table of biases has a row for each id, and more than one number in it."""
    counts = {USER_BIAS: fields["num_users"], ITEM_BIAS: fields["num_items"]}
    return any(
        found.get(path, ())[:1] == (count,) and found[path] != (count, 1)
        for path, count in counts.items()
    )


def _without_biases(fields, found):
    return set(found) == {USERS, ITEMS}


def _only(path):
    return shapes(lambda fields, found: set(found) == {USERS, ITEMS, path})


MISTAKES = (
    mistake(
        "matrix",
        "The result is a matrix: (batch, 1) plus (batch,) broadcasts. Take the biases' last axis "
        "off before you add.",
        outputs(_of_scores(lambda products, users, items: products + (users + items)[:, None])),
        outputs(
            lambda f, params, batch: (
                _stretch(
                    f,
                    squash(
                        _parts(params, batch)[0] + sum(_parts(params, batch)[1:])[:, None],
                    ),
                ).T
            )
        ),
    ),
    mistake(
        "bias_after_range",
        "This looks as if the biases were added to the finished prediction: they belong inside "
        "the sigmoid.",
        _after(
            lambda dots, users, items, low, high: low + (high - low) * squash(dots) + users + items
        ),
    ),
    mistake(
        "bias_after_sigmoid",
        "This looks as if the biases came after the sigmoid and before the stretching: add them "
        "first.",
        _after(
            lambda dots, users, items, low, high: (
                low + (high - low) * (squash(dots) + users + items)
            )
        ),
    ),
    mistake(
        "without_biases",
        "This looks as if the biases were left out of the sum.",
        outputs(_of_scores(lambda products, users, items: products)),
        shapes(_without_biases),
    ),
    mistake(
        "user_bias_only",
        "This looks as if the item's bias were left out of the sum.",
        outputs(_of_scores(lambda products, users, items: products + users)),
        _only(USER_BIAS),
    ),
    mistake(
        "item_bias_only",
        "This looks as if the user's bias were left out of the sum.",
        outputs(_of_scores(lambda products, users, items: products + items)),
        _only(ITEM_BIAS),
    ),
    mistake(
        "biases_only",
        "This looks as if the dot product were left out of the sum.",
        outputs(_of_scores(lambda products, users, items: users + items)),
    ),
    mistake(
        "subtracted",
        "This looks as if a bias were taken away: both are added.",
        outputs(_of_scores(lambda products, users, items: products - users - items)),
        outputs(_of_scores(lambda products, users, items: products + users - items)),
        outputs(_of_scores(lambda products, users, items: products - users + items)),
    ),
    mistake(
        "multiplied",
        "This looks as if the biases were multiplied: they are added.",
        outputs(_of_scores(lambda products, users, items: products + users * items)),
        outputs(_of_scores(lambda products, users, items: products * users * items)),
    ),
    mistake(
        "mean",
        "This looks like a mean over the embedding dimension; the dot product is a sum.",
        outputs(
            lambda fields, params, batch: _stretch(
                fields,
                squash(pairs(params, batch).mean(1) + sum(_parts(params, batch)[1:])),
            )
        ),
    ),
    mistake(
        "bias_in_every_product",
        "This looks as if the biases were added before the sum over the embedding, once for each "
        "of its numbers: add them once, after it.",
        outputs(
            lambda fields, params, batch: _stretch(
                fields,
                squash((pairs(params, batch) + sum(_parts(params, batch)[1:])[:, None]).sum(1)),
            )
        ),
    ),
    mistake(
        "not_squashed",
        "This looks like the bare sum of product and biases: nothing keeps it in the range yet.",
        _after(lambda dots, users, items, low, high: dots + users + items),
    ),
    mistake(
        "not_stretched",
        "This looks like the bare sigmoid, from 0 to 1: stretch it over the range.",
        _after(lambda dots, users, items, low, high: squash(dots + users + items)),
    ),
    mistake(
        "minimum_forgotten",
        "This looks stretched but not moved: the range begins at the minimum.",
        _after(lambda dots, users, items, low, high: (high - low) * squash(dots + users + items)),
    ),
    mistake(
        "stretched_by_maximum",
        "This looks stretched by the maximum; the range is as wide as maximum LESS minimum.",
        _after(lambda dots, users, items, low, high: low + high * squash(dots + users + items)),
        _after(lambda dots, users, items, low, high: high * squash(dots + users + items)),
    ),
    mistake(
        "range_hard_coded",
        "This looks like the range 0 to 5.5 whatever the fields say: use `min_rating` and "
        "`max_rating`.",
        _after(lambda dots, users, items, low, high: 5.5 * squash(dots + users + items)),
    ),
    mistake(
        "clipped",
        "This looks cut off at the limits; the sigmoid squashes, so that no prediction stands "
        "still.",
        _after(lambda dots, users, items, low, high: np.clip(dots + users + items, low, high)),
    ),
    mistake(
        "ids_exchanged",
        "This looks as if the users' biases were looked up by item ids, or the items' by user ids.",
        outputs(
            lambda fields, params, batch: _stretch(
                fields,
                squash(
                    pairs(params, batch).sum(1)
                    + rows(params, USER_BIAS, batch["item_id"])[:, 0]
                    + rows(params, ITEM_BIAS, batch["user_id"])[:, 0]
                ),
            )
        ),
        *(
            outputs(
                lambda fields, params, batch, ids=ids: _stretch(
                    fields,
                    squash(
                        pairs(params, batch).sum(1)
                        + rows(params, USER_BIAS, batch[ids])[:, 0]
                        + rows(params, ITEM_BIAS, batch[ids])[:, 0]
                    ),
                )
            )
            for ids in ("user_id", "item_id")
        ),
    ),
    *in_shape(_of_scores(lambda products, users, items: products + users + items)),
    mistake(
        "bias_too_wide",
        "A bias is ONE number for each user or item: an embedding of size 1.",
        shapes(_wide),
        raises("ScopeParamShapeError"),
    ),
    *in_tables(USERS, ITEMS, USER_BIAS, ITEM_BIAS),
)
