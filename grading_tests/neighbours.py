"""Hidden checks of `cosine_similarity` and `most_similar`."""

from functools import partial

import numpy as np

from grading_tests import references
from helpers.checks.neighbours import most_similar_are, similarities_are
from helpers.checks.report import Check

_ITEMS, _DIM = 12, 5


def cosine_similarity(rng: np.random.Generator) -> list[Check]:
    embeddings = _embeddings(rng)
    stranger = rng.normal(size=_DIM).astype(np.float32)
    lengths = rng.uniform(0.2, 20, (_ITEMS, 1)).astype(np.float32)
    return [
        Check("an item of the table", 0.75, _cosines(embeddings[3], embeddings)),
        Check("rows of other lengths", 0.5, _cosines(stranger * 7, embeddings * lengths)),
        Check("a user's embedding", 0.5, _cosines(stranger, embeddings)),
        Check("a table of one row", 0.25, _cosines(stranger, embeddings[:1])),
    ]


def _cosines(item: np.ndarray, embeddings: np.ndarray):
    expected = references.cosines(item, embeddings)
    return partial(similarities_are, item=item, embeddings=embeddings, expected=expected)


def most_similar(rng: np.random.Generator) -> list[Check]:
    embeddings = _embeddings(rng)
    names = {
        f"Movie {number} ({1950 + number})": int(item)
        for number, item in enumerate(rng.permutation(_ITEMS))
    }
    twins = embeddings.copy()
    # Rows 2, 5 and 9 point the same way. The one asked for is 5, which comes first neither in a
    # stable sort nor in a reversed one.
    twins[[5, 9]] = twins[2] * np.array([[4.0], [0.25]], np.float32)
    return [
        Check("best first", 1.0, _similar(names, _name_of(names, 4), embeddings, 5)),
        Check(
            "the movie itself among its equals", 0.5, _similar(names, _name_of(names, 5), twins, 4)
        ),
        Check("a list of one", 0.25, _similar(names, _name_of(names, 7), embeddings, 1)),
        Check("all the others", 0.25, _similar(names, _name_of(names, 6), embeddings, _ITEMS - 1)),
    ]


def _similar(names: dict[str, int], movie: str, embeddings: np.ndarray, k: int):
    scores = references.cosines(embeddings[names[movie]], embeddings)
    return partial(
        most_similar_are, names=names, movie=movie, embeddings=embeddings, scores=scores, k=k
    )


def _name_of(names: dict[str, int], item: int) -> str:
    return next(name for name, number in names.items() if number == item)


def _embeddings(rng: np.random.Generator) -> np.ndarray:
    return rng.normal(size=(_ITEMS, _DIM)).astype(np.float32)
