"""Checks of `ann_index`: the Annoy index, and how much of the exact answer it finds."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from helpers.checks.compare import Mismatch, expect_number, expect_shape
from helpers.checks.report import Check
from helpers.checks.work import Work


def index_holds_all(work: Work, *, embeddings: np.ndarray) -> None:
    """Every embedding is in the index, in its own dimension, under its own number."""
    built = work.build_index(embeddings, {}, k=1)
    yours = (built["num_items"], built["dimension"])
    if yours != embeddings.shape:
        raise Mismatch(
            "The index should hold every embedding: (number of items, dimension).",
            yours,
            embeddings.shape,
        )
    firsts = [neighbours[0] for neighbours in built["neighbours"]]
    if firsts != list(range(len(embeddings))):
        raise Mismatch("Each item should be its own nearest neighbour.", firsts)


def index_is_angular(work: Work, *, embeddings: np.ndarray) -> None:
    """Annoy's angular distance is sqrt(2 (1 - cosine)), whatever the lengths."""
    built = work.build_index(embeddings, {}, k=len(embeddings))
    unit = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    expected = np.sqrt(np.maximum(0.0, 2 - 2 * np.sort(unit @ unit.T, axis=1)[:, ::-1]))
    yours = expect_shape(np.array(built["distances"]), expected.shape, "The table of distances")
    # Near zero the square root makes a rounding error of 1e-7 one of 1e-3.
    if not np.allclose(yours, expected, atol=2e-3):
        raise Mismatch(
            "The distances in the index are not angular ones: AnnoyIndex(dimension, 'angular').",
            yours[0],
            expected[0],
        )


def index_has_trees(work: Work, *, embeddings: np.ndarray, num_trees: int | None) -> None:
    """`num_trees` trees are built, ten where nothing is said."""
    options = {} if num_trees is None else {"num_trees": num_trees}
    yours = work.build_index(embeddings, options, k=1)["num_trees"]
    expected = 10 if num_trees is None else num_trees
    if yours != expected:
        raise Mismatch("The index should be built with num_trees trees.", yours, expected)


def index_follows_seed(work: Work, *, embeddings: np.ndarray, k: int) -> None:
    """The same seed gives the same index, and another seed another."""
    first, again, other = (
        work.build_index(embeddings, {"num_trees": 1, "seed": seed}, k)["neighbours"]
        for seed in (3, 3, 4)
    )
    if first != again:
        raise Mismatch("Two builds with the same seed differ: call set_seed before build.")
    if first == other:
        raise Mismatch("Builds with different seeds are the same: use the argument `seed`.")


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
