"""Checks of `cosine_similarity` and `most_similar`."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from helpers.checks.compare import Mismatch, as_items, expect_array, expect_items
from helpers.checks.report import Check
from helpers.checks.work import OnDevice, Returns, Work, WorkError


def similarities_are(
    work: Work, *, item: np.ndarray, embeddings: np.ndarray, expected: np.ndarray
) -> None:
    """One cosine for each row of `embeddings`."""
    yours = work.call("get_cos_sim_distances", OnDevice(item), OnDevice(embeddings))
    hint = "Divide each dot product by BOTH lengths: the item's and that row's."
    expect_array(yours, expected, "get_cos_sim_distances(item, embeddings)", hint)


def most_similar_are(
    work: Work,
    *,
    names: dict[str, int],
    movie: str,
    embeddings: np.ndarray,
    scores: np.ndarray,
    k: int,
) -> str | None:
    """The `k` most similar movies to `movie`, without itself; `scores` are the cosines with it."""
    itself = names[movie]
    others = [item for item in range(len(embeddings)) if item != itself]
    what = f"get_top_k_most_similar_movies({movie!r}, embeddings, {k})"

    def verify(stand_ins: dict) -> None:
        yours = work.call(
            "get_top_k_most_similar_movies",
            movie,
            OnDevice(embeddings),
            k,
            stand_ins={"movie_to_id_mapping": names} | stand_ins,
        )
        if itself in as_items(yours, what):
            raise Mismatch(
                f"The list holds the movie itself (item {itself}). Leave it out by its number: "
                "among equals it can stand anywhere.",
                yours,
            )
        expect_items(yours, scores, others, k, what)

    return judged_apart_from_cosine(verify, scores, (embeddings[itself], embeddings))


def judged_apart_from_cosine(
    verify: Callable[[dict], None], scores: np.ndarray, given: Sequence[np.ndarray]
) -> str | None:
    """A mistake in `get_cos_sim_distances` costs its own exercise and no other.

    Where the answer fails with the student's own function, it may try once more with the right
    cosines in that function's place, as long as it asks for those of what is `given`.
    """
    try:
        verify({})
    except (Mismatch, WorkError) as verdict:
        try:
            verify({"get_cos_sim_distances": Returns(scores.astype(np.float32), given)})
        except (Mismatch, WorkError):
            raise verdict from None
        return "judged with our `get_cos_sim_distances`, because it fails with yours"
    return None


_EMBEDDINGS = np.array([[3.0, 4.0], [6.0, 8.0], [-3.0, -4.0], [4.0, -3.0], [4.0, 3.0]], np.float32)
_COSINES = np.array([1.0, 1.0, -1.0, 0.0, 0.96])

_MOVIES = np.array(
    [[7, 9], [12, 5], [-4, -3], [4, -3], [4, 3], [5, 12], [-4, 3], [3, 4]], np.float32
)
_TITLES = ("Up (2009)", "Heat (1995)", "Saw (2004)", "Dune (1984)", "Babe (1995)", "Jaws (1975)")
_NAMES = {title: row for row, title in enumerate((*_TITLES, "Big (1988)", "Rio (2011)"))}
_WITH_BABE = np.array([0.964763, 0.969231, -1.0, 0.28, 1.0, 0.861538, -0.28, 0.96])

VISIBLE = {
    "cosine_similarity": (
        Check(
            "five angles to (3, 4)",
            2,
            partial(
                similarities_are, item=_EMBEDDINGS[0], embeddings=_EMBEDDINGS, expected=_COSINES
            ),
        ),
    ),
    "most_similar": (
        Check(
            "the three nearest to Babe",
            2,
            partial(
                most_similar_are,
                names=_NAMES,
                movie="Babe (1995)",
                embeddings=_MOVIES,
                scores=_WITH_BABE,
                k=3,
            ),
        ),
    ),
}
