"""A search box for movies that answers while one types."""

import ipywidgets as widgets
import numpy as np
import pandas as pd

from helpers.movies import find_movies
from helpers.posters import display_recommendations


def search_dataframe(
    movies: pd.DataFrame, embeddings: np.ndarray | None = None, limit: int = 5
) -> widgets.VBox:
    """A text box; below it the best known hits, and with `embeddings` their nearest neighbours.

    The text is plain (no regular expression), and case and accents do not matter. `embeddings`
    are (n, d), row by row those of `movies`.
    """
    box = widgets.Text(
        placeholder="a part of a title", description="Search", continuous_update=True
    )
    hits = widgets.ToggleButtons(options=[], description="Like", button_style="")
    hits.layout.display = "none"
    shown = widgets.Output()

    def show_hits(change) -> None:
        found = find_movies(change["new"], movies, limit)
        hits.options = [(title, row) for row, title in found["label"].items()]
        hits.value = None
        hits.layout.display = "" if embeddings is not None and len(found) else "none"
        _show(shown, found.index, movies)

    def show_neighbours(change) -> None:
        if change["new"] is not None:
            _show(shown, [change["new"], *_nearest(change["new"], embeddings, limit)], movies)

    box.observe(show_hits, names="value")
    hits.observe(show_neighbours, names="value")
    return widgets.VBox([box, hits, shown])


def _show(output: widgets.Output, rows, movies: pd.DataFrame) -> None:
    output.clear_output(wait=True)
    with output:
        display_recommendations(rows, movies)


def _nearest(row: int, embeddings: np.ndarray, k: int) -> list[int]:
    unit = embeddings / np.maximum(np.linalg.norm(embeddings, axis=1, keepdims=True), 1e-12)
    order = np.argsort(-(unit @ unit[row]))
    return order[order != row][:k].tolist()
