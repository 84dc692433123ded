"""Checks of `ann_index`: the Annoy index, and how much of the exact answer it finds."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from helpers.checks.compare import Mismatch, expect_number, expect_shape
from helpers.checks.report import Check
from helpers.checks.work import Work, describes_index


def _build(work: Work, embeddings: np.ndarray, options: Mapping[str, Any], k: int) -> dict:
    """The description of the index; `Mismatch` where it is none, but something in its clothes."""
    built = work.build_index(embeddings, options, k)
    if not describes_index(built):
        raise Mismatch("build_annoy_index should return an AnnoyIndex, which lists neighbours.")
    return built


def index_holds_all(work: Work, *, embeddings: np.ndarray) -> None:
    """Every embedding is in the index, in its own dimension, under its own number."""
    built = _build(work, embeddings, {}, 1)
    yours = (built["num_items"], built["dimension"])
    if yours != embeddings.shape:
        raise Mismatch(
            "The index should hold every embedding: (number of items, dimension).",
            yours,
            embeddings.shape,
        )
    firsts = [neighbours[:1] for neighbours in built["neighbours"]]
    if firsts != [[row] for row in range(len(embeddings))]:
        raise Mismatch("Each item should be its own nearest neighbour.", firsts)


def index_is_angular(work: Work, *, embeddings: np.ndarray) -> None:
    """Annoy's angular distance is sqrt(2 (1 - cosine)), whatever the lengths."""
    built = _build(work, embeddings, {}, len(embeddings))
    unit = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    expected = np.sqrt(np.maximum(0.0, 2 - 2 * np.sort(unit @ unit.T, axis=1)[:, ::-1]))
    lengths = {len(row) for row in built["distances"]}
    if lengths != {len(embeddings)}:
        raise Mismatch("A search for all neighbours should find every item.", sorted(lengths))
    yours = expect_shape(np.array(built["distances"]), expected.shape, "The table of distances")
    # Near zero the square root makes a rounding error of 1e-7 one of 1e-3.
    if not np.allclose(yours, expected, atol=2e-3):
        raise Mismatch(
            "The index should hold the angles between the rows.",
            yours[0],
            expected[0],
            "Annoy's metric for that is 'angular'.",
        )


def index_has_trees(work: Work, *, embeddings: np.ndarray, num_trees: int | None) -> None:
    """`num_trees` trees are built, ten where nothing is said."""
    options = {} if num_trees is None else {"num_trees": num_trees}
    built = _build(work, embeddings, options, 1)
    if built["num_items"] != len(embeddings):
        raise Mismatch(
            "Trees are judged when every embedding is in the index.",
            built["num_items"],
            len(embeddings),
        )
    yours = built["num_trees"]
    expected = 10 if num_trees is None else num_trees
    if yours != expected:
        raise Mismatch("The index should be built with num_trees trees.", yours, expected)


def index_follows_seed(work: Work, *, embeddings: np.ndarray, k: int) -> None:
    """The same seed gives the same index, another seed another, and none at all the seed 42."""
    first, again, other = (
        _build(work, embeddings, {"num_trees": 1, "seed": seed}, k)["neighbours"]
        for seed in (3, 3, 4)
    )
    if first != again:
        raise Mismatch("Two builds with the same seed differ: call set_seed before build.")
    if first == other:
        raise Mismatch("Builds with different seeds are the same: use the argument `seed`.")
    default, as_said = (
        _build(work, embeddings, {"num_trees": 1} | seed, k)["neighbours"]
        for seed in ({}, {"seed": 42})
    )
    if default != as_said:
        raise Mismatch("Where no seed is given it should be 42: keep the defaults.")


def recall_is(
    work: Work, *, approximate: Sequence[int], exact: Sequence[int], expected: float
) -> None:
    """The share of the exact neighbours that the approximate search found."""
    yours = work.call("recall_against_exact", list(approximate), list(exact))
    what = f"recall_against_exact({list(approximate)}, {list(exact)})"
    expect_number(
        yours, expected, what, "How many of the exact ones were found, whatever the order?"
    )


_EMBEDDINGS = np.array([[1.0, 0.0], [3.0, 3.0], [0.0, 2.0], [-1.0, 0.5]], np.float32)

VISIBLE = {
    "ann_index": (
        Check(
            "four embeddings are in the index", 1, partial(index_holds_all, embeddings=_EMBEDDINGS)
        ),
        Check("its distances are angular", 1, partial(index_is_angular, embeddings=_EMBEDDINGS)),
        Check(
            "three of four found",
            1,
            partial(recall_is, approximate=[5, 2, 8, 1], exact=[2, 5, 1, 7], expected=0.75),
        ),
    ),
}
