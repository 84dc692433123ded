"""Search box, projector and plots."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from helpers import (
    open_projector,
    plot_biases,
    plot_embedding_map,
    plot_leaderboard,
    plot_metric_history,
    plot_predictions,
    plot_recall_curve,
    search_dataframe,
    write_projector,
)
from helpers.genres import GENRE_COLOURS, main_genre
from helpers.plots import pca


@pytest.fixture
def movies():
    rows = 60
    return pd.DataFrame(
        {
            "movie_id": np.arange(rows) + 100,
            "movie_title": [f"Film {n}, The ({1950 + n})" for n in range(rows)],
            "label": [f"Film {n}, The ({1950 + n})" for n in range(rows)],
            "movie_genres": ["Action|Sci-Fi", "Drama", "(no genres listed)"] * 20,
            "num_ratings": np.arange(rows) * 5,
        }
    )


@pytest.fixture
def embeddings():
    return np.random.default_rng(0).normal(size=(60, 8)).astype(np.float32)


def test_search_answers_while_typing(movies, embeddings):
    box, hits, shown = search_dataframe(movies, embeddings, limit=3).children
    box.value = "film 4"
    assert [label for label, _ in hits.options] == [
        f"Film {n}, The ({1950 + n})" for n in (49, 48, 47)
    ]
    assert hits.layout.display == ""
    hits.value = 48
    assert hits.value == 48
    box.value = "(no such film"
    assert hits.options == ()
    assert hits.layout.display == "none"
    assert shown is not None


def test_projector_files_have_titles_and_only_well_rated_movies(movies, embeddings, tmp_path):
    log_dir = write_projector(embeddings, movies, tmp_path / "log", min_ratings=100)
    (metadata,) = log_dir.rglob("metadata.tsv")
    lines = metadata.read_text().splitlines()
    assert lines[0].split("\t") == ["title", "year", "genres", "ratings"]
    assert lines[1].split("\t") == ["The Film 20", "1970", "(no genres listed)", "100"]
    assert len(lines) == 1 + 40
    (tensors,) = log_dir.rglob("tensors.tsv")
    assert len(tensors.read_text().splitlines()) == 40


def test_writing_twice_leaves_one_run(movies, embeddings, tmp_path):
    for _ in range(2):
        write_projector(embeddings, movies, tmp_path / "log")
    assert len(list((tmp_path / "log").rglob("tensors.tsv"))) == 1


def test_projector_does_without_tensorflow(course, tmp_path):
    program = f"""
import sys, numpy as np, pandas as pd
from helpers import write_projector
columns = {{"movie_title": ["Up (2009)"], "movie_genres": ["Drama"], "num_ratings": [50]}}
movies = pd.DataFrame(columns)
write_projector(np.ones((1, 4), np.float32), movies, {str(tmp_path / "log")!r})
assert "torch" in sys.modules and "tensorflow" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], cwd=course, check=True)


def test_headless_starts_nothing(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("RECSYS_HEADLESS", "1")
    open_projector(tmp_path)
    assert "when you run this cell in a notebook" in capsys.readouterr().out


def test_pca_keeps_distances_in_a_plane():
    flat = np.random.default_rng(1).normal(size=(20, 2)) @ np.array([[1.0, 2, 0, 1], [0, 1, 1, -1]])
    points = pca(flat)
    before = np.linalg.norm(flat[:, None] - flat[None], axis=-1)
    assert np.allclose(np.linalg.norm(points[:, None] - points[None], axis=-1), before)
    assert np.allclose(pca(flat), points)


def test_plots_are_figures_with_their_data(movies, embeddings):
    history = {"train_loss": [2.0, 1.0], "val_loss": [2.1, 1.5]}
    figures = [
        plot_metric_history(history, baseline={"mean": 1.1}),
        plot_leaderboard([("mean", 1.1, True), ("ours", 0.8, False)]),
        plot_biases(embeddings[:, 0], movies),
        plot_predictions(np.array([3.0, 4.0, 4.5]), np.array([3.0, 4.0, 4.0])),
        plot_embedding_map(embeddings, movies, annotate=3),
        plot_recall_curve([10, 100], [0.5, 0.9], xlabel="work"),
    ]
    assert all(isinstance(figure, Figure) and figure.axes[0].get_title() for figure in figures)
    assert figures[0].axes[0].lines[1].get_ydata().tolist() == [2.1, 1.5]


@pytest.mark.parametrize(
    ("genres", "main"),
    [
        ("Action|Sci-Fi", "Sci-Fi"),
        ("Comedy|Drama", "Comedy"),
        ("(no genres listed)", "Other"),
        ("", "Other"),
    ],
)
def test_the_most_telling_genre(genres, main):
    assert main_genre(genres) == main
    assert main in GENRE_COLOURS
