"""Verdicts and their sentences."""

import re

import jax
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.checks.compare import (
    Mismatch,
    expect_array,
    expect_items,
    expect_number,
    is_close,
    show,
)
from helpers.checks.local import LocalWork

RIGHT = np.array([1.0, 2.0, 3.0])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_same_values_in_any_precision_pass(dtype):
    expect_array(RIGHT.astype(dtype), RIGHT, "x")


@given(st.floats(0.1, 5.0), st.integers(0, 2**31))
def test_rounding_passes_and_a_wrong_third_digit_does_not(value, seed):
    noise = 1 + 1e-5 * np.random.default_rng(seed).uniform(-1, 1)
    assert is_close(np.float64(value * noise), np.float64(value))
    assert not is_close(np.float64(value * 1.001), np.float64(value))


@given(st.integers(0, 2**31), st.sampled_from([np.float32, np.float64]))
def test_sums_in_any_order_and_precision_pass_and_a_wrong_digit_does_not(seed, dtype):
    rng = np.random.default_rng(seed)
    one, other = rng.normal(size=(2, 20, 50))
    exact = (one * other).sum(1)
    products = (one.astype(dtype) * other.astype(dtype))[:, rng.permutation(50)]
    one_by_one = np.zeros(20, dtype)
    for column in products.T:
        one_by_one = one_by_one + column
    for sums in (products.sum(1), one_by_one, products[:, ::2].sum(1) + products[:, 1::2].sum(1)):
        squashed, expected = 5.5 / (1 + np.exp(-sums)), 5.5 / (1 + np.exp(-exact))
        expect_array(squashed.astype(dtype), expected, "x")
    for wrong in (5.51, 5.49):
        assert not is_close(squashed * dtype(wrong / 5.5), expected)


def test_a_matrix_product_is_asked_for_in_full_precision():
    def sparsity(*_):
        return jax.config.jax_default_matmul_precision

    assert LocalWork({"sparsity": sparsity}).call("sparsity", 1, 2, 3) == "highest"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, r"None \(is there a `return`\?\)"),
        ([1.0, 2.0, 3.0], "yours is a list"),
        (6.0, "yours is a single number"),
        (np.array(6.0), "yours is a single number"),
        (RIGHT[:, None], r"yours is an array of shape \(3, 1\)"),
        (np.array(["a", "b", "c"]), "should hold numbers"),
        (np.array([1.0, np.nan, 3.0]), "holds nan"),
        (RIGHT + 1, "has other values."),
    ],
)
def test_what_is_wrong_with_an_array(value, sentence):
    with pytest.raises(Mismatch, match=sentence):
        expect_array(value, RIGHT, "x", "Look.")


def test_a_mismatch_shows_both():
    with pytest.raises(Mismatch) as verdict:
        expect_array(RIGHT * 2, RIGHT, "x", "Look.")
    assert (verdict.value.yours, verdict.value.expected) == ("[2., 4., 6.]", "[1., 2., 3.]")
    assert verdict.value.hint == "Look."


@pytest.mark.parametrize("value", [None, [1.0], "1", True, np.ones(1)])
def test_a_number_must_be_one(value):
    with pytest.raises(Mismatch, match="should be a single number"):
        expect_number(value, 1.0, "x")


@pytest.mark.parametrize("value", [1, 1.0, np.array(1.0), np.array(1.00001)])
def test_any_kind_of_number_passes(value):
    expect_number(value, 1.0, "x")


SCORES = np.array([0.9, 0.1, 0.5, 0.5, 0.7])


@pytest.mark.parametrize("items", [[0, 4, 2], [0, 4, 3], np.array([0, 4, 3])])
def test_equals_come_in_any_order(items):
    expect_items(items, SCORES, range(5), 3, "x")


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([3, 4, 0], "worst first"),
        ([0, 2, 4], "best come first"),
        ([0, 4], "should have 3 items; yours has 2"),
        ([0, 0, 4], "names an item twice"),
        ([0, 4, 1], "best come first"),
        ([0, 4, 77], r"must not be there: \[77\]"),
        ([0.0, 4.0, 2.0], "list of item numbers"),
        (None, "None"),
        ({"a": 1}, "a dict"),
    ],
)
def test_what_is_wrong_with_a_list(items, sentence):
    with pytest.raises(Mismatch) as verdict:
        expect_items(items, SCORES, range(5), 3, "x")
    assert re.search(sentence, f"{verdict.value.message} {verdict.value.hint}")


def test_fewer_are_right_where_fewer_are_allowed():
    expect_items([4, 1], SCORES, [1, 4], 3, "x")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((1,), "(1,)"),
        ((), "()"),
        ([1, 2.34567891], "[1, 2.3457]"),
        (np.array(2), "2"),
        ("a b", "a b"),
    ],
)
def test_values_on_one_short_line(value, text):
    assert show(value) == text


def test_long_values_are_cut():
    assert len(show(list(range(1000)))) < 40
    assert len(show(np.arange(1000.0))) < 60
