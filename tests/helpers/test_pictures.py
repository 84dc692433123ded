"""Search box, projector and plots."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from helpers import (
    find_movies,
    live_loss,
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
from helpers.errors import CourseError
from helpers.genres import GENRE_COLOURS, main_genre
from helpers.maps import pca
from helpers.widget_view import WIDGET

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="torch, which writes the projector's files, is not installed",
)


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


def posters(page):
    return re.findall('alt="Poster of (.*?)"', page)


def test_search_answers_while_typing(movies, embeddings):
    search = search_dataframe(movies, embeddings, limit=3)
    assert [slot.row for slot in search.slots] == [None] * 3
    search.box.value = "film 4"
    assert [slot.row for slot in search.slots] == [49, 48, 47]
    assert posters(search.slots[0]._poster.value) == ["Film 49, The (1999)"]
    search.box.value = "film 47"
    assert [slot.row for slot in search.slots] == [47, None, None]
    assert [slot.view.layout.display for slot in search.slots] == ["", "none", "none"]
    search.box.value = "(no such film"
    assert [slot.row for slot in search.slots] == [None] * 3
    assert "Nothing found" in search.remark.value


def test_a_click_shows_the_nearest_and_not_the_movie_itself(movies, embeddings):
    embeddings[[7, 20]] = embeddings[48] * np.array([[3.0], [2.0]], np.float32)
    search = search_dataframe(movies, embeddings, limit=2, query="film 48")
    search.slots[0].button.click()
    found = posters(search.neighbours.value)
    assert sorted(found) == ["Film 20, The (1970)", "Film 7, The (1957)"]
    search.box.value = "film 4"
    assert search.neighbours.value == ""


def test_where_nobody_looks_on_the_search_is_a_page(movies, embeddings, monkeypatch):
    search = search_dataframe(movies, embeddings, limit=2, query="film 48")
    bundle = search._repr_mimebundle_()
    assert posters(bundle["text/html"]) == ["Film 48, The (1998)"]
    assert bundle["text/plain"] == "Search: film 48\nFilm 48, The (1998)"
    monkeypatch.delenv("RECSYS_HEADLESS")
    assert search._repr_mimebundle_()[WIDGET]["model_id"] == search.view.model_id


@pytest.mark.parametrize("query", ["aeon", "ÆON", "  Æon   flux", "bronson", "BRØNSON"])
def test_search_forgives_case_accents_and_spaces(movies, query):
    movies.loc[3, "movie_title"] = "Æon Flux Brønson (2005)"
    assert find_movies(query, movies).index.tolist() == [3]


@needs_torch
def test_projector_files_have_titles_and_only_well_rated_movies(movies, embeddings, tmp_path):
    log_dir = write_projector(embeddings, movies, tmp_path / "log", min_ratings=100)
    (metadata,) = log_dir.rglob("metadata.tsv")
    lines = metadata.read_text().splitlines()
    assert lines[0].split("\t") == ["title", "year", "genre", "genres", "ratings"]
    assert lines[1].split("\t") == [
        "The Film 20",
        "1970",
        "Other",
        "(no genres listed)",
        "100",
    ]
    assert len(lines) == 1 + 40
    (tensors,) = log_dir.rglob("tensors.tsv")
    assert len(tensors.read_text().splitlines()) == 40
    (sprites,) = log_dir.rglob("sprite.png")
    with Image.open(sprites) as picture:
        assert picture.size == (7 * 64, 7 * 64)  # the smallest square that holds 40
    assert "single_image_dim: 64" in (log_dir / "projector_config.pbtxt").read_text()


@needs_torch
def test_two_notebooks_may_write_the_projector_at_once(movies, embeddings, tmp_path, monkeypatch):
    from torch.utils.tensorboard import writer

    write = writer.make_tsv

    def write_while_another_starts_over(*details, **options):
        shutil.rmtree(tmp_path / "log", ignore_errors=True)
        return write(*details, **options)

    monkeypatch.setattr(writer, "make_tsv", write_while_another_starts_over)
    log_dir = write_projector(embeddings, movies, tmp_path / "log", min_ratings=100)
    assert list(log_dir.rglob("sprite.png"))
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_without_torch_the_projector_says_so_and_the_notebook_goes_on(
    movies, embeddings, tmp_path, monkeypatch, capsys
):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "torch" else find_spec(name)
    )
    log_dir = write_projector(embeddings, movies, tmp_path / "log")
    assert log_dir is None
    open_projector(log_dir)
    assert "torch is not installed" in capsys.readouterr().out
    assert not (tmp_path / "log").exists()


@pytest.fixture
def tensorboard(monkeypatch):
    """TensorBoard's manager and display, replaced; the page asks a server that is not there."""
    # The package's own attributes are stand-ins that load a module when it is first used.
    manager = importlib.import_module("tensorboard.manager")
    notebook = importlib.import_module("tensorboard.notebook")
    monkeypatch.setattr("tensorboard.manager", manager)
    monkeypatch.setattr("tensorboard.notebook", notebook)
    monkeypatch.delenv("RECSYS_HEADLESS")
    monkeypatch.setenv("TENSORBOARD_BINARY", "")
    monkeypatch.delenv("TENSORBOARD_BINARY")
    monkeypatch.setattr("helpers.projector._TRIES", 1)
    fake = SimpleNamespace(
        started=[], shown=[], result=SimpleNamespace(info=SimpleNamespace(port=9))
    )
    monkeypatch.setattr(
        manager, "start", lambda options: (fake.started.append(options), fake.result)[1]
    )
    monkeypatch.setattr(notebook, "display", lambda **how: fake.shown.append(how))
    return fake


@needs_torch
def test_the_projector_opens_with_this_environments_tensorboard(tensorboard, tmp_path):
    open_projector(tmp_path / "a folder")
    assert tensorboard.started == [["--logdir", str(tmp_path / "a folder")]]
    assert tensorboard.shown == [{"port": 9, "height": 800}]
    assert os.environ["TENSORBOARD_BINARY"].startswith(str(Path(sys.executable).parent))


@needs_torch
def test_a_tensorboard_that_does_not_start_is_one_sentence(tensorboard, tmp_path):
    tensorboard.result = object()
    with pytest.raises(CourseError, match=r"did not start .*--logdir"):
        open_projector(tmp_path)
    assert tensorboard.shown == []


@needs_torch
def test_writing_twice_leaves_one_run(movies, embeddings, tmp_path):
    for _ in range(2):
        write_projector(embeddings, movies, tmp_path / "log")
    assert len(list((tmp_path / "log").rglob("tensors.tsv"))) == 1


@needs_torch
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


def test_a_tsne_map_keeps_neighbours_together(movies, embeddings):
    embeddings[:30] += 20
    embeddings[30:] -= 20
    figure = plot_embedding_map(embeddings, movies, min_ratings=0, method="tsne")
    again = plot_embedding_map(embeddings, movies, min_ratings=0, method="tsne")
    places = [
        np.concatenate([c.get_offsets() for c in f.axes[0].collections]) for f in (figure, again)
    ]
    assert np.array_equal(*places)
    order = [*range(0, 60, 3), *range(1, 60, 3), *range(2, 60, 3)]
    first = np.array(order) < 30
    nearest = np.linalg.norm(places[0][:, None] - places[0][None], axis=-1) + 1e9 * np.eye(60)
    assert (first[nearest.argmin(axis=1)] == first).mean() > 0.95


def test_names_on_a_map_do_not_overlap(movies, embeddings):
    figure = plot_embedding_map(embeddings, movies, min_ratings=0, annotate=40)
    figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in figure.axes[0].texts]
    assert 5 < len(boxes) <= 40
    assert not any(box.count_overlaps(boxes[:n]) for n, box in enumerate(boxes))
    assert max(box.x1 for box in boxes) <= figure.bbox.x1


def test_live_loss_draws_one_picture_that_grows(monkeypatch, capsys):
    monkeypatch.delenv("RECSYS_HEADLESS")
    shown = []
    handle = SimpleNamespace(update=lambda bundle, raw: shown.append(bundle))
    monkeypatch.setattr(
        "helpers.live.display", lambda bundle, **_: (shown.append(bundle), handle)[1]
    )
    report = live_loss({"mean rating": 1.1})
    report("Note: a remark")
    report("epoch 1/2   train 1.250   validation 1.100   0.3 s")
    report("epoch 2/2   train 0.750   validation 0.900   0.3 s")
    assert capsys.readouterr().out == "Note: a remark\n"
    assert [bundle["text/plain"].count("epoch") for bundle in shown] == [1, 2]
    assert shown[0]["image/png"] != shown[1]["image/png"]


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
