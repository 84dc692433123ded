"""Known mistakes in `rating_range`."""

import numpy as np

from helpers.checks.mistake import mistake
from helpers.checks.mistakes.tables import ITEMS, USERS, in_shape, in_tables, outputs, pairs, squash


def _limits(fields) -> tuple[float, float]:
    return fields["min_rating"], fields["max_rating"]


def _stretched(fields, shares):
    low, high = _limits(fields)
    return shares * high + (1 - shares) * low


def _raw(params, batch):
    return pairs(params, batch).sum(1)


def _right_numbers(fields, params, batch):
    return _stretched(fields, squash(_raw(params, batch)))


def of_raw(change):
    """The output is `change(raw, low, high)` of the dot products."""
    return outputs(lambda fields, params, batch: change(_raw(params, batch), *_limits(fields)))


MISTAKES = (
    mistake(
        "not_squashed",
        "This looks like the bare dot product: nothing keeps it in the range yet.",
        of_raw(lambda raw, low, high: raw),
    ),
    mistake(
        "clipped",
        "This looks cut off at the limits; the sigmoid squashes, so that no prediction stands "
        "still.",
        of_raw(lambda raw, low, high: np.clip(raw, low, high)),
    ),
    mistake(
        "not_stretched",
        "This looks like the bare sigmoid, from 0 to 1: stretch it over the range.",
        of_raw(lambda raw, low, high: squash(raw)),
    ),
    mistake(
        "minimum_forgotten",
        "This looks stretched but not moved: the range begins at the minimum.",
        of_raw(lambda raw, low, high: (high - low) * squash(raw)),
    ),
    mistake(
        "stretched_by_maximum",
        "This looks stretched by the maximum; the range is as wide as maximum LESS minimum.",
        of_raw(lambda raw, low, high: low + high * squash(raw)),
        of_raw(lambda raw, low, high: high * squash(raw)),
    ),
    mistake(
        "range_hard_coded",
        "This looks like the range 0 to 5.5 whatever the fields say: use `min_rating` and "
        "`max_rating`.",
        of_raw(lambda raw, low, high: 5.5 * squash(raw)),
        of_raw(lambda raw, low, high: 0.5 + 4.5 * squash(raw)),
        of_raw(lambda raw, low, high: 5.0 * squash(raw)),
    ),
    mistake(
        "limits_added",
        "This looks stretched by maximum PLUS minimum; the width is their difference.",
        of_raw(lambda raw, low, high: low + (high + low) * squash(raw)),
    ),
    mistake(
        "limits_exchanged",
        "This looks upside down: a large product should come near the maximum.",
        of_raw(lambda raw, low, high: high + (low - high) * squash(raw)),
    ),
    mistake(
        "stretched_before",
        "This looks stretched first and squashed afterwards: the sigmoid comes before the "
        "stretching.",
        of_raw(lambda raw, low, high: squash(low + (high - low) * raw)),
    ),
    mistake(
        "moved_first",
        "This looks as if the minimum went in before the multiplication: multiply, then add it.",
        of_raw(lambda raw, low, high: (high - low) * (squash(raw) + low)),
    ),
    mistake(
        "sigmoid_before_sum",
        "This looks as if the sigmoid came before the sum over the embedding; it comes after.",
        outputs(lambda f, params, batch: _stretched(f, squash(pairs(params, batch)).sum(1))),
    ),
    mistake(
        "mean",
        "This looks like a mean over the embedding dimension in the sigmoid; the dot product is a "
        "sum.",
        outputs(lambda f, params, batch: _stretched(f, squash(pairs(params, batch).mean(1)))),
    ),
    mistake(
        "tanh",
        "This looks like tanh, which runs from -1 to 1; the sigmoid runs from 0 to 1.",
        of_raw(lambda raw, low, high: low + (high - low) * np.tanh(raw)),
    ),
    mistake(
        "twice_squashed",
        "This looks as if the sigmoid were applied twice.",
        of_raw(lambda raw, low, high: low + (high - low) * squash(squash(raw))),
    ),
    mistake(
        "sharpened",
        "This looks like a piece of a straight line, a *hard* sigmoid; the formula has a smooth "
        "one.",
        of_raw(lambda raw, low, high: low + (high - low) * np.clip(raw / 6 + 0.5, 0, 1)),
    ),
    mistake(
        "softmax",
        "This looks like a softmax: the predictions of a batch share one sum; the sigmoid looks "
        "at each alone.",
        of_raw(lambda raw, low, high: low + (high - low) * np.exp(raw) / np.exp(raw).sum()),
    ),
    mistake(
        "scaled_by_batch",
        "This looks stretched from the batch's own smallest and largest: a prediction must not "
        "depend on its neighbours.",
        of_raw(
            lambda raw, low, high: low + (high - low) * (raw - raw.min()) / (raw.max() - raw.min())
        ),
    ),
    *in_shape(_right_numbers),
    *in_tables(USERS, ITEMS),
)
