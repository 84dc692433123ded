"""Exact top-k in blocks, beside a plain sort."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import retrieval, top_k_for_all
from helpers.errors import CourseError


def plain(scores, k):
    return np.argsort(-scores, axis=1, kind="stable")[:, :k]


@pytest.fixture
def vectors():
    rng = np.random.default_rng(0)
    return rng.normal(size=(23, 6)).astype(np.float32), rng.normal(size=(40, 6)).astype(np.float32)


@pytest.fixture(params=[1, 4, 23, 1000], ids=lambda queries: f"blocks of {queries}")
def block(request, monkeypatch):
    monkeypatch.setattr(retrieval, "_BLOCK_BYTES", 4 * 40 * request.param)


def test_it_finds_what_a_sort_finds(vectors, block):
    queries, items = vectors
    scores = queries @ items.T
    found = top_k_for_all(queries, items, 7)
    assert (found.items == plain(scores, 7)).all()
    np.testing.assert_allclose(found.scores, -np.sort(-scores, axis=1)[:, :7], rtol=1e-5)


def test_cosine_ignores_lengths(vectors, block):
    queries, items = vectors
    stretched = items * np.linspace(0.1, 9, 40, dtype=np.float32)[:, None]
    found = top_k_for_all(queries, stretched, 5, cosine=True)
    cosines = queries @ items.T / np.linalg.norm(items, axis=1)
    assert (found.items == plain(cosines, 5)).all()
    assert found.scores.max() <= 1 + 1e-6


def test_the_watched_is_left_out(vectors, block):
    queries, items = vectors
    best = top_k_for_all(queries, items, 3).items
    rows = np.repeat(np.arange(23), 3)
    found = top_k_for_all(queries, items, 3, watched=(rows, best.ravel()))
    assert (found.items == plain(queries @ items.T, 6)[:, 3:]).all()


def test_fewer_left_than_k_end_with_minus_infinity(vectors):
    queries, items = vectors
    watched = (np.zeros(38, int), np.arange(38))
    found = top_k_for_all(queries, items, 4, watched=watched)
    assert set(found.items[0][:2]) == {38, 39}
    assert (found.scores[0] == -np.inf).tolist() == [False, False, True, True]
    assert np.isfinite(found.scores[1:]).all()


def test_a_row_of_zeros_is_like_nothing(vectors):
    queries, items = vectors
    items[5] = 0
    found = top_k_for_all(queries, items, 40, cosine=True)
    assert np.isfinite(found.scores).all()
    assert (found.scores[found.items == 5] == 0).all()


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 9), st.integers(1, 12), st.data())
def test_any_size_agrees_with_a_sort(num_queries, num_items, data):
    k = data.draw(st.integers(1, num_items))
    rng = np.random.default_rng(num_queries * 100 + num_items)
    queries, items = rng.normal(size=(num_queries, 3)), rng.normal(size=(num_items, 3))
    found = top_k_for_all(queries.astype(np.float32), items.astype(np.float32), k)
    assert (found.items == plain(queries @ items.T, k)).all()


@pytest.mark.parametrize("k", [0, 41])
def test_an_impossible_k_is_told(vectors, k):
    with pytest.raises(CourseError, match="between 1 and the number of items, 40"):
        top_k_for_all(*vectors, k)


def test_other_widths_and_uneven_pairs_are_told(vectors):
    queries, items = vectors
    with pytest.raises(CourseError, match="6 numbers each and items 5"):
        top_k_for_all(queries, items[:, :5], 3)
    with pytest.raises(CourseError, match="2 queries and 1 items"):
        top_k_for_all(queries, items, 3, watched=([0, 1], [2]))
