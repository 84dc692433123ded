"""get_dataset from the embedded file, and what it says when something is wrong."""

import sys

import numpy as np
import pytest

from helpers import get_dataset
from helpers.data.files import DATA_DIR, read_verified
from helpers.errors import CourseError, DamagedDataError, UnknownDatasetError


def test_columns_types_and_order():
    df = get_dataset("latest-small")
    kinds = {
        "user_id": "int32",
        "movie_id": "int32",
        "movie_title": "category",
        "movie_genres": "category",
        "user_rating": "float32",
        "timestamp": "int64",
    }
    assert {name: str(kind) for name, kind in df.dtypes.items()} == kinds
    assert list(df.columns) == list(kinds)
    assert df.equals(df.sort_values(["user_id", "movie_id"], ignore_index=True))
    assert df.timestamp.between(789_000_000, 1_480_000_000).all()
    assert np.isfinite(df.user_rating).all()


def test_the_name_of_the_download_works_too():
    assert get_dataset("ml-latest-small").equals(get_dataset("latest-small"))


def test_unknown_name_suggests_a_known_one():
    with pytest.raises(UnknownDatasetError, match=r"no dataset 'latest-smal'.*mean 'latest-small'"):
        get_dataset("latest-smal")


def test_an_edition_that_is_not_embedded_names_the_way_out():
    with pytest.raises(UnknownDatasetError, match="get '1m' with source='tfds'"):
        get_dataset("1m")


def test_unknown_source():
    with pytest.raises(UnknownDatasetError, match="no source 'web', only embedded and tfds"):
        get_dataset(source="web")


def copy_of_data(tmp_path, name):
    for file in (name, "SHA256SUMS"):
        (tmp_path / file).write_bytes((DATA_DIR / file).read_bytes())
    return tmp_path / name


def test_a_changed_byte_is_found(tmp_path):
    file = copy_of_data(tmp_path, "checkpoint.npz")
    content = bytearray(file.read_bytes())
    content[1000] ^= 1
    file.write_bytes(content)
    with pytest.raises(DamagedDataError, match=r"is damaged.*git checkout"):
        read_verified("checkpoint.npz", tmp_path)


def test_a_missing_file_is_named(tmp_path):
    copy_of_data(tmp_path, "checkpoint.npz").unlink()
    with pytest.raises(DamagedDataError, match=r"checkpoint\.npz is missing"):
        read_verified("checkpoint.npz", tmp_path)


def test_a_course_error_is_one_line_in_a_notebook():
    (line,) = CourseError("Say this.")._render_traceback_()
    assert "Say this." in line
    assert "Traceback" not in line


def test_without_tensorflow_datasets_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", None)
    with pytest.raises(CourseError, match=r"tensorflow_datasets is not installed\. Run %pip"):
        get_dataset("1m", source="tfds")
