"""Hold what an answer returned against what was expected, and say the difference in a sentence.

Values are close when they differ by less than 2e-4 of the expected one, or by 2e-5 where that is
near zero. The bound stands between what a right answer may do and what a wrong one does:

- float32 has 24 bits, a rounding error of 6e-8. A sum of a few dozen products, in any order, on a
  CPU or a GPU, strays by about 1e-6; an exponential or a root behind it multiplies that by ten at
  most. float64 is nearer still: the references compute in it.
- Tensor cores would multiply matrices with 11 bits, an error of 5e-4, which no bound could tell
  from a mistake. So answers are asked with JAX's matrix products in full float32 (`LocalWork`).
- A constant that is wrong in the third digit is off by 1e-3 or more.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

RELATIVE_TOLERANCE = 2e-4
ABSOLUTE_TOLERANCE = 2e-5


class Mismatch(Exception):  # noqa: N818  - it is a verdict, not a failure of ours
    """The answer is not right: a message for the student, and both values where they help.

    `hint` is for whoever makes a mistake that has no name; a named one says more.
    """

    def __init__(self, message: str, yours: Any = None, expected: Any = None, hint: str = ""):
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.yours = None if yours is None else show(yours)
        self.expected = None if expected is None else show(expected)


def show(value: Any) -> str:
    """`value` on one short line: arrays and lists to six items, numbers to five digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, np.ndarray) and value.ndim:
        text = np.array2string(
            value, precision=4, threshold=6, edgeitems=3, separator=", ", max_line_width=10_000
        )
        return " ".join(text.split())
    if isinstance(value, list | tuple):
        items = [show(item) for item in value[:6]] + ["..."] * (len(value) > 6)
        if isinstance(value, list):
            return f"[{', '.join(items)}]"
        return f"({', '.join(items)}{',' * (len(items) == 1)})"
    if isinstance(value, float | np.floating):
        return f"{float(value):.5g}"
    return str(value)


def describe(value: Any) -> str:
    """What kind of thing `value` is, for a sentence: `a list`, `an array of shape (3, 1)`."""
    if value is None:
        return "None (is there a `return`?)"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a single number"
    if isinstance(value, bool | str | list | dict):
        return {bool: "a truth value", str: "a text", list: "a list", dict: "a dict"}[type(value)]
    return "a single number"


def is_close(yours: np.ndarray, expected: np.ndarray) -> bool:
    """Equal within the tolerances, nan never."""
    return bool(np.allclose(yours, expected, RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE))


def expect_shape(value: Any, shape: tuple[int, ...], what: str) -> np.ndarray:
    """`value` as an array of `shape` that holds real numbers; `Mismatch` else."""
    if not isinstance(value, np.ndarray) or value.shape != shape:
        raise Mismatch(
            f"{what} should be an array of shape {shape}; yours is {describe(value)}.",
            value.shape if isinstance(value, np.ndarray) else describe(value),
            shape,
        )
    if value.dtype.kind not in "fiu":
        raise Mismatch(f"{what} should hold numbers; yours holds {value.dtype}.")
    return value.astype(np.float64)


def expect_array(value: Any, expected: np.ndarray, what: str, hint: str = "") -> None:
    """Shape first, then values within the tolerance."""
    yours = expect_shape(value, expected.shape, what)
    if np.isnan(yours).any():
        raise Mismatch(f"{what} holds nan.", yours, expected, hint)
    if not is_close(yours, expected):
        raise Mismatch(f"{what} has other values.", yours, expected, hint)


def expect_number(value: Any, expected: float, what: str, hint: str = "") -> None:
    """One number: a Python one or an array without dimensions."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Mismatch(f"{what} should be a single number; yours is {describe(value)}.")
    if not is_close(np.float64(value), np.float64(expected)):
        raise Mismatch(f"{what} has another value.", float(value), float(expected), hint)


def as_items(value: Any, what: str) -> list[int]:
    """`value` as a list of item numbers, from a list or a one-dimensional array of integers."""
    if isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind in "iu":
        return value.tolist()
    if isinstance(value, list):
        items = [
            item.item() if isinstance(item, np.ndarray) and not item.ndim else item
            for item in value
        ]
        if all(isinstance(item, int) and not isinstance(item, bool) for item in items):
            return items
        raise Mismatch(f"{what} should be a list of item numbers (int).", value)
    raise Mismatch(f"{what} should be a list of item numbers; yours is {describe(value)}.", value)


def expect_items(
    value: Any, scores: np.ndarray, allowed: Sequence[int], k: int, what: str
) -> list[int]:
    """The `k` best of `allowed` by `scores`, best first, in any order among equal scores."""
    items = as_items(value, what)
    best = sorted(allowed, key=lambda item: -scores[item])[:k]
    if len(items) != len(best):
        raise Mismatch(
            f"{what} should have {len(best)} items; yours has {len(items)}.", items, best
        )
    if len(set(items)) != len(items):
        raise Mismatch(f"{what} names an item twice.", items, best)
    strangers = [item for item in items if item not in set(allowed)]
    if strangers:
        raise Mismatch(f"{what} holds items that must not be there: {strangers}.", items, best)
    if not is_close(scores[items], scores[best]):
        backwards = is_close(scores[items[::-1]], scores[best])
        hint = "It is worst first." if backwards else "The best come first."
        raise Mismatch(f"{what} is another list.", items, best, hint)
    return items
