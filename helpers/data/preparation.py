"""From a table of ratings to batches: numbering, splitting, laying out."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.data.batches import ArrayDataset
from helpers.errors import CourseError

if TYPE_CHECKING:
    import tensorflow as tf

_FIELDS = {
    "user_id": np.int32,
    "item_id": np.int32,
    "user_rating": np.float32,
    "timestamp": np.int32,
}


def cross_tabulate(df: pd.DataFrame, num_users: int = 10, num_movies: int = 10) -> pd.DataFrame:
    """The busiest users by the most rated movies; the cell is the rating, or empty."""
    users = df["user_id"].value_counts().index[:num_users]
    items = df["movie_id"].value_counts().index[:num_movies]
    part = df[df["user_id"].isin(users) & df["movie_id"].isin(items)]
    table = part.pivot(index="user_id", columns="movie_id", values="user_rating")
    titles = df.drop_duplicates("movie_id").set_index("movie_id")["movie_title"].astype(str)
    table = table.reindex(index=users, columns=items)
    return table.astype(object).where(table.notna(), "").rename(columns=titles)


def make_mapping(values: Iterable[Hashable]) -> dict[Any, int]:
    """Each value's position, from 0; `CourseError` when a value comes twice."""
    mapping: dict[Any, int] = {}
    for position, value in enumerate(values):
        if mapping.setdefault(value, position) != position:
            raise CourseError(
                f"{value!r} comes twice, so it cannot name one position. Map movie ids or the "
                "labels of make_movie_lookup, not titles."
            )
    return mapping


def densify_column_values(
    df: pd.DataFrame, col_name: str
) -> tuple[pd.Series, list[Any], dict[Any, int]]:
    """Number the values of a column from 0 in sorted order.

    Returns the codes (int32, by the rows of `df`), the sorted values, and value -> code.
    """
    _require(df, col_name, f"The table has {', '.join(map(str, df.columns))}.")
    values, codes = np.unique(df[col_name].to_numpy(), return_inverse=True)
    values = values.tolist()
    return pd.Series(codes.astype(np.int32), df.index, name=col_name), values, make_mapping(values)


def get_train_val_split(
    df: pd.DataFrame, val_fraction: float = 0.2, seed: int = 42
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hold back about `val_fraction` of the ratings, chosen by a hash of seed, user and movie.

    A rating falls on the same side whatever the order of the rows and whatever else is there.
    """
    if not 0 < val_fraction < 1:
        raise CourseError(f"val_fraction is {val_fraction}; it must lie between 0 and 1.")
    keys = df[["user_id", "movie_id"]].astype(np.int64).assign(seed=np.int64(seed))
    hashes = pd.util.hash_pandas_object(keys, index=False).to_numpy(np.uint64)
    held_back = hashes < np.uint64(val_fraction * 2**64)
    return df[~held_back], df[held_back]


def prepare_dataloaders(
    train_df: pd.DataFrame, val_df: pd.DataFrame, batch_size: int, num_epochs: int, seed: int = 42
) -> tuple[ArrayDataset, ArrayDataset]:
    """Training batches for all epochs, shuffled, and validation batches for one, in order."""
    return (
        ArrayDataset(_columns(train_df), batch_size, num_epochs, shuffle=True, seed=seed),
        ArrayDataset(_columns(val_df), batch_size),
    )


def to_tfds(df: pd.DataFrame, fields: Sequence[str] = tuple(_FIELDS)) -> "tf.data.Dataset":
    """The ratings as a `tf.data.Dataset` of single examples, for those who feed from there."""
    import tensorflow as tf

    return tf.data.Dataset.from_tensor_slices(_columns(df, fields))


def create_eval_tfds_from_df(df: pd.DataFrame) -> "tf.data.Dataset":
    """Only what a model reads: `user_id` and `item_id`."""
    return to_tfds(df, ("user_id", "item_id"))


def _columns(df: pd.DataFrame, fields: Sequence[str] = tuple(_FIELDS)) -> dict[str, np.ndarray]:
    for field in fields:
        _require(df, field, "Make it with densify_column_values(df, 'movie_id').")
    return {field: df[field].to_numpy(_FIELDS[field]) for field in fields}


def _require(df: pd.DataFrame, column: str, way_out: str) -> None:
    if column not in df:
        raise CourseError(f"There is no column {column!r}. {way_out}")
