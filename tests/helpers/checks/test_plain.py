"""Only plain data leaves an answer."""

import jax
import jax.numpy as jnp
import numpy as np
import pandas as pd
import pytest

from helpers.checks.plain import NotPlainError, to_plain


def test_numbers_texts_and_nothing_stay_as_they_are():
    for value in (None, True, 3, 2.5, "x"):
        assert to_plain(value) is value


def test_arrays_of_both_kinds_become_numpy():
    for array in (np.arange(3), jnp.arange(3)):
        plain = to_plain(array)
        assert type(plain) is np.ndarray
        assert plain.tolist() == [0, 1, 2]


def test_an_array_subclass_loses_its_tricks():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return True

    assert type(to_plain(np.zeros(3).view(Liar))) is np.ndarray


def test_lists_tuples_and_dicts_are_taken_apart():
    plain = to_plain([(1, np.float32(2.5)), {"a": jnp.ones(1)}])
    assert plain[0][0] == 1
    assert float(plain[0][1]) == 2.5
    assert plain[1]["a"].tolist() == [1.0]


def test_a_column_of_a_table_counts_as_an_array():
    assert to_plain(pd.Series([1.0, 2.0])).tolist() == [1.0, 2.0]


@pytest.mark.parametrize("value", [object(), print, {1, 2}, np.array(["a"]), np.array([object()])])
def test_anything_else_is_named(value):
    with pytest.raises(NotPlainError, match=r"^an? "):
        to_plain(value)


def test_a_traced_value_is_named():
    leaked = []
    jax.jit(lambda x: leaked.append(x) or x)(1.0)
    with pytest.raises(NotPlainError, match="traced value"):
        to_plain(leaked[0])


def test_too_much_is_refused():
    with pytest.raises(NotPlainError, match="more than 1,000,000"):
        to_plain(np.zeros(1_000_001))
    nested = []
    for _ in range(10):
        nested = [nested]
    with pytest.raises(NotPlainError):
        to_plain(nested)
