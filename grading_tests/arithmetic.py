"""Hidden checks of `sparsity` and `baseline`."""

from functools import partial

import numpy as np

from grading_tests import references
from helpers.checks.arithmetic import (
    baseline_mean_is,
    baseline_parts,
    item_bias_is,
    sparsity_is,
    user_bias_is,
)
from helpers.checks.compare import Mismatch, expect_array, expect_shape
from helpers.checks.report import Check
from helpers.checks.work import Work


def sparsity(rng: np.random.Generator) -> list[Check]:
    users, items = (int(n) for n in rng.integers(50, 5000, 2))
    # Between two whole numbers and nearer to the upper, so that rounding and cutting both show.
    aimed = rng.integers(55, 90) + rng.uniform(0.6, 0.85)
    ratings = round(users * items * (1 - aimed / 100))
    percent = 100 * (users * items - ratings) / (users * items)
    return [
        Check(
            "a random table",
            0.5,
            partial(sparsity_is, counts=(users, items, ratings), percent=percent),
        ),
        Check("an empty and a full table", 0.5, partial(_empty_and_full, users=users, items=items)),
    ]


def _empty_and_full(work: Work, *, users: int, items: int) -> None:
    sparsity_is(work, counts=(users, items, 0), percent=100.0)
    sparsity_is(work, counts=(users, items, users * items), percent=0.0)


def baseline(rng: np.random.Generator) -> list[Check]:
    ratings = _random_ratings(rng)
    mean, user_bias, item_bias = references.bias_baseline(ratings, 5.0)
    return [
        Check("mean", 0.25, partial(baseline_mean_is, ratings=ratings, mean=mean)),
        Check("item biases", 0.75, partial(item_bias_is, ratings=ratings, item_bias=item_bias)),
        Check("user biases", 0.5, partial(user_bias_is, ratings=ratings, user_bias=user_bias)),
        Check(
            "another damping",
            0.25,
            partial(_damped, ratings=ratings, damping=float(rng.integers(8, 20))),
        ),
        Check("unseen users and movies without damping", 0.25, partial(_cold, ratings=ratings)),
    ]


def _random_ratings(rng: np.random.Generator) -> dict:
    """Ratings of 30 users on 40 movies, of which the last five of each have none."""
    rows = 300
    return {
        "user_id": rng.integers(0, 25, rows).astype(np.int32),
        "item_id": rng.integers(0, 35, rows).astype(np.int32),
        "rating": (rng.integers(1, 11, rows) / 2).astype(np.float32),
        "num_users": 30,
        "num_items": 40,
    }


def _damped(work: Work, *, ratings: dict, damping: float) -> None:
    _, users, items = baseline_parts(work, ratings, damping)
    _, user_bias, item_bias = references.bias_baseline(ratings, damping)
    expect_array(items, item_bias, "item_bias with another damping", "Use the argument `damping`.")
    expect_array(users, user_bias, "user_bias with another damping", "Use the argument `damping`.")


def _cold(work: Work, *, ratings: dict) -> None:
    _, users, items = baseline_parts(work, ratings, 0.0)
    for yours, size, what in (
        (users, ratings["num_users"], "user_bias"),
        (items, ratings["num_items"], "item_bias"),
    ):
        bias = expect_shape(yours, (size,), what)
        if not np.all(bias[-5:] == 0) or not np.any(bias):
            raise Mismatch(f"{what} should be 0 for ids without a rating, also when damping is 0.")
