"""Plots of training, errors, biases and recall."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.pictures.plot_style import BLUE, GREEN, GREY, ORANGE, new_figure, shorten, styled
from helpers.pictures.poster_cards import split_title


@styled
def plot_metric_history(
    history: Mapping[str, Sequence[float]],
    baseline: Mapping[str, float] | None = None,
    num_epochs: int | None = None,
) -> Figure:
    """Train and validation loss by epoch; each of `baseline` (name -> MSE) as a line across.

    `num_epochs` leaves room for those that are still to come.
    """
    figure, axes = new_figure(7, 4)
    for name, label, colour, marker in (
        ("train_loss", "train", BLUE, "o"),
        ("val_loss", "validation", ORANGE, "s"),
    ):
        losses = history[name]
        axes.plot(range(1, len(losses) + 1), losses, color=colour, marker=marker, label=label)
        axes.annotate(
            f"{losses[-1]:.3f}",
            (len(losses), losses[-1]),
            xytext=(7, 0),
            textcoords="offset points",
            va="bottom" if name == "val_loss" else "top",
            color=colour,
        )
    for name, mse in (baseline or {}).items():
        axes.axhline(mse, color=GREY, linestyle="--", linewidth=1.5)
        axes.annotate(name, (1, mse), xytext=(0, 4), textcoords="offset points", color=GREY)
    # The first epoch of a plain dot product would flatten all that follows.
    axes.set_ylim(0, min(2.5, 1.1 * max(*history["train_loss"], *history["val_loss"])))
    last = num_epochs or len(history["val_loss"])
    axes.set_xlim(0.8, last + 0.1 * last + 0.2)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(title="Loss by epoch", xlabel="epoch", ylabel="mean squared error")
    axes.legend(frameon=False)
    return figure


@styled
def plot_leaderboard(rows: Sequence[tuple[str, float, bool]]) -> Figure:
    """Validation MSE of `(name, MSE, is a baseline)` rows as bars, in their order."""
    figure, axes = new_figure(8, 0.55 * len(rows) + 1.2)
    names = [name for name, _, _ in rows]
    bars = axes.barh(names, [mse for _, mse, _ in rows])
    for bar, (_, _, is_baseline) in zip(bars, rows, strict=True):
        ink = GREY if is_baseline else BLUE
        bar.set(facecolor="white" if is_baseline else BLUE, edgecolor=ink, linewidth=1.5)
        bar.set(hatch="//" if is_baseline else "")
    axes.bar_label(bars, fmt=" %.3f")
    axes.invert_yaxis()
    axes.set(title="Validation error (baselines hatched)", xlabel="mean squared error")
    return figure


@styled
def plot_biases(
    biases: np.ndarray, movies: pd.DataFrame, k: int = 5, min_ratings: int = 20
) -> Figure:
    """The spread of the item biases, and the `k` best and worst of the well-rated movies."""
    figure, axes = new_figure(9, 4.5)
    known = movies.index[movies["num_ratings"] >= min_ratings].to_numpy()
    values = np.asarray(biases)[known]
    counts, _, _ = axes.hist(values, bins=50, color=BLUE)
    order = known[np.argsort(values)]
    for items, place, colour in ((order[:k], 0.02, ORANGE), (order[::-1][:k], 0.7, GREEN)):
        lines = [
            f"{biases[item]:+.2f}  {_spoken(movies.at[item, 'movie_title'])}" for item in items
        ]
        text = "\n".join(["worst" if colour == ORANGE else "best", *lines])
        axes.text(place, 0.95, text, transform=axes.transAxes, va="top", color=colour, fontsize=10)
    axes.set_ylim(0, counts.max() * 1.7)
    axes.set(
        title=f"Biases of movies with {min_ratings} ratings or more", xlabel="bias", ylabel="movies"
    )
    return figure


@styled
def plot_predictions(predicted: np.ndarray, actual: np.ndarray) -> Figure:
    """How predictions spread for each number of stars that was really given."""
    figure, axes = new_figure(7, 4)
    stars = np.unique(actual)
    groups = [np.asarray(predicted)[np.asarray(actual) == star] for star in stars]
    axes.boxplot(
        groups,
        positions=stars,
        widths=0.35,
        showfliers=False,
        manage_ticks=False,
        patch_artist=True,
        boxprops={"facecolor": BLUE, "edgecolor": BLUE, "alpha": 0.35},
        medianprops={"color": BLUE, "linewidth": 3},
    )
    axes.plot(
        [stars[0], stars[-1]], [stars[0], stars[-1]], color=GREY, linestyle="--", linewidth=1.5
    )
    axes.annotate(
        "perfect",
        (stars[-1], stars[-1]),
        xytext=(-8, 2),
        textcoords="offset points",
        ha="right",
        va="bottom",
        color=GREY,
    )
    axes.set(title="Predicted against true ratings", xlabel="stars given", ylabel="stars predicted")
    return figure


@styled
def plot_recall_curve(effort: Sequence[float], recall: Sequence[float], xlabel: str) -> Figure:
    """Recall against the work of an approximate search; exact search is the line at the top."""
    figure, axes = new_figure(7, 4)
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


def _spoken(title: str) -> str:
    name, year = split_title(title)
    return f"{shorten(name, 24)} ({year})" if year else shorten(name)
