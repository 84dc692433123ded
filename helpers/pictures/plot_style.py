"""One look for the practical's plots: readable on a projector and by a colour-blind reader."""

import functools
from collections.abc import Callable

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

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


def styled(plot: Callable[..., Figure]) -> Callable[..., Figure]:
    """Draw in our style, whatever the notebook's own is."""

    @functools.wraps(plot)
    def drawn(*arguments, **options) -> Figure:
        with plt.rc_context(_STYLE):
            return plot(*arguments, **options)

    return drawn


def new_figure(width: float, height: float):
    """A figure that the notebook shows once: where it is returned, and not a second time."""
    figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
    plt.close(figure)
    return figure, axes


def shorten(text: str, length: int = 30) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
