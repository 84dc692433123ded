"""A search box for movies that answers while one types."""

import html
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from helpers.data.movies import find_movies
from helpers.notebook.page import FONT
from helpers.notebook.posters import poster_row
from helpers.notebook.widget_view import widget_view
from helpers.pictures.poster_cards import SIZE

_NOTHING = "Nothing found. A part of the title is enough; case and accents do not matter."


class MovieSearch:
    """A text box, the posters of the best known hits, and the nearest neighbours of one."""

    def __init__(self, movies: pd.DataFrame, embeddings: np.ndarray | None, limit: int):
        self._movies, self._embeddings = movies, embeddings
        self.box = widgets.Text(placeholder="a part of a title", description="Search:")
        self.slots = [_Slot(self.show_neighbours, embeddings is not None) for _ in range(limit)]
        self.remark = widgets.HTML()
        self.neighbours = widgets.HTML()
        row = widgets.Box(
            [slot.view for slot in self.slots], layout=widgets.Layout(flex_flow="row wrap")
        )
        self.view = widgets.VBox([self.box, self.remark, row, self.neighbours])
        self.box.observe(lambda change: self._show_hits(change["new"]), names="value")
        self._show_hits("")

    def _show_hits(self, query: str) -> None:
        found = find_movies(query, self._movies, len(self.slots))
        self.remark.value = _NOTHING if query.strip() and found.empty else ""
        self.neighbours.value = ""
        for place, slot in enumerate(self.slots):
            slot.show(found.iloc[place : place + 1])

    def show_neighbours(self, row: int) -> None:
        """Show the movies nearest to that of `row`, by cosine."""
        nearest = self._movies.loc[_nearest(row, self._embeddings, len(self.slots))]
        heading = f'<div style="font: 14px/1.6 {FONT}">Nearest to {{}}:</div>'
        title = html.escape(self._movies.at[row, "label"])
        self.neighbours.value = heading.format(title) + poster_row(nearest)

    def __repr__(self) -> str:
        hits = find_movies(self.box.value, self._movies, len(self.slots))["label"]
        return "\n".join([f"Search: {self.box.value}", *hits])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        hits = find_movies(self.box.value, self._movies, len(self.slots))
        page = poster_row(hits) + self.neighbours.value
        return widget_view(self.view, page) | {"text/plain": repr(self)}


class _Slot:
    """The place of one hit: its poster, and a button that asks for its neighbours."""

    def __init__(self, on_click, has_neighbours: bool):
        self._poster = widgets.HTML()
        self.button = widgets.Button(
            description="more like this", layout=widgets.Layout(width=f"{SIZE[0]}px")
        )
        self.row: int | None = None
        self.button.on_click(lambda _: on_click(self.row))
        children = [self._poster, self.button] if has_neighbours else [self._poster]
        self.view = widgets.VBox(children, layout=widgets.Layout(margin="0 14px 8px 0"))

    def show(self, movie: pd.DataFrame) -> None:
        """The movie of a table of one row, or nothing for an empty one."""
        self.row = None if movie.empty else movie.index[0]
        self._poster.value = "" if movie.empty else poster_row(movie)
        self.view.layout.display = "none" if movie.empty else ""


def search_dataframe(
    movies: pd.DataFrame, embeddings: np.ndarray | None = None, limit: int = 5, query: str = ""
) -> MovieSearch:
    """A box to type in, with the posters of the best known hits; `query` is what it begins with.

    The text is plain (no regular expression), and case and accents do not matter. With
    `embeddings` (n, d), row by row those of `movies`, a click shows a hit's nearest neighbours.
    """
    search = MovieSearch(movies, embeddings, limit)
    search.box.value = query
    return search


def _nearest(row: int, embeddings: np.ndarray, k: int) -> list[int]:
    unit = embeddings / np.maximum(np.linalg.norm(embeddings, axis=1, keepdims=True), 1e-12)
    order = np.argsort(-(unit @ unit[row]))
    return order[order != row][:k].tolist()
