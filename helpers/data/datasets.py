"""`get_dataset`: MovieLens ratings from the course itself or through TensorFlow Datasets."""

import difflib
import io
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.data.files import read_verified
from helpers.data.ratings import ratings_frame
from helpers.errors import UnknownDatasetError

NAMES = ("latest-small", "100k", "1m", "20m", "25m")
SOURCES = ("embedded", "tfds")
_EMBEDDED_FILE = "movielens-latest-small-2016.npz"


def get_dataset(
    name: str = "latest-small", source: str = "embedded", data_dir: str | Path | None = None
) -> pd.DataFrame:
    """One row per rating, by user and movie.

    Columns: `user_id`, `movie_id` (int32, with gaps), `movie_title` with its year and
    `movie_genres` such as "Comedy|Drama" (categories), `user_rating` (float32, in stars),
    `timestamp` (int64, seconds since 1970 UTC).

    `source="embedded"` is the 2016 edition of latest-small that comes with the course and needs
    neither TensorFlow nor a network. `source="tfds"` serves every edition of the TFDS builder
    `movielens`, prepared once in `data_dir` (where TFDS keeps its data, when None).

    Raises `UnknownDatasetError`, `DamagedDataError` or `NetworkMissingError`.
    """
    name = name.removeprefix("ml-")
    if name not in NAMES:
        near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.4)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownDatasetError(f"There is no dataset {name!r}, only {', '.join(NAMES)}.{guess}")
    if source == "tfds":
        from helpers.data.tfds_source import read_tfds

        return read_tfds(name, data_dir)
    if source != "embedded":
        raise UnknownDatasetError(f"There is no source {source!r}, only {' and '.join(SOURCES)}.")
    if name != "latest-small":
        raise UnknownDatasetError(
            f"Only latest-small comes with the course; get {name!r} with source='tfds'."
        )
    return _read_embedded()


def _read_embedded() -> pd.DataFrame:
    with np.load(io.BytesIO(read_verified(_EMBEDDED_FILE))) as packed:
        columns = {name: packed[name] for name in packed.files}
    movies = pd.DataFrame({"movie_id": columns["movie_id"]})
    for text in ("title", "genres"):
        movies[text] = columns[text].tobytes().decode().split("\n")
    return ratings_frame(
        columns["user_id"],
        columns["movie"],
        columns["half_stars"] / 2,
        columns["timestamp"],
        movies,
    )
