"""Hidden checks of `ann_index`. Builds are compared with each other, never with a stored index."""

from functools import partial

import numpy as np

from helpers.checks.index import (
    index_follows_seed,
    index_has_trees,
    index_holds_all,
    index_is_angular,
    recall_is,
)
from helpers.checks.report import Check


def ann_index(rng: np.random.Generator) -> list[Check]:
    few = rng.normal(size=(9, 6)).astype(np.float32) * rng.uniform(0.5, 5, (9, 1)).astype(
        np.float32
    )
    # One tree finds other neighbours for another seed only where there are many items.
    many = rng.normal(size=(300, 6)).astype(np.float32)
    exact = rng.permutation(100)[:8].tolist()
    approximate = [exact[5], 101, exact[0], exact[7], 102, exact[2], 103, exact[1]]
    return [
        Check("every embedding is there", 0.5, partial(index_holds_all, embeddings=few)),
        Check("angular distances", 0.5, partial(index_is_angular, embeddings=few)),
        Check(
            "ten trees, or as many as asked for",
            0.5,
            partial(_trees, embeddings=few, num_trees=int(rng.integers(3, 9))),
        ),
        Check("the seed", 0.5, partial(index_follows_seed, embeddings=many, k=8)),
        Check(
            "recall", 0.5, partial(recall_is, approximate=approximate, exact=exact, expected=5 / 8)
        ),
        Check(
            "recall of a shorter list",
            0.5,
            partial(recall_is, approximate=exact[:2], exact=exact, expected=2 / 8),
        ),
    ]


def _trees(work, *, embeddings: np.ndarray, num_trees: int) -> None:
    index_has_trees(work, embeddings=embeddings, num_trees=None)
    index_has_trees(work, embeddings=embeddings, num_trees=num_trees)
