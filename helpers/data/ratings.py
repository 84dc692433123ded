"""The table of ratings, the same whatever it was read from."""

import numpy as np
import pandas as pd


def ratings_frame(
    user_id: np.ndarray,
    movie_row: np.ndarray,
    user_rating: np.ndarray,
    timestamp: np.ndarray,
    movies: pd.DataFrame,
) -> pd.DataFrame:
    """Ratings joined with `movies` (`movie_id`, `title`, `genres`) by row number, sorted."""
    frame = pd.DataFrame(
        {
            "user_id": user_id.astype(np.int32),
            "movie_id": movies["movie_id"].to_numpy(np.int32)[movie_row],
            "movie_title": _category(movies["title"], movie_row),
            "movie_genres": _category(movies["genres"], movie_row),
            "user_rating": user_rating.astype(np.float32),
            "timestamp": timestamp.astype(np.int64),
        }
    )
    return frame.sort_values(["user_id", "movie_id"], ignore_index=True, kind="stable")


def _category(texts: pd.Series, rows: np.ndarray) -> pd.Categorical:
    # Joined by code: a rating repeats the number of its title and not the title.
    codes, values = pd.factorize(texts, sort=True)
    return pd.Categorical.from_codes(codes[rows], categories=values)
