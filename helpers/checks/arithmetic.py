"""Checks of `sparsity` and `baseline`: counting and averaging."""

from functools import partial

import numpy as np

from helpers.checks.compare import Mismatch, describe, expect_array, expect_number
from helpers.checks.report import Check
from helpers.checks.work import Work


def sparsity_is(work: Work, *, counts: tuple[int, int, int], percent: float) -> None:
    """`counts` are users, items and ratings."""
    hint = "It is the share of EMPTY cells, in percent from 0 to 100."
    expect_number(work.call("sparsity", *counts), percent, f"sparsity{counts}", hint)


def baseline_parts(work: Work, ratings: dict, damping: float | None = None) -> tuple:
    """The student's (mean, user_bias, item_bias) for `ratings`; three parts or `Mismatch`.

    `ratings` holds `user_id`, `item_id`, `rating`, `num_users`, `num_items`.
    """
    arguments = [ratings[name] for name in ("user_id", "item_id", "rating")]
    sizes = [ratings["num_users"], ratings["num_items"]]
    options = [] if damping is None else [damping]
    parts = work.call("fit_bias_baseline", *arguments, *sizes, *options)
    if not isinstance(parts, list) or len(parts) != 3:
        raise Mismatch(
            "fit_bias_baseline should return three things, (mean, user_bias, item_bias); "
            f"yours returned {describe(parts)}."
        )
    return tuple(parts)


def baseline_mean_is(work: Work, *, ratings: dict, mean: float) -> None:
    expect_number(baseline_parts(work, ratings)[0], mean, "The mean", "Average all ratings.")


def item_bias_is(work: Work, *, ratings: dict, item_bias: np.ndarray) -> None:
    _, _, yours = baseline_parts(work, ratings)
    hint = "Sum r - mean over the movie's ratings, then divide by their number plus the damping."
    expect_array(yours, item_bias, "item_bias", hint)


def user_bias_is(work: Work, *, ratings: dict, user_bias: np.ndarray) -> None:
    _, yours, _ = baseline_parts(work, ratings)
    hint = "Take the mean AND the movie's bias away before you average over a user's ratings."
    expect_array(yours, user_bias, "user_bias", hint)


_THREE_RATINGS = {
    "user_id": np.array([0, 0, 1], np.int32),
    "item_id": np.array([0, 1, 0], np.int32),
    "rating": np.array([5.0, 2.0, 5.0], np.float32),
    # The last user and the last movie have no rating.
    "num_users": 3,
    "num_items": 3,
}

VISIBLE = {
    "sparsity": (
        Check(
            "2 users, 5 movies, 4 ratings", 1, partial(sparsity_is, counts=(2, 5, 4), percent=60.0)
        ),
    ),
    "baseline": (
        Check(
            "mean of 5, 2 and 5 stars",
            0.5,
            partial(baseline_mean_is, ratings=_THREE_RATINGS, mean=4.0),
        ),
        Check(
            "item_bias of the same",
            0.75,
            partial(item_bias_is, ratings=_THREE_RATINGS, item_bias=np.array([2 / 7, -2 / 6, 0])),
        ),
        Check(
            "user_bias of the same",
            0.75,
            partial(
                user_bias_is,
                ratings=_THREE_RATINGS,
                user_bias=np.array([(5 / 7 - 5 / 3) / 7, (5 / 7) / 6, 0]),
            ),
        ),
    ),
}
