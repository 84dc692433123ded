"""Checks of `dot_product`, `rating_range` and `biases`: the three Flax models."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from helpers.checks.compare import Mismatch, describe, expect_array, is_close
from helpers.checks.report import Check
from helpers.checks.work import Arrays, Batch, Work


def make_batch(user_id, item_id) -> dict[str, np.ndarray]:
    """A batch with all four columns, as the practical's batches have them."""
    rows = len(user_id)
    return {
        "user_id": np.asarray(user_id, np.int32),
        "item_id": np.asarray(item_id, np.int32),
        "user_rating": np.full(rows, 3.0, np.float32),
        "timestamp": np.zeros(rows, np.int32),
    }


def parameters_are(
    work: Work, *, name: str, fields: Mapping[str, Any], shapes: Mapping[str, tuple]
) -> None:
    """The initial parameters have these names and shapes and no others."""
    reply = work.param_shapes(name, fields, make_batch([0], [1]))
    found = {path: tuple(shape) for path, shape in reply.items()}
    if found != dict(shapes):
        raise Mismatch(
            f"{name} should have the parameters named below. `nn.Embed(..., name='user_embs')` "
            "names a table; rows first, then the size of an embedding.",
            _list_shapes(found),
            _list_shapes(shapes),
        )


def _list_shapes(shapes: Mapping[str, tuple]) -> str:
    return ", ".join(f"{path} {tuple(shape)}" for path, shape in sorted(shapes.items())) or "none"


def output_is(
    work: Work,
    *,
    name: str,
    fields: Mapping[str, Any],
    params: Arrays,
    batch: Batch,
    expected: np.ndarray,
    hint: str = "",
) -> None:
    """The model's output for given parameters: shape `(batch,)`, then the values."""
    expect_array(work.apply_model(name, fields, params, batch), expected, f"{name}'s output", hint)


def batch_of_one_is(work: Work, *, name: str, fields, params, batch, expected) -> None:
    """A single rating gives an array of one, not a scalar."""
    output = work.apply_model(name, fields, params, batch)
    if not isinstance(output, np.ndarray) or output.shape != (1,):
        raise Mismatch(
            f"A batch of one rating should give an array of shape (1,); yours gives "
            f"{describe(output)}. `squeeze` without an axis drops the batch as well.",
            np.shape(output),
            (1,),
        )
    expect_array(output, expected, f"{name}'s output for a batch of one")


def output_stays_in_range(
    work: Work, *, name: str, fields: Mapping[str, Any], params: Arrays, batch: Batch
) -> None:
    """Embeddings that agree strongly reach the highest rating, opposed ones the lowest."""
    low, high = fields["min_rating"], fields["max_rating"]
    output = work.apply_model(name, fields, params, batch)
    expected = np.array([high, low], np.float64)
    hint = f"Predictions should lie between min_rating={low} and max_rating={high}."
    if isinstance(output, np.ndarray) and output.shape == (2,) and not is_close(output, expected):
        raise Mismatch(hint, output, expected)
    expect_array(output, expected, f"{name}'s output at the limits", hint)


def gradient_is(
    work: Work,
    *,
    name: str,
    fields: Mapping[str, Any],
    params: Arrays,
    batch: Batch,
    weights: np.ndarray,
    expected: Arrays,
) -> None:
    """The gradient reaches every parameter, with the right values."""
    gradient = work.model_gradient(name, fields, params, batch, weights)
    for path, values in expected.items():
        if path not in gradient:
            raise Mismatch(f"{name} has no parameter {path}.")
        if np.any(values) and not np.any(gradient[path]):
            raise Mismatch(f"No gradient reaches {path}, so it would never learn.")
        expect_array(gradient[path], values, f"The gradient of {path}")


_FIELDS = {"num_users": 2, "num_items": 3, "emb_dim": 2}
_IN_RANGE = _FIELDS | {"min_rating": 0.0, "max_rating": 5.5}
_TABLES = {
    "user_embs/embedding": np.array([[1.0, 2.0], [0.0, -1.0]], np.float32),
    "item_embs/embedding": np.array([[3.0, 1.0], [0.5, 0.5], [-2.0, 1.0]], np.float32),
}
_BIASES = {
    "user_bias/embedding": np.array([[0.5], [-0.5]], np.float32),
    "item_bias/embedding": np.array([[1.0], [0.0], [-1.0]], np.float32),
}
# Their dot products are 5, 0 and -1, and 1.5, so the sums with the biases are whole and half.
_BATCH = make_batch([0, 0, 1], [0, 2, 2])
_SHAPES = {"user_embs/embedding": (2, 2), "item_embs/embedding": (3, 2)}
_BIAS_SHAPES = {"user_bias/embedding": (2, 1), "item_bias/embedding": (3, 1)}

_dot = partial(output_is, name="CFDotProduct", fields=_FIELDS, params=_TABLES)
_range = partial(output_is, name="CFWithRange", fields=_IN_RANGE, params=_TABLES)
_bias = partial(output_is, name="CFDotProductBias", fields=_IN_RANGE, params=_TABLES | _BIASES)

VISIBLE = {
    "dot_product": (
        Check(
            "names and shapes of the tables",
            1,
            partial(parameters_are, name="CFDotProduct", fields=_FIELDS, shapes=_SHAPES),
        ),
        Check(
            "three dot products",
            2,
            partial(_dot, batch=_BATCH, expected=np.array([5.0, 0.0, -1.0])),
        ),
    ),
    "rating_range": (
        Check(
            "three predictions between 0 and 5.5",
            2,
            partial(_range, batch=_BATCH, expected=np.array([5.463189, 2.75, 1.479178])),
        ),
    ),
    "biases": (
        Check(
            "names and shapes of the tables",
            1,
            partial(
                parameters_are,
                name="CFDotProductBias",
                fields=_IN_RANGE,
                shapes=_SHAPES | _BIAS_SHAPES,
            ),
        ),
        Check(
            "three predictions with biases",
            2,
            partial(_bias, batch=_BATCH, expected=np.array([5.491744, 2.076474, 0.417220])),
        ),
    ),
}
