"""Known mistakes in `top_rated`."""

from collections.abc import Callable, Sequence

import numpy as np

from helpers.checks.mistake import Exchange, Sign, alike, mistake, raises
from helpers.checks.mistakes.lists import down, gives, items_of, new, of_unwatched

_NAME = "recommend_top_rated"


def _given(last: Exchange):
    """Predicted ratings of the user, watched, k."""
    _, state, user, _, watched, k = last.args
    return state.table[user].astype(np.float64), list(watched), k


def _with_ratings(items: Sequence[int], ratings: np.ndarray) -> list:
    return [[item, ratings[item]] for item in items]


def _listed(choose: Callable) -> Sign:
    """`choose(order, watched, k)` of the items sorted by predicted rating, with these."""

    def mistaken(last: Exchange) -> list:
        ratings, watched, k = _given(last)
        return _with_ratings(choose(down(ratings), watched, k), ratings)

    return gives(_NAME, mistaken)


def _made(make: Callable) -> Sign:
    """`make(ratings, items)` of the right items is returned."""

    def mistaken(last: Exchange):
        ratings, watched, k = _given(last)
        return make(ratings, new(down(ratings), watched)[:k])

    return gives(_NAME, mistaken)


def _scored(low: float) -> Sign:
    """Watched items were given the rating `low`, and stayed, in any order among themselves."""

    def sign(exchanges: Sequence[Exchange]) -> bool:
        last = exchanges[-1]
        if last.question != "call" or last.args[0] != _NAME:
            return False
        ratings, watched, k = _given(last)
        ratings[watched] = low
        reply = last.reply if isinstance(last.reply, list) else []
        items = items_of([pair[0] for pair in reply if isinstance(pair, list) and pair])
        if not items or len(items) != len(reply) or not set(items) <= set(range(len(ratings))):
            return False
        best = ratings[down(ratings)[:k]]
        return alike(ratings[items], best) and alike(reply, _with_ratings(items, ratings))

    return sign


def _other_user(user_of: Callable) -> Sign:
    """The items of row `user_of(asked user, number of users)` of the predictions."""

    def mistaken(last: Exchange) -> list:
        _, state, user, _, watched, k = last.args
        ratings = state.table[user_of(user, len(state.table))].astype(np.float64)
        return _with_ratings(new(down(ratings), list(watched))[:k], ratings)

    return gives(_NAME, mistaken)


def _numbers_shifted(last: Exchange) -> list:
    ratings, watched, k = _given(last)
    kept = np.delete(ratings, watched)
    return _with_ratings(down(kept)[:k], kept)


def _ids_exchanged(exchanges: Sequence[Exchange]) -> bool:
    """The ratings are those of all users for ONE item; beyond the last user, its or nan."""
    last = exchanges[-1]
    if last.question != "call" or last.args[0] != _NAME:
        return False
    _, state, item, num_items, _, _ = last.args
    users = np.arange(num_items)
    clamped = state.table[np.minimum(users, len(state.table) - 1), item]
    holed = np.where(users < len(state.table), clamped, np.nan)
    reply = last.reply if isinstance(last.reply, list) else []
    pairs = [pair for pair in reply if isinstance(pair, list) and len(pair) == 2]
    items = items_of([pair[0] for pair in pairs]) or []
    if not items or len(items) != len(reply) or not set(items) <= set(range(num_items)):
        return False
    found = [pair[1] for pair in pairs]
    return alike(found, list(clamped[items])) or alike(found, list(holed[items]))


MISTAKES = (
    *of_unwatched(_listed),
    mistake(
        "filled_up_with_watched",
        "This looks filled up with watched items where too few others are left: the list may be "
        "shorter.",
        _scored(-np.inf),
        *(
            _listed(
                lambda order, watched, k, tail=tail: (new(order, watched) + tail(order, watched))[
                    :k
                ]
            )
            for tail in (
                lambda order, watched: watched,
                lambda order, watched: sorted(watched),
                lambda order, watched: [item for item in order if item in watched],
            )
        ),
    ),
    mistake(
        "watched_scored_low",
        "This looks as if watched items were given a low rating: where few others are left they "
        "are shown after all.",
        *(_scored(low) for low in (0.0, -1.0, -100.0, -1e9, np.nan)),
    ),
    mistake(
        "items_only",
        "These are the items alone; each comes with its predicted rating.",
        _made(lambda ratings, items: items),
        _made(lambda ratings, items: np.array(items)),
    ),
    mistake(
        "ratings_only",
        "These are the ratings alone; each comes with its item.",
        _made(lambda ratings, items: list(ratings[items])),
        _made(lambda ratings, items: ratings[items]),
    ),
    mistake(
        "rating_first",
        "The pairs look turned around: the item first, then its rating.",
        _made(lambda ratings, items: [[ratings[item], item] for item in items]),
    ),
    mistake(
        "two_lists",
        "These are two lists; one list of pairs is asked for.",
        _made(lambda ratings, items: [items, list(ratings[items])]),
        _made(lambda ratings, items: [np.array(items), ratings[items]]),
    ),
    mistake(
        "dictionary",
        "It returns a dictionary; a list of pairs is asked for.",
        _made(lambda ratings, items: {str(item): ratings[item] for item in items}),
    ),
    mistake(
        "table",
        "It returns an array in which the items became decimal numbers; a list of pairs is asked "
        "for.",
        _made(lambda ratings, items: np.column_stack([items, ratings[items]])),
    ),
    mistake(
        "counted_from_one",
        "This looks as if items were counted from 1: the first has number 0.",
        _made(lambda ratings, items: [[item + 1, ratings[item]] for item in items]),
    ),
    mistake(
        "rank_instead_of_item",
        "The first number of a pair looks like a place in the list; the item is asked for.",
        _made(lambda ratings, items: [[i, ratings[item]] for i, item in enumerate(items)]),
        _made(lambda ratings, items: [[i + 1, ratings[item]] for i, item in enumerate(items)]),
    ),
    mistake(
        "numbers_shifted",
        "The numbers are those after the watched items were taken out, where every later one "
        "moves up: the original items are asked for.",
        gives(_NAME, _numbers_shifted),
    ),
    mistake(
        "ratings_of_others",
        "The items are right, but the ratings beside them belong to others: look them up by item.",
        _made(lambda ratings, items: [[item, ratings[i]] for i, item in enumerate(items)]),
    ),
    mistake(
        "rounded",
        "This looks rounded: return the rating as it is predicted.",
        _made(lambda ratings, items: [[item, round(ratings[item])] for item in items]),
        _made(lambda ratings, items: [[item, int(ratings[item])] for item in items]),
        _made(lambda ratings, items: [[item, round(ratings[item], 1)] for item in items]),
    ),
    mistake(
        "other_user",
        "This looks like the recommendations for another user: put `user_id` into every row of "
        "the batch.",
        _other_user(lambda user, num_users: 0),
        _other_user(lambda user, num_users: 1),
        _other_user(lambda user, num_users: num_users - 1),
        _other_user(lambda user, num_users: min(user + 1, num_users - 1)),
        _other_user(lambda user, num_users: user - 1),
    ),
    mistake(
        "ids_exchanged",
        "This looks like one item for all users: the user stays the same, the items run.",
        _ids_exchanged,
    ),
    mistake(
        "too_few_left",
        "It fails where fewer than k items are left: the list may be shorter.",
        raises("IndexError|out of range|must be no larger|k argument to top_k"),
    ),
    mistake(
        "batch_incomplete",
        "The batch needs both columns, `user_id` and `item_id`.",
        raises("KeyError"),
    ),
    mistake(
        "batch_of_lists",
        "The model needs arrays, also for one user: make the columns arrays.",
        raises(
            "'list' object has no attribute|requires ndarray|non-tuple sequence|not a valid JAX "
            "type|list of indices|using a list"
        ),
    ),
)
