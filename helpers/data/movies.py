"""What is behind an item number: title, genres, and how many ratings."""

import functools
import re
import unicodedata

import pandas as pd

from helpers.errors import CourseError

_ARTICLE_LAST = re.compile(r"^(.*), (The|A|An|La|Le|Les|Il|El|Die|Der|Das)( \(|$)", re.IGNORECASE)

# Letters that Unicode does not take apart into a bare one and a mark.
_BARE = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def make_movie_lookup(df: pd.DataFrame) -> pd.DataFrame:
    """One row per item, indexed by `item_id` from 0.

    Columns: `movie_id`, `movie_title`, `label` (the title, made unique: of several movies with
    one title the most rated keeps it bare and the others get their id), `movie_genres`,
    `num_ratings`, `mean_rating`.
    """
    if "item_id" not in df:
        raise CourseError(
            "There is no column 'item_id'. Make it with densify_column_values(df, 'movie_id')."
        )
    by_item = df.groupby("item_id", sort=True, observed=True)
    movies = by_item[["movie_id", "movie_title", "movie_genres"]].first()
    movies = movies.astype({"movie_title": str, "movie_genres": str})
    movies["num_ratings"] = by_item.size()
    movies["mean_rating"] = by_item["user_rating"].mean()
    movies.insert(2, "label", _unique_labels(movies))
    return movies


def _unique_labels(movies: pd.DataFrame) -> pd.Series:
    most_rated_first = movies.sort_values("num_ratings", ascending=False, kind="stable")
    repeated = most_rated_first.duplicated("movie_title").reindex(movies.index)
    suffixed = movies["movie_title"] + " [movie " + movies["movie_id"].astype(str) + "]"
    return movies["movie_title"].where(~repeated, suffixed)


def find_movies(query: str, movies: pd.DataFrame, limit: int = 20) -> pd.DataFrame:
    """Rows of `movies` whose title holds the words of `query` as plain text, most rated first.

    Case and accents do not matter, and "the matrix" finds "Matrix, The (1999)".
    """
    wanted = plain_text(query)
    if not wanted:
        return movies.head(0)
    hits = movies["movie_title"].map(lambda title: wanted in searchable_title(title)).astype(bool)
    return movies[hits].sort_values("num_ratings", ascending=False, kind="stable").head(limit)


def spoken_title(title: str) -> str:
    """`"Road Warrior, The (Mad Max 2)"` as people say it: `"The Road Warrior (Mad Max 2)"`."""
    return _ARTICLE_LAST.sub(r"\2 \1\3", title)


@functools.lru_cache(maxsize=65_536)
def searchable_title(title: str) -> str:
    """Both ways to write a title with an article: as MovieLens does, and as people say it."""
    spoken = spoken_title(title)
    return plain_text(title) if spoken == title else f"{plain_text(title)}\n{plain_text(spoken)}"


def plain_text(text: str) -> str:
    """Lower case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().translate(_BARE).split())
