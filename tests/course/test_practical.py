"""The solved practical from first to last cell, on the embedded data and through TFDS."""

import re
import zipfile
from importlib.util import find_spec

import nbformat
import pytest
from nbclient import NotebookClient

from helpers import get_dataset
from helpers.data.tfds_source import prefill_download_cache

pytestmark = pytest.mark.slow
CONFIG = "config = Config()"


@pytest.fixture
def grouplens_zip(tmp_path):
    """The embedded ratings in the layout of GroupLens's own archive."""
    df = get_dataset()
    ratings = df[["user_id", "movie_id", "user_rating", "timestamp"]]
    movies = df.drop_duplicates("movie_id")[["movie_id", "movie_title", "movie_genres"]]
    path = tmp_path / "ml-latest-small.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, table, header in (
            ("ratings.csv", ratings, ["userId", "movieId", "rating", "timestamp"]),
            ("movies.csv", movies, ["movieId", "title", "genres"]),
        ):
            packed.writestr(f"ml-latest-small/{name}", table.to_csv(index=False, header=header))
    return path


def run_practical(course, monkeypatch, config):
    """Execute a copy in memory with another configuration; returns it with its outputs."""
    monkeypatch.setenv("RECSYS_HEADLESS", "1")
    folder = course / "solutions" / "recommender_systems"
    notebook = nbformat.read(folder / "Recommender_Systems.ipynb", as_version=4)
    (cell,) = (cell for cell in notebook.cells if CONFIG in cell.source)
    cell.source = cell.source.replace(CONFIG, f"config = {config}")
    return execute(notebook, folder)


def execute(notebook, folder):
    """Run a notebook in memory, quietly; returns it with its outputs."""
    NotebookClient(
        notebook,
        timeout=600,
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    return notebook


def validation_mse(notebook):
    """Model -> validation MSE, from the last leaderboard shown."""
    texts = [
        output["data"]["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "biases and weight decay" in output.get("data", {}).get("text/plain", "")
    ]
    rows = re.findall(r"^(\S.+?) {2,}(\d\.\d+)", texts[-1], re.MULTILINE)
    return {name: float(mse) for name, mse in rows}


@pytest.mark.parametrize(
    "source",
    [
        "embedded",
        pytest.param(
            "tfds",
            marks=pytest.mark.skipif(
                find_spec("tensorflow_datasets") is None,
                reason="TensorFlow Datasets, which reads other editions, is not installed",
            ),
        ),
    ],
)
def test_the_solved_practical_runs_and_its_best_model_beats_the_baselines(
    source, course, monkeypatch, grouplens_zip, tmp_path
):
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path / "tfds"))
    if source == "tfds":
        prefill_download_cache("latest-small", grouplens_zip, tmp_path / "tfds")
    mse = validation_mse(run_practical(course, monkeypatch, f"Config(SOURCE={source!r})"))
    assert len(mse) == 6
    assert mse["with range, biases and weight decay"] == min(mse.values()) <= 0.77
    assert mse["dot product"] > mse["mean rating"] > mse["mean and biases"]


@pytest.mark.parametrize("written", [(), ("squared_error", "biases"), ("dot_product", "recommend")])
def test_a_student_is_never_stuck(written, course, monkeypatch, solutions):
    """The graded edition runs to its end whatever is written, and says what is not."""
    monkeypatch.setenv("RECSYS_HEADLESS", "1")
    folder = course / "notebooks" / "recommender_systems"
    notebook = nbformat.read(folder / "Recommender_Systems.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.id in written:
            cell.source = solutions[cell.id]
    execute(notebook, folder)
    said = "".join(
        output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])
    )
    assert ("checkpoint steps in" in said) == ("biases" not in written)
    assert "Not yet: this cell comes alive when you have finished `sparsity`" in said
    assert "Your progress: 0 of 12" in said or written
