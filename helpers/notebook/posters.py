"""Show movies as a row of posters, or as a table."""

import base64
import html
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from IPython.display import display

from helpers.errors import CourseError
from helpers.notebook.page import FONT
from helpers.pictures.poster_archive import POSTER_DIR
from helpers.pictures.poster_cards import SIZE, poster_card, thumbnail

_CAPTION = f"font: 13px/1.4 {FONT}; margin-top: 4px; overflow-wrap: anywhere"
_COLUMNS = {"movie_title": "title", "movie_genres": "genres", "num_ratings": "ratings"}


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
    table = _table(shown, score_name if scores is not None else None)
    if not use_posters or shown.empty:
        display(table)
        return
    page = poster_row(shown, score_name if scores is not None else None, poster_dir)
    display({"text/html": page, "text/plain": table.to_string()}, raw=True)


def poster_row(
    shown: pd.DataFrame, score_name: str | None = None, poster_dir: str | Path = POSTER_DIR
) -> str:
    """The movies of a table as HTML: posters in a row that wraps, a caption under each."""
    cards = "".join(_card(row, score_name, Path(poster_dir)) for _, row in shown.iterrows())
    return f'<div style="display: flex; flex-wrap: wrap; gap: 14px; padding: 4px 0">{cards}</div>'


def _table(shown: pd.DataFrame, score_name: str | None) -> pd.DataFrame:
    table = shown[list(_COLUMNS)].rename(columns=_COLUMNS).reset_index(drop=True)
    table["genres"] = table["genres"].str.replace("|", ", ", regex=False)
    if score_name is not None:
        table[score_name] = shown[score_name].to_numpy()
    table.index += 1
    return table


def _rows(item_ids: Sequence[int], movies: pd.DataFrame) -> pd.DataFrame:
    items = [int(item) for item in item_ids]
    strangers = [item for item in items if item not in movies.index]
    if strangers:
        raise CourseError(
            f"There is no item {strangers[0]} among these {len(movies)} movies. Are the numbers "
            "rows of the same table?"
        )
    return movies.loc[items].copy()


def _card(row: pd.Series, score_name: str | None, poster_dir: Path) -> str:
    picture = poster_dir / f"{row['movie_id']}.jpg"
    title = html.escape(row["movie_title"])
    if picture.exists():
        image, name = thumbnail(picture), title
    else:
        image, name = poster_card(row["movie_title"], row["movie_genres"]), ""
    encoded = base64.b64encode(image).decode()
    score = f"<b>{html.escape(score_name)} {row[score_name]:.2f}</b>" if score_name else ""
    count = f'<span style="opacity: 0.75">{_ratings(row["num_ratings"])}</span>'
    return (
        f'<div style="width: {SIZE[0]}px">'
        f'<img alt="Poster of {title}" title="{title}" width="{SIZE[0]}" height="{SIZE[1]}" '
        f'style="border-radius: 8px" src="data:image/webp;base64,{encoded}">'
        f'<div style="{_CAPTION}">{"<br>".join(filter(None, [name, score, count]))}</div></div>'
    )


def _ratings(count: int) -> str:
    return f"{count:,} rating{'' if count == 1 else 's'}"
