"""Known mistakes in `baseline`."""

from collections.abc import Callable

import numpy as np

from helpers.checks.mistake import Mistake, Sign, calls, mistake, raises


def _shrunk(ids: np.ndarray, values: np.ndarray, size: int, damping: float) -> np.ndarray:
    """Sum of each id's `values` over their number and `damping`; 0 where there are none."""
    groups = (values[ids == one] for one in range(size))
    return np.array(
        [group.sum() / (len(group) + damping) if len(group) else 0.0 for group in groups]
    )


def _baseline(key: str, says: str, mistaken: Callable, *signs: Sign) -> Mistake:
    """`mistaken` gets the arguments of `fit_bias_baseline` and a mean, and gives its result."""

    def given(users, items, ratings, num_users, num_items, damping=5.0):
        ratings = ratings.astype(np.float64)
        with np.errstate(all="ignore"):
            return mistaken(users, items, ratings, num_users, num_items, damping)

    return mistake(key, says, calls("fit_bias_baseline", given), *signs)


def _with_damping(change: Callable[[float], float]) -> Callable:
    def mistaken(users, items, ratings, num_users, num_items, damping):
        return _two_steps(users, items, ratings, num_users, num_items, change(damping), _shrunk)

    return mistaken


def _two_steps(users, items, ratings, num_users, num_items, damping, average) -> list:
    """Biases by `average(ids, values, size, damping)`, the users' on what the items' leave."""
    mean = ratings.mean()
    of_items = average(items, ratings - mean, num_items, damping)
    left = ratings - mean - of_items[items]
    return [mean, average(users, left, num_users, damping), of_items]


def _averaged_by(average: Callable) -> Callable:
    return lambda *arguments: _two_steps(*arguments, average)


def _unseen_are_nan(ids, values, size, damping):
    return np.bincount(ids, values, size) / (np.bincount(ids, minlength=size) + damping)


def _last_only(ids, values, size, damping):
    total = np.zeros(size)
    total[ids] += values
    return total / np.maximum(np.bincount(ids, minlength=size) + damping, 1e-9)


def _short(ids, values, size, damping):
    return np.bincount(ids, values) / np.maximum(np.bincount(ids) + damping, 1e-9)


def _other_order(users, items, ratings, num_users, num_items, damping):
    mean = ratings.mean()
    of_users = _shrunk(users, ratings - mean, num_users, damping)
    of_items = _shrunk(items, ratings - mean - of_users[users], num_items, damping)
    return [mean, of_users, of_items]


def _apart(users, items, ratings, num_users, num_items, damping):
    left = ratings - ratings.mean()
    of_users = _shrunk(users, left, num_users, damping)
    return [ratings.mean(), of_users, _shrunk(items, left, num_items, damping)]


def _exchanged(*arguments):
    mean, of_users, of_items = _two_steps(*arguments, _shrunk)
    return [mean, of_items, of_users]


def _mean_left_in(users, items, ratings, num_users, num_items, damping):
    of_items = _shrunk(items, ratings, num_items, damping)
    left = ratings - of_items[items]
    return [ratings.mean(), _shrunk(users, left, num_users, damping), of_items]


def _mean_left_in_items(users, items, ratings, num_users, num_items, damping):
    mean, of_items = ratings.mean(), _shrunk(items, ratings, num_items, damping)
    left = ratings - mean - of_items[items]
    return [mean, _shrunk(users, left, num_users, damping), of_items]


def _mean_left_in_users(users, items, ratings, num_users, num_items, damping):
    mean = ratings.mean()
    of_items = _shrunk(items, ratings - mean, num_items, damping)
    return [mean, _shrunk(users, ratings - of_items[items], num_users, damping), of_items]


def _other_mean(mean_of: Callable) -> Callable:
    def mistaken(users, items, ratings, num_users, num_items, damping):
        mean = mean_of(items, ratings)
        of_items = _shrunk(items, ratings - mean, num_items, damping)
        left = ratings - mean - of_items[items]
        return [mean, _shrunk(users, left, num_users, damping), of_items]

    return mistaken


def _mean_of_means(items, ratings):
    return np.mean([ratings[items == item].mean() for item in np.unique(items)])


def _mean_added(*arguments):
    mean, of_users, of_items = _two_steps(*arguments, _shrunk)
    return [mean, of_users, mean + of_items]


def _not_three(exchanges) -> bool:
    reply = exchanges[-1].reply
    return isinstance(reply, list) and len(reply) == 2


def _as_lookup(exchanges) -> bool:
    reply = exchanges[-1].reply
    return isinstance(reply, list) and len(reply) == 3 and isinstance(reply[2], dict)


MISTAKES = (
    _baseline(
        "damping_ignored",
        "This looks like a plain mean of what is left: the damping belongs to the number of "
        "ratings.",
        _with_damping(lambda damping: 0.0),
    ),
    _baseline(
        "unseen_nan",
        "This looks like 0 / 0 for ids without a rating: give these 0.",
        _averaged_by(_unseen_are_nan),
    ),
    _baseline(
        "damping_ignored_nan",
        "This looks like a plain mean, and 0 / 0 for an id without a rating: add the damping to "
        "the number of ratings.",
        lambda *a: _two_steps(*a[:5], 0.0, _unseen_are_nan),
    ),
    _baseline(
        "damping_fixed",
        "This looks as if the damping were always 5: use the argument.",
        _with_damping(lambda damping: 5.0),
    ),
    _baseline(
        "damping_subtracted",
        "This looks as if the damping made the number of ratings smaller; it makes it larger.",
        _averaged_by(
            lambda ids, values, size, damping: (
                np.bincount(ids, values, size) / (np.bincount(ids, minlength=size) - damping)
            )
        ),
    ),
    _baseline(
        "damping_in_sum",
        "This looks as if the damping were added to the sum; it belongs to the number of ratings.",
        _averaged_by(
            lambda ids, values, size, damping: (
                (np.bincount(ids, values, size) + damping)
                / np.maximum(np.bincount(ids, minlength=size), 1)
            )
        ),
    ),
    _baseline(
        "summed",
        "This looks like sums that are not yet divided by the number of ratings and the damping.",
        _averaged_by(lambda ids, values, size, damping: np.bincount(ids, values, size)),
    ),
    _baseline(
        "exchanged",
        "The two arrays look exchanged: first the users' biases, then the movies'.",
        _exchanged,
    ),
    _baseline(
        "users_first",
        "This looks as if the users came first; the movies' biases are computed first, and the "
        "users' from what those leave.",
        _other_order,
    ),
    _baseline(
        "item_bias_left_in",
        "This looks as if the users' biases still contained the movies': take both the mean and "
        "the movie's bias away first.",
        _apart,
    ),
    _baseline(
        "mean_left_in_items",
        "This looks as if the mean were not taken away before the movies' biases.",
        _mean_left_in_items,
    ),
    _baseline(
        "mean_left_in_users",
        "This looks as if the mean were not taken away before the users' biases.",
        _mean_left_in_users,
    ),
    _baseline(
        "mean_left_in",
        "This looks as if the mean were never taken away: biases say how far ABOVE the mean.",
        _mean_left_in,
    ),
    _baseline(
        "mean_of_means",
        "This looks like the mean of the movies' means; every rating counts the same.",
        _other_mean(_mean_of_means),
    ),
    _baseline(
        "median",
        "This looks like the median, the rating in the middle; the mean is asked for.",
        _other_mean(lambda items, ratings: np.median(ratings)),
    ),
    _baseline(
        "mean_added",
        "This looks like each movie's level; its bias is how far that is above the mean.",
        _mean_added,
    ),
    _baseline(
        "last_rating_only",
        "This looks as if only one rating of each id were counted: `array[ids] += values` adds "
        "once to an id, however often it occurs.",
        _averaged_by(_last_only),
    ),
    _baseline(
        "too_short",
        "The arrays end with the last id that has a rating: they need one entry for EVERY id.",
        _averaged_by(_short),
        raises("IndexError|could not be broadcast|boolean index did not match"),
    ),
    mistake(
        "two_parts",
        "It returns two things: the mean is the first of three.",
        _not_three,
    ),
    mistake(
        "dictionaries",
        "It returns dictionaries: an array has a place for every id, also for those without a "
        "rating.",
        _as_lookup,
    ),
)
