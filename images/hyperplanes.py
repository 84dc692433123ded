"""Annoy's idea in two pictures, both from the same computed splits of the same points."""

from dataclasses import dataclass

import numpy as np

from images.palette import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, YELLOW
from images.style import canvas, save, write

_LEAF_SIZE = 5
_COLOURS = [
    BLUE,
    ORANGE,
    GREEN,
    YELLOW,
    PURPLE,
    "#56B4E9",
    "#CC79A7",
    "#7F6B5D",
    "#B35806",
    "#7A0019",
    "#4D4D4D",
]


@dataclass(frozen=True)
class Split:
    """Points on both sides of the line halfway between two of them; a leaf has no sides."""

    points: np.ndarray
    region: np.ndarray
    sides: tuple["Split", "Split"] | None = None


def split(points: np.ndarray, region: np.ndarray, rng: np.random.Generator) -> Split:
    """Cut halfway between two random points until few are left together."""
    if len(points) <= _LEAF_SIZE:
        return Split(points, region)
    one, other = points[rng.choice(len(points), 2, replace=False)]
    normal, offset = other - one, np.dot(other - one, (one + other) / 2)
    beyond = points @ normal > offset
    if beyond.all() or not beyond.any():
        return Split(points, region)
    sides = (
        split(points[~beyond], _clip(region, normal, offset), rng),
        split(points[beyond], _clip(region, -normal, -offset), rng),
    )
    return Split(points, region, sides)


def _clip(polygon: np.ndarray, normal: np.ndarray, offset: float) -> np.ndarray:
    """The part of a convex polygon where `normal @ x <= offset` (Sutherland & Hodgman 1974)."""
    kept = []
    for start, end in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        before, after = normal @ start - offset, normal @ end - offset
        if before <= 0:
            kept.append(start)
        if before * after < 0:
            kept.append(start + (end - start) * before / (before - after))
    return np.array(kept)


def leaves(node: Split) -> list[Split]:
    """From left to right."""
    return [node] if node.sides is None else [leaf for side in node.sides for leaf in leaves(side)]


def computed_tree() -> Split:
    """The seeded points of both pictures, split."""
    rng = np.random.default_rng(5)
    points = rng.uniform((5, 5), (65, 43), (34, 2))
    region = np.array([(3.0, 3.0), (67, 3), (67, 45), (3, 45)])
    return split(points, region, rng)


def regions():
    """The plane, cut: thick lines first. Each region has the letter of its leaf in the tree."""
    figure, axes = canvas(70, 48)
    root = computed_tree()
    for place, leaf in enumerate(leaves(root)):
        colour = _COLOURS[place % len(_COLOURS)]
        axes.fill(*leaf.region.T, facecolor=colour, alpha=0.2)
        axes.scatter(*leaf.points.T, color=colour, s=70, zorder=3, edgecolor="white", linewidth=1)
        write(axes, *_free_place(leaf), _letter(place), 20, colour, bold=True)
    _draw_cuts(axes, root, 0)
    return save(figure, "hyperplanes")


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _free_place(leaf: Split) -> np.ndarray:
    """The place inside a region that is farthest from its points and its edges."""
    low, high = leaf.region.min(axis=0), leaf.region.max(axis=0)
    grid = np.stack(np.meshgrid(*np.linspace(low, high, 40).T), axis=-1).reshape(-1, 2)
    corners = np.roll(leaf.region, -1, axis=0)
    sides = corners - leaf.region
    offset = grid[:, None] - leaf.region
    cross = (sides[:, 0] * offset[..., 1] - sides[:, 1] * offset[..., 0]) / np.linalg.norm(
        sides, axis=1
    )
    turn = np.sign(sides[0, 0] * sides[1, 1] - sides[0, 1] * sides[1, 0])
    to_edge = (turn * cross).min(axis=1)
    to_point = np.linalg.norm(grid[:, None] - leaf.points, axis=-1).min(axis=1)
    return grid[np.argmax(np.minimum(to_edge, to_point))]


def _draw_cuts(axes, node: Split, depth: int) -> None:
    if node.sides is None:
        return
    one, other = node.sides
    shared = [p for p in one.region if np.isclose(p, other.region).all(axis=1).any()]
    axes.plot(
        *np.transpose(shared),
        color=INK,
        linewidth=max(5.5 - 1.1 * depth, 1.2),
        solid_capstyle="butt",
    )
    for side in node.sides:
        _draw_cuts(axes, side, depth + 1)


def tree():
    """The same cuts as a tree; a leaf shows its letter, and below it how many points it holds."""
    figure, axes = canvas(100, 50)
    root = computed_tree()
    ends = leaves(root)
    place_of = {id(leaf): place for place, leaf in enumerate(ends)}
    depth = _depth(root)

    def height(level: int) -> float:
        return 44 - 34 * level / depth

    def draw(node: Split, level: int) -> float:
        y = height(level)
        if node.sides is None:
            place = place_of[id(node)]
            x = 6 + 88 * place / (len(ends) - 1)
            axes.scatter([x], [y], s=620, color=_COLOURS[place % len(_COLOURS)], zorder=3)
            write(axes, x, y - 0.15, _letter(place), 17, "white", bold=True)
            write(axes, x, y - 4.4, f"{len(node.points)}", 14, GREY)
            return x
        children = [draw(side, level + 1) for side in node.sides]
        x = sum(children) / 2
        for child in children:
            line = [x, child], [y, height(level + 1)]
            axes.plot(*line, color=INK, linewidth=max(5.5 - 1.1 * level, 1.2), zorder=1)
        axes.scatter([x], [y], s=90, color=INK, zorder=3)
        return x

    draw(root, 0)
    write(axes, 94, 44, "the number of points\nin each leaf is below it", 14, GREY, ha="right")
    return save(figure, "hyperplane_tree")


def _depth(node: Split) -> int:
    return 0 if node.sides is None else 1 + max(map(_depth, node.sides))
