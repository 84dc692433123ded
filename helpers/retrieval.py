"""Exact retrieval for many queries at once: matrix products in blocks, and the best of each row."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from helpers.errors import CourseError

_BLOCK_BYTES = 64 * 2**20  # of scores: enough to keep the cores busy, small beside any memory


class TopK(NamedTuple):
    """For each query its best items, best first: row numbers and scores, both `(queries, k)`."""

    items: np.ndarray
    scores: np.ndarray


def top_k_for_all(
    queries: jax.Array,
    item_embs: jax.Array,
    k: int,
    *,
    cosine: bool = False,
    watched: tuple[np.ndarray, np.ndarray] | None = None,
) -> TopK:
    """The `k` items with the largest dot product, or cosine, for each of `queries` (n, d).

    `item_embs` is (items, d). `watched` holds (query row, item) pairs to leave out, as two arrays
    of equal length; where fewer than `k` items are left, the last scores are -inf. The products
    are made for as many queries at a time as give 64 MB of scores.
    """
    queries, item_embs = jnp.asarray(queries), jnp.asarray(item_embs)
    num_items = len(item_embs)
    if not 0 < k <= num_items:
        raise CourseError(f"k is {k}; it must lie between 1 and the number of items, {num_items}.")
    if queries.shape[1] != item_embs.shape[1]:
        raise CourseError(
            f"Queries have {queries.shape[1]} numbers each and items {item_embs.shape[1]}."
        )
    if cosine:
        queries, item_embs = _unit(queries), _unit(item_embs)
    block = max(1, min(len(queries), _BLOCK_BYTES // (4 * num_items)))
    hidden = _by_block(watched, len(queries), block)
    found = []
    for number, start in enumerate(range(0, len(queries), block)):
        # The last block looks at some queries again, so that all have one shape.
        first = max(0, min(start, len(queries) - block))
        scores, items = _best(queries, item_embs, first, hidden[number], k=k, block=block)
        found.append((np.asarray(items)[start - first :], np.asarray(scores)[start - first :]))
    return TopK(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


@functools.partial(jax.jit, static_argnames=("k", "block"))
def _best(queries, item_embs, first, hidden, *, k, block):
    part = jax.lax.dynamic_slice_in_dim(queries, first, block)
    scores = part @ item_embs.T  # (block, items)
    rows, items = hidden
    scores = scores.at[rows - first, items].set(-jnp.inf, mode="drop")
    return jax.lax.top_k(scores, k)


def _by_block(watched, num_queries: int, block: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """The watched pairs of each block, all of one length; what fills up lies out of bounds."""
    rows, items = (np.asarray(part, np.int32) for part in watched or ([], []))
    if len(rows) != len(items):
        raise CourseError(f"watched names {len(rows)} queries and {len(items)} items.")
    starts = np.minimum(np.arange(0, num_queries, block), max(0, num_queries - block))
    chosen = [(start <= rows) & (rows < start + block) for start in starts]
    length = max((int(mask.sum()) for mask in chosen), default=0)
    filling = np.iinfo(np.int32).max
    return [
        tuple(
            np.pad(part[mask], (0, length - int(mask.sum())), constant_values=filling)
            for part in (rows, items)
        )
        for mask in chosen
    ]


@jax.jit
def _unit(vectors: jax.Array) -> jax.Array:
    """Rows of length one; a row of zeros stays and is like nothing."""
    lengths = jnp.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / jnp.where(lengths > 0, lengths, 1)
