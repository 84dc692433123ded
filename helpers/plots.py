"""The practical's plots: one style, readable on a projector and by a colour-blind reader."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from helpers.genres import GENRE_COLOURS, main_genre

# The palette of Okabe & Ito (2008), Color Universal Design.
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#6B6B6B"
_STYLE = {
    "figure.dpi": 80,
    "figure.facecolor": "white",
    "font.size": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 14,
    "axes.titleweight": "bold",
    "lines.linewidth": 2.5,
}


def _figure(width: float, height: float):
    """A figure that the notebook shows once: where it is returned, and not a second time."""
    with plt.rc_context(_STYLE):
        figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
    plt.close(figure)
    return figure, axes


def plot_metric_history(
    history: Mapping[str, Sequence[float]], baseline: Mapping[str, float] | None = None
) -> Figure:
    """Train and validation loss by epoch; each of `baseline` (name -> MSE) as a line across."""
    figure, axes = _figure(7, 4)
    for name, label, colour, marker in (
        ("train_loss", "train", BLUE, "o"),
        ("val_loss", "validation", ORANGE, "s"),
    ):
        losses = history[name]
        axes.plot(range(1, len(losses) + 1), losses, color=colour, marker=marker, label=label)
    for name, mse in (baseline or {}).items():
        axes.axhline(mse, color=GREY, linestyle="--", linewidth=1.5)
        axes.annotate(name, (1, mse), xytext=(0, 4), textcoords="offset points", color=GREY)
    # The first epoch of a plain dot product would flatten all that follows.
    axes.set_ylim(0, min(2.5, 1.1 * max(*history["train_loss"], *history["val_loss"])))
    axes.set_xticks(range(1, len(history["val_loss"]) + 1))
    axes.set(title="Loss by epoch", xlabel="epoch", ylabel="mean squared error")
    axes.legend(frameon=False)
    return figure


def plot_leaderboard(rows: Sequence[tuple[str, float, bool]]) -> Figure:
    """Validation MSE of `(name, MSE, is a baseline)` rows as bars, in their order."""
    figure, axes = _figure(8, 0.55 * len(rows) + 1.2)
    names = [name for name, _, _ in rows]
    bars = axes.barh(names, [mse for _, mse, _ in rows])
    for bar, (_, _, is_baseline) in zip(bars, rows, strict=True):
        bar.set(color="white" if is_baseline else BLUE, edgecolor=GREY if is_baseline else BLUE)
        bar.set_hatch("//" if is_baseline else "")
    axes.bar_label(bars, fmt=" %.3f")
    axes.invert_yaxis()
    axes.set(title="Validation error (baselines hatched)", xlabel="mean squared error")
    return figure


def plot_biases(
    biases: np.ndarray, movies: pd.DataFrame, k: int = 5, min_ratings: int = 20
) -> Figure:
    """The spread of the item biases, and the `k` best and worst of the well-rated movies."""
    figure, axes = _figure(9, 4.5)
    known = movies.index[movies["num_ratings"] >= min_ratings].to_numpy()
    values = np.asarray(biases)[known]
    counts, _, _ = axes.hist(values, bins=50, color=BLUE)
    order = known[np.argsort(values)]
    for items, place, colour in ((order[:k], 0.02, ORANGE), (order[::-1][:k], 0.7, GREEN)):
        lines = [f"{biases[item]:+.2f}  {_short(movies.at[item, 'movie_title'])}" for item in items]
        text = "\n".join(["worst" if colour == ORANGE else "best", *lines])
        axes.text(place, 0.95, text, transform=axes.transAxes, va="top", color=colour, fontsize=10)
    axes.set_ylim(0, counts.max() * 1.7)
    axes.set(
        title=f"Biases of movies with {min_ratings} ratings or more", xlabel="bias", ylabel="movies"
    )
    return figure


def plot_predictions(predicted: np.ndarray, actual: np.ndarray) -> Figure:
    """How predictions spread for each number of stars that was really given."""
    figure, axes = _figure(7, 4)
    stars = np.unique(actual)
    groups = [np.asarray(predicted)[np.asarray(actual) == star] for star in stars]
    axes.boxplot(groups, positions=stars, widths=0.35, showfliers=False, manage_ticks=False)
    axes.plot(
        [stars[0], stars[-1]], [stars[0], stars[-1]], color=GREY, linestyle="--", linewidth=1.5
    )
    axes.set(title="Predicted against true ratings", xlabel="stars given", ylabel="stars predicted")
    return figure


def plot_embedding_map(
    embeddings: np.ndarray, movies: pd.DataFrame, min_ratings: int = 100, annotate: int = 25
) -> Figure:
    """The two widest directions of the well-rated movies' embeddings (PCA), coloured by genre."""
    known = movies[movies["num_ratings"] >= min_ratings]
    points = pca(np.asarray(embeddings)[known.index.to_numpy()])
    genres = known["movie_genres"].map(main_genre)
    figure, axes = _figure(10, 7)
    for genre in genres.value_counts().index:
        chosen = (genres == genre).to_numpy()
        axes.scatter(*points[chosen].T, s=40, alpha=0.8, label=genre, color=GENRE_COLOURS[genre])
    places = known["num_ratings"].to_numpy().argsort()[::-1][:annotate]
    for place in places:
        title = _short(known["movie_title"].iloc[place], 24)
        label = axes.annotate(
            title, points[place], xytext=(5, 3), textcoords="offset points", fontsize=9
        )
        label.set_in_layout(False)  # a label at the edge must not squeeze the map
    axes.set(
        title=f"Movies with {min_ratings} ratings or more",
        xlabel="first direction",
        ylabel="second",
    )
    figure.legend(frameon=False, fontsize=10, loc="outside right upper")
    return figure


def pca(vectors: np.ndarray, dimensions: int = 2) -> np.ndarray:
    """Coordinates (n, dimensions) of (n, d) vectors along their widest directions.

    The sign of each direction is fixed, so that the map is not mirrored from run to run.
    """
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    directions = directions[:dimensions]
    strongest = np.abs(directions).argmax(axis=1)
    directions *= np.sign(directions[np.arange(len(directions)), strongest])[:, None]
    return centred @ directions.T


def plot_recall_curve(effort: Sequence[float], recall: Sequence[float], xlabel: str) -> Figure:
    """Recall against the work of an approximate search; exact search is the line at the top."""
    figure, axes = _figure(7, 4)
    axes.plot(effort, recall, color=BLUE, marker="o")
    axes.axhline(1.0, color=GREY, linestyle="--", linewidth=1.5)
    axes.annotate(
        "exact search", (effort[0], 1.0), xytext=(0, -14), textcoords="offset points", color=GREY
    )
    axes.set_xscale("log")
    axes.set(
        title="What the index finds",
        xlabel=xlabel,
        ylabel="recall of the exact ten",
        ylim=(0, 1.05),
    )
    return figure


def _short(text: str, length: int = 30) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
