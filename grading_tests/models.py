"""Hidden checks of `dot_product`, `rating_range` and `biases`."""

from functools import partial

import numpy as np

from grading_tests import references
from helpers.checks.models import (
    batch_of_one_is,
    gradient_is,
    make_batch,
    output_is,
    output_stays_in_range,
    parameters_are,
)
from helpers.checks.report import Check

_USERS, _ITEMS, _DIM, _ROWS = 7, 11, 5, 13
# From below 0: a minimum that is left out must show. The same for a whole class: a model's fields
# are constants of its program, which is then compiled once.
_OTHER_RANGE = (-2.0, 9.0)


def dot_product(rng: np.random.Generator) -> list[Check]:
    name, fields = "CFDotProduct", _fields()
    params, batch = _params(rng), _batch(rng)
    output = references.dot_products(params, batch)
    one = _first_row(batch)
    weights = rng.normal(size=_ROWS).astype(np.float32)
    gradient = references.gradients(params, batch, weights, np.ones(_ROWS))
    return [
        Check(
            "parameters",
            0.5,
            partial(parameters_are, name=name, fields=fields, shapes=_shapes(params)),
        ),
        Check(
            "predictions",
            1.5,
            partial(
                output_is, name=name, fields=fields, params=params, batch=batch, expected=output
            ),
        ),
        Check(
            "a batch of one",
            0.5,
            partial(
                batch_of_one_is,
                name=name,
                fields=fields,
                params=params,
                batch=one,
                expected=output[:1],
            ),
        ),
        _gradients(name, fields, params, batch, weights, gradient),
    ]


def rating_range(rng: np.random.Generator) -> list[Check]:
    return [
        *_in_range("CFWithRange", rng, _params(rng), points=(0.25, 0.75, 0.25, 0.25)),
        Check("the limits", 0.5, _limits("CFWithRange", _params(rng))),
    ]


def biases(rng: np.random.Generator) -> list[Check]:
    name, fields, params, batch = "CFDotProductBias", _fields(0.0, 5.5), _biased(rng), _batch(rng)
    output = references.predictions_in_range(params, batch, 0.0, 5.5)
    weights = rng.normal(size=_ROWS).astype(np.float32)
    gradient = references.gradients(params, batch, weights, output * (1 - output / 5.5))
    return [
        *_in_range(name, rng, params, points=(0.5, 1.25, 0.5, 0.25)),
        _gradients(name, fields, params, batch, weights, gradient),
    ]


def _gradients(name, fields, params, batch, weights, expected) -> Check:
    verify = partial(gradient_is, name=name, fields=fields, params=params, batch=batch)
    return Check("gradients", 0.5, partial(verify, weights=weights, expected=expected))


def _in_range(name, rng, params, points) -> list[Check]:
    """Parameters, predictions, a batch of one and another range, for either model with a range."""
    fields, batch = _fields(0.0, 5.5), _batch(rng)
    output = references.predictions_in_range(params, batch, 0.0, 5.5)
    other = references.predictions_in_range(params, batch, *_OTHER_RANGE)
    verify = [
        ("parameters", partial(parameters_are, name=name, fields=fields, shapes=_shapes(params))),
        (
            "predictions",
            partial(
                output_is, name=name, fields=fields, params=params, batch=batch, expected=output
            ),
        ),
        (
            "a batch of one",
            partial(
                batch_of_one_is,
                name=name,
                fields=fields,
                params=params,
                batch=_first_row(batch),
                expected=output[:1],
            ),
        ),
        (
            "another range",
            partial(
                output_is,
                name=name,
                fields=_fields(*_OTHER_RANGE),
                params=params,
                batch=batch,
                expected=other,
                hint="Use the fields min_rating and max_rating, whatever they are.",
            ),
        ),
    ]
    return [Check(label, worth, ask) for worth, (label, ask) in zip(points, verify, strict=True)]


def _limits(name, params):
    """User 0 and item 0 agree with all their strength, user 0 and item 1 disagree with it."""
    strong = {path: table.copy() for path, table in params.items()}
    strong["user_embs/embedding"][0] = 10.0
    strong["item_embs/embedding"][0] = 10.0
    strong["item_embs/embedding"][1] = -10.0
    batch = make_batch([0, 0], [0, 1])
    return partial(
        output_stays_in_range, name=name, fields=_fields(0.5, 5.0), params=strong, batch=batch
    )


def _fields(low: float | None = None, high: float | None = None) -> dict:
    fields = {"num_users": _USERS, "num_items": _ITEMS, "emb_dim": _DIM}
    return fields if low is None else fields | {"min_rating": low, "max_rating": high}


def _params(rng: np.random.Generator) -> dict[str, np.ndarray]:
    return {
        "user_embs/embedding": rng.normal(size=(_USERS, _DIM)).astype(np.float32),
        "item_embs/embedding": rng.normal(size=(_ITEMS, _DIM)).astype(np.float32),
    }


def _biased(rng: np.random.Generator) -> dict[str, np.ndarray]:
    return _params(rng) | {
        "user_bias/embedding": rng.normal(size=(_USERS, 1)).astype(np.float32),
        "item_bias/embedding": rng.normal(size=(_ITEMS, 1)).astype(np.float32),
    }


def _batch(rng: np.random.Generator) -> dict[str, np.ndarray]:
    return make_batch(rng.integers(0, _USERS, _ROWS), rng.integers(0, _ITEMS, _ROWS))


def _first_row(batch: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {column: values[:1] for column, values in batch.items()}


def _shapes(params: dict[str, np.ndarray]) -> dict[str, tuple]:
    return {path: table.shape for path, table in params.items()}
