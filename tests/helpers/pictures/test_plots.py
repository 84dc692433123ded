"""Plots, maps and the live picture."""

from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.figure import Figure

from helpers import (
    live_loss,
    plot_biases,
    plot_embedding_map,
    plot_leaderboard,
    plot_metric_history,
    plot_predictions,
    plot_recall_curve,
)
from helpers.pictures.genres import GENRE_COLOURS, main_genre
from helpers.pictures.maps import pca


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
        "helpers.notebook.live.display", lambda bundle, **_: (shown.append(bundle), handle)[1]
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
