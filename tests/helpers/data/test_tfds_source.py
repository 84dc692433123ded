"""The real TFDS builder, on tiny archives in GroupLens's own layouts, without a network."""

import zipfile
from importlib.util import find_spec

import numpy as np
import pytest

from helpers import create_eval_tfds_from_df, densify_column_values, get_dataset, to_tfds
from helpers.data.tfds_source import prefill_download_cache
from helpers.errors import DamagedDataError, NetworkMissingError

pytestmark = pytest.mark.skipif(
    find_spec("tensorflow_datasets") is None,
    reason="TensorFlow Datasets, which reads other editions, is not installed",
)
CSV = {
    "movies.csv": "movieId,title,genres\n"
    "50,Amélie (2001),Comedy|Romance\n"
    '7,"Matrix, The (1999)",Action|Sci-Fi\n'
    "9,Nothing (2018),(no genres listed)\n",
    "ratings.csv": "userId,movieId,rating,timestamp\n"
    "12,50,4.5,1000000001\n12,7,3.0,1000000002\n3,7,0.5,1000000003\n",
}
DAT = {
    "movies.dat": "50::Amélie (2001)::Comedy|Romance\n7::Matrix, The (1999)::Action|Sci-Fi\n",
    "ratings.dat": "12::50::4::1000000001\n12::7::3::1000000002\n3::7::1::1000000003\n",
    "users.dat": "12::M::25::4::12345\n3::F::35::7::54321\n",
}
NO, YES = "0|" * 18, "1"
OLD = {
    "u.item": f"50|Amélie (2001)|01-Jan-2001||http://x|{'0|' * 5}1|{'0|' * 8}1|{'0|' * 3}0\n"
    f"7|Matrix, The (1999)|01-Jan-1999||http://y|0|1|{'0|' * 13}1|0|0|0\n",
    "u.data": "12\t50\t4\t1000000001\n12\t7\t3\t1000000002\n3\t7\t1\t1000000003\n",
    "u.user": "12|25|M|student|12345\n3|36|F|writer|54321\n",
}
LAYOUTS = {"latest-small": CSV, "20m": CSV, "25m": CSV, "1m": DAT, "100k": OLD}


@pytest.fixture
def archive(tmp_path):
    def make(name):
        path = tmp_path / f"ml-{name}.zip"
        encoding = "utf-8" if LAYOUTS[name] is CSV else "latin-1"
        with zipfile.ZipFile(path, "w") as packed:
            for file, text in LAYOUTS[name].items():
                packed.writestr(f"ml-{name}/{file}", text.encode(encoding))
        return path

    return make


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_edition_gives_the_columns_of_the_embedded_one(name, archive, tmp_path):
    prefill_download_cache(name, archive(name), tmp_path / "tfds")
    df = get_dataset(name, "tfds", tmp_path / "tfds")
    assert df.dtypes.astype(str).tolist() == get_dataset().dtypes.astype(str).tolist()
    assert df.columns.tolist() == get_dataset().columns.tolist()
    assert df[["user_id", "movie_id"]].to_numpy().tolist() == [[3, 7], [12, 7], [12, 50]]
    assert df.movie_title.tolist() == ["Matrix, The (1999)"] * 2 + ["Amélie (2001)"]
    assert df.movie_genres.tolist() == ["Action|Sci-Fi"] * 2 + ["Comedy|Romance"]
    half = {"1m": (1.0, 4.0), "100k": (1.0, 4.0)}.get(name, (0.5, 4.5))
    assert (df.user_rating[0], df.user_rating[2]) == half
    assert df.timestamp.tolist() == [1000000003, 1000000002, 1000000001]


def test_without_a_network_one_sentence_names_the_ways_out(tmp_path):
    with pytest.raises(
        NetworkMissingError, match=r"embedded.*prefill_download_cache\('1m'"
    ) as error:
        get_dataset("1m", "tfds", tmp_path)
    assert "\n" not in str(error.value)


def test_a_download_that_is_no_archive_names_the_folder(tmp_path):
    broken = tmp_path / "broken.zip"
    broken.write_text("<html>404</html>")
    prefill_download_cache("latest-small", broken, tmp_path / "tfds")
    with pytest.raises(DamagedDataError, match=r"latest-small-ratings.*Delete this folder"):
        get_dataset("latest-small", "tfds", tmp_path / "tfds")


def test_a_prepared_file_that_was_cut_names_the_folder(archive, tmp_path):
    prefill_download_cache("latest-small", archive("latest-small"), tmp_path / "tfds")
    get_dataset("latest-small", "tfds", tmp_path / "tfds")
    (records,) = (tmp_path / "tfds").rglob("*ratings*/*/*.tfrecord*")
    records.write_bytes(records.read_bytes()[:-20])
    with pytest.raises(DamagedDataError, match="Delete this folder"):
        get_dataset("latest-small", "tfds", tmp_path / "tfds")


def test_ratings_as_a_tf_dataset():
    df = get_dataset().head(5)
    df["item_id"], _, _ = densify_column_values(df, "movie_id")
    examples = list(to_tfds(df).as_numpy_iterator())
    assert len(examples) == 5
    assert {name: value.dtype for name, value in examples[0].items()} == {
        "user_id": np.int32,
        "item_id": np.int32,
        "user_rating": np.float32,
        "timestamp": np.int32,
    }
    (batch,) = create_eval_tfds_from_df(df).batch(5).as_numpy_iterator()
    assert batch.keys() == {"user_id", "item_id"}
    assert batch["item_id"].tolist() == [0, 1, 2, 3, 4]
