"""One look for every picture: a light panel of its own, so that it reads on light and on dark."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

HERE = Path(__file__).parent
# The palette of Okabe & Ito (2008), Color Universal Design.
BLUE, ORANGE, GREEN, YELLOW, PURPLE = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#8A5AA8"
INK, GREY, PANEL = "#22262B", "#8A9199", "#F7F6F2"

plt.rcParams.update(
    {
        "svg.hashsalt": "recsys",
        "svg.fonttype": "path",
        "font.family": "DejaVu Sans",
        "text.color": INK,
    }
)


def canvas(width: float, height: float):
    """A rounded panel of `width` by `height` units, a unit being a tenth of an inch."""
    figure = plt.figure(figsize=(width / 10, height / 10))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    axes.add_patch(
        FancyBboxPatch(
            (1.2, 1.2),
            width - 2.4,
            height - 2.4,
            boxstyle="round,pad=0,rounding_size=2",
            facecolor=PANEL,
            edgecolor="#DAD7CE",
            linewidth=1,
        )
    )
    return figure, axes


def box(axes, x, y, width, height, text="", colour=BLUE, size=11, filled=True):
    """A rounded box with its text in the middle."""
    axes.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=1.2",
            facecolor=colour if filled else "white",
            edgecolor=colour,
            linewidth=2,
        )
    )
    ink = "white" if filled else INK
    axes.text(
        x + width / 2, y + height / 2, text, ha="center", va="center", color=ink, fontsize=size
    )


def arrow(axes, start, end, bend=0.0, colour=INK):
    """An arrow from point to point."""
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>",
            mutation_scale=16,
            linewidth=2,
            color=colour,
        )
    )


def save(figure, name: str) -> Path:
    """Write `images/<name>.svg`; the same drawing gives the same bytes."""
    target = HERE / f"{name}.svg"
    figure.savefig(target, metadata={"Date": None}, transparent=True)
    plt.close(figure)
    return target
