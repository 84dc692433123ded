"""Show movies as a row of posters, or as a table."""

import base64
import html
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from IPython.display import display

from helpers.errors import CourseError
from helpers.poster_archive import POSTER_DIR
from helpers.poster_cards import SIZE, poster_card, thumbnail

_CAPTION = "font: 12px/1.35 sans-serif; margin-top: 4px; overflow-wrap: anywhere"


def display_recommendations(
    item_ids: Sequence[int],
    movies: pd.DataFrame,
    scores: Sequence[float] | None = None,
    score_name: str = "score",
    use_posters: bool = True,
    poster_dir: str | Path = POSTER_DIR,
) -> None:
    """Show the movies of `item_ids` in their order, with their scores and numbers of ratings.

    `movies` is indexed by item id, as `make_movie_lookup` makes it. Real posters in `poster_dir`
    (`<movie_id>.jpg`) are used where they exist, cards are drawn for all others.
    `CourseError` for an item that is not in `movies`, or another number of scores than items.
    """
    shown = _rows(item_ids, movies)
    if scores is not None:
        if len(scores) != len(shown):
            raise CourseError(f"There are {len(shown)} items but {len(scores)} scores.")
        shown[score_name] = [round(float(score), 2) for score in scores]
    columns = [
        "movie_title",
        "movie_genres",
        "num_ratings",
        *([score_name] if scores is not None else []),
    ]
    table = shown[columns].reset_index(drop=True)
    table.index += 1
    if not use_posters or shown.empty:
        display(table)
        return
    cards = "".join(
        _card(
            row, None if scores is None else f"{score_name} {row[score_name]:.2f}", Path(poster_dir)
        )
        for _, row in shown.iterrows()
    )
    markup = f'<div style="display: flex; flex-wrap: wrap; gap: 14px">{cards}</div>'
    display({"text/html": markup, "text/plain": table.to_string()}, raw=True)


def _rows(item_ids: Sequence[int], movies: pd.DataFrame) -> pd.DataFrame:
    items = [int(item) for item in item_ids]
    strangers = [item for item in items if item not in movies.index]
    if strangers:
        raise CourseError(
            f"There is no item {strangers[0]} among these {len(movies)} movies. Are the numbers "
            "rows of the same table?"
        )
    return movies.loc[items].copy()


def _card(row: pd.Series, score: str | None, poster_dir: Path) -> str:
    picture = poster_dir / f"{row['movie_id']}.jpg"
    image = (
        thumbnail(picture)
        if picture.exists()
        else poster_card(row["movie_title"], row["movie_genres"])
    )
    encoded = base64.b64encode(image).decode()
    title = html.escape(row["movie_title"])
    captions = [title, html.escape(score) if score else "", f"{row['num_ratings']:,} ratings"]
    return (
        f'<div style="width: {SIZE[0]}px">'
        f'<img alt="Poster of {title}" width="{SIZE[0]}" height="{SIZE[1]}" '
        f'style="border-radius: 8px" src="data:image/webp;base64,{encoded}">'
        f'<div style="{_CAPTION}">{"<br>".join(filter(None, captions))}</div></div>'
    )
