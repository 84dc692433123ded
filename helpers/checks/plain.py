"""Turn what an answer returned into plain data: numbers, text, lists, dicts and NumPy arrays.

Checks compare plain data only, so that no object of a student's can take part in its own verdict.
"""

import numbers
from typing import Any

import jax
import numpy as np

MAX_ITEMS = 1_000_000
_MAX_DEPTH = 6


class NotPlainError(Exception):
    """The value is no plain data; the message says what it is, for a student."""


def to_plain(value: Any, depth: int = 0) -> Any:
    """`value` with arrays as `np.ndarray`, scalars as Python numbers, tuples as lists.

    Raises `NotPlainError` for anything else, and for more than `MAX_ITEMS` items or six levels.
    """
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, jax.core.Tracer):
        raise NotPlainError(
            "a traced value: it belongs to a jitted function and has no number outside of it"
        )
    if type(value).__module__.split(".")[0] == "pandas":
        value = np.asarray(value)
    if isinstance(value, jax.Array | np.ndarray | np.generic):
        return _plain_array(value)
    if isinstance(value, list | tuple | dict) and depth < _MAX_DEPTH:
        if len(value) > MAX_ITEMS:
            raise NotPlainError(f"a {type(value).__name__} of more than {MAX_ITEMS:,} items")
        if isinstance(value, dict):
            return {str(key): to_plain(item, depth + 1) for key, item in value.items()}
        return [to_plain(item, depth + 1) for item in value]
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    raise NotPlainError(f"a {type(value).__name__}")


def _plain_array(value) -> np.ndarray | int | float | bool:
    if value.size > MAX_ITEMS:
        raise NotPlainError(f"an array of shape {value.shape}, more than {MAX_ITEMS:,} numbers")
    array = np.array(value)
    if array.dtype.name == "bfloat16":
        array = array.astype(np.float32)
    if array.dtype.kind not in "biuf":
        raise NotPlainError(f"an array of dtype {array.dtype}")
    return array
