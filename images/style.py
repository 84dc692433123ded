"""One look for every picture: a light panel of its own, so that it reads on light and on dark."""

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from images.palette import INK, PALE, PANEL

HERE = Path(__file__).parent
_ASSETS = HERE.parent / "helpers" / "pictures" / "assets"
_TITLE = FontProperties(fname=_ASSETS / "BarlowCondensed-SemiBold.ttf")
_TEXT = FontProperties(fname=_ASSETS / "BarlowCondensed-Medium.ttf")
_ICONS = FontProperties(fname=_ASSETS / "icons.ttf")
_CODES = json.loads((_ASSETS / "icons.json").read_text())

plt.rcParams.update({"svg.hashsalt": "recsys", "svg.fonttype": "path"})


def canvas(width: float, height: float, paper: str = PANEL):
    """A rounded panel of `width` by `height` units, a unit being a tenth of an inch."""
    figure = plt.figure(figsize=(width / 10, height / 10))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    panel(axes, 0.6, 0.6, width - 1.2, height - 1.2, paper, edge=PALE, rounding=2)
    return figure, axes


def panel(axes, x, y, width, height, paper, edge="none", rounding=1.2):
    """A rounded box."""
    axes.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={rounding}",
            facecolor=paper,
            edgecolor=edge,
            linewidth=1.2,
        )
    )


def write(axes, x, y, text, size=15, colour=INK, bold=False, ha="center", va="center"):
    """Text in the course's own font."""
    font = _TITLE if bold else _TEXT
    axes.text(x, y, text, size=size, color=colour, fontproperties=font, ha=ha, va=va)


def icon(axes, x, y, name, size=30, colour=INK):
    """An icon, centred, by its name in Material Design Icons."""
    symbol = chr(int(_CODES[name], 16))
    axes.text(
        x, y, symbol, size=size, color=colour, fontproperties=_ICONS, ha="center",
        va="center_baseline",
    )  # fmt: skip


def box(axes, x, y, width, height, text, colour, symbol=None, size=16):
    """A filled box with an icon above its text."""
    panel(axes, x, y, width, height, colour)
    middle = x + width / 2
    if symbol is None:
        write(axes, middle, y + height / 2, text, size, "white", bold=True)
    else:
        icon(axes, middle, y + 0.64 * height, symbol, 2.2 * size, "white")
        write(axes, middle, y + 0.2 * height, text, size, "white", bold=True)


def arrow(axes, start, end, bend=0.0, colour=INK):
    """An arrow from point to point."""
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>",
            mutation_scale=18,
            linewidth=2.2,
            color=colour,
            shrinkA=0,
            shrinkB=0,
        )
    )


def save(figure, name: str) -> Path:
    """Write `images/<name>.svg`; the same drawing gives the same bytes."""
    target = HERE / f"{name}.svg"
    figure.savefig(target, metadata={"Date": None}, transparent=True)
    plt.close(figure)
    return target
