"""Every MovieLens edition that TensorFlow Datasets can prepare, read in bulk."""

import os
import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies

import numpy as np
import pandas as pd

from helpers.data.ratings import ratings_frame
from helpers.errors import CourseError, DamagedDataError, NetworkMissingError

# Records parsed at a time: one call into TensorFlow for each, and not one for each rating.
_RECORDS = 65_536
_SECONDS_TO_CONNECT = 10


def read_tfds(name: str, data_dir: str | Path | None = None) -> pd.DataFrame:
    """The ratings of edition `name`, with the columns of `get_dataset`.

    Prepares the edition in `data_dir` on first use, which downloads it and takes a minute per
    million ratings. Raises `NetworkMissingError` or `DamagedDataError`.
    """
    # Movies come from a table of their own: a rating then needs no title, only its movie's id.
    ratings = _read_table(name, "ratings", data_dir)
    movies = _read_table(name, "movies", data_dir)
    movies = movies.sort_values("movie_id", ignore_index=True)
    return ratings_frame(
        ratings["user_id"].to_numpy(),
        np.searchsorted(movies["movie_id"], ratings["movie_id"]),
        ratings["user_rating"].to_numpy(),
        ratings["timestamp"].to_numpy(),
        movies,
    )


def prefill_download_cache(
    name: str, archive: str | Path, data_dir: str | Path | None = None
) -> Path:
    """Put a GroupLens zip that you already have where TFDS looks for its download.

    TFDS trusts the file by its name: it may be another release of the same edition. Returns the
    path of the copy.
    """
    tfds = _tensorflow_datasets()
    from tensorflow_datasets.core.download import resource

    builder = _builder(tfds, name, "ratings", data_dir)
    url = builder.builder_config.download_url
    expected = builder.url_infos[url]
    target = Path(_cached_download(builder))
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.partial")
    shutil.copyfile(archive, partial)
    partial.replace(target)
    resource.write_info_file(
        url=url,
        path=target,
        dataset_name=builder.name,
        original_fname=expected.filename,
        url_info=expected,
    )
    return target


def _cached_download(builder) -> Path:
    """Where TFDS keeps the zip of this builder (download_manager.py, `_get_dl_path`)."""
    from tensorflow_datasets.core.download import resource

    url = builder.builder_config.download_url
    name = resource.get_dl_fname(url, builder.url_infos[url].checksum)
    return Path(builder.data_dir).parents[2] / "downloads" / builder.name / name


def _tensorflow_datasets():
    # TensorFlow greets with a dozen lines about the machine's instruction set.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        import tensorflow_datasets as tfds
    except ModuleNotFoundError as error:
        raise CourseError(
            f"Other editions are read through TensorFlow Datasets, and {error.name} is not "
            "installed. Run %pip install tensorflow tensorflow-datasets importlib_resources, or "
            'stay with source="embedded".'
        ) from None
    return tfds


def _builder(tfds, name: str, table: str, data_dir: str | Path | None):
    where = None if data_dir is None else str(data_dir)
    return tfds.builder(f"movielens/{name}-{table}", data_dir=where, file_format="tfrecord")


def _read_table(name: str, table: str, data_dir: str | Path | None) -> pd.DataFrame:
    tfds = _tensorflow_datasets()
    import tensorflow as tf

    builder = _builder(tfds, name, table, data_dir)
    _prepare(builder, name)
    files = sorted(Path(builder.data_dir).glob("*.tfrecord*"))
    try:
        return (_parse_ratings if table == "ratings" else _parse_movies)(builder, files)
    except (ValueError, OSError, tf.errors.OpError) as error:
        raise _damaged(builder.data_dir, error) from None


def _prepare(builder, name: str) -> None:
    folder = Path(builder.data_dir)
    if folder.exists():
        return
    url = builder.builder_config.download_url
    if not _cached_download(builder).exists() and not _answers(url):
        raise _network_missing(name, url)
    try:
        builder.download_and_prepare()
    except Exception as error:
        raise (
            _network_missing(name, url) if _is_network_error(error) else _damaged(folder, error)
        ) from error


def _answers(url: str) -> bool:
    """Whether the server can be reached: TFDS itself would try for minutes."""
    if getproxies():
        return True
    try:
        with socket.create_connection((urlsplit(url).hostname, 443), timeout=_SECONDS_TO_CONNECT):
            return True
    except OSError:
        return False


def _network_missing(name: str, url: str) -> NetworkMissingError:
    return NetworkMissingError(
        f"MovieLens {name} could not be downloaded from {url}. Use "
        "get_dataset('latest-small', source='embedded'), which needs no network, or fetch the zip "
        "elsewhere and hand it to "
        f"helpers.data.tfds_source.prefill_download_cache({name!r}, 'PATH/TO.zip')."
    )


def _damaged(folder: Path, error: Exception) -> DamagedDataError:
    said = str(error).strip().split("\n")[0][:200]
    return DamagedDataError(
        f"TFDS cannot prepare or read {folder} ({type(error).__name__}: {said}). Delete this "
        "folder, and the zip in the folder `downloads` beside it, and run again."
    )


def _is_network_error(error: BaseException | None) -> bool:
    """A failed download hides at the end of a chain of causes."""
    while error is not None:
        names = {kind.__name__ for kind in type(error).__mro__}
        if names & {"ConnectionError", "DownloadError", "HTTPError", "RequestException", "Timeout"}:
            return True
        error = error.__cause__ or error.__context__
    return False


def _parse_ratings(builder, files: list[Path]) -> pd.DataFrame:
    import tensorflow as tf

    spec = {
        "movie_id": tf.io.FixedLenFeature([], tf.string),
        "user_id": tf.io.FixedLenFeature([], tf.string),
        "user_rating": tf.io.FixedLenFeature([], tf.float32),
        "timestamp": tf.io.FixedLenFeature([], tf.int64),
    }

    def parse(records):
        columns = tf.io.parse_example(records, spec)
        for key in ("movie_id", "user_id"):
            columns[key] = tf.strings.to_number(columns[key], tf.int32)
        return columns

    dataset = _record_batches(tf, files).map(parse, num_parallel_calls=tf.data.AUTOTUNE)
    batches = list(dataset.as_numpy_iterator())
    return pd.DataFrame({key: np.concatenate([batch[key] for batch in batches]) for key in spec})


def _parse_movies(builder, files: list[Path]) -> pd.DataFrame:
    import tensorflow as tf

    genre_names = builder.info.features["movie_genres"].feature.names
    spec = {
        "movie_id": tf.io.FixedLenFeature([], tf.string),
        "movie_title": tf.io.FixedLenFeature([], tf.string),
        "movie_genres": tf.io.RaggedFeature(tf.int64),
    }
    rows = []
    for records in _record_batches(tf, files):
        columns = tf.io.parse_example(records, spec)
        genres = columns["movie_genres"].to_list()
        for movie, title, codes in zip(
            columns["movie_id"].numpy(), columns["movie_title"].numpy(), genres, strict=True
        ):
            names = "|".join(genre_names[code] for code in codes) or "(no genres listed)"
            rows.append((int(movie), title.decode().strip(), names))
    return pd.DataFrame(rows, columns=["movie_id", "title", "genres"])


def _record_batches(tf, files: list[Path]):
    return tf.data.TFRecordDataset([str(file) for file in files]).batch(_RECORDS)
