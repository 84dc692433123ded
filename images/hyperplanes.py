"""Annoy's idea in two pictures, both from the same computed splits of the same points."""

from dataclasses import dataclass

import numpy as np

from images.style import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, YELLOW, canvas, save

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
    """The plane, cut."""
    figure, axes = canvas(70, 48)
    for colour, leaf in zip(_COLOURS * 3, leaves(computed_tree()), strict=False):
        axes.fill(*leaf.region.T, facecolor=colour, alpha=0.18, edgecolor=INK, linewidth=1.5)
        axes.scatter(*leaf.points.T, color=colour, s=45, zorder=3, edgecolor="white", linewidth=0.8)
    return save(figure, "hyperplanes")


def tree():
    """The same cuts as a tree."""
    figure, axes = canvas(100, 46)
    root = computed_tree()
    ends = leaves(root)
    places = {id(leaf): 6 + 88 * rank / (len(ends) - 1) for rank, leaf in enumerate(ends)}
    colours = {id(leaf): colour for colour, leaf in zip(_COLOURS * 3, ends, strict=False)}
    depth = _depth(root)

    def draw(node: Split, level: int) -> float:
        y = 40 - 31 * level / depth
        if node.sides is None:
            x = places[id(node)]
            axes.scatter([x], [y], s=420, color=colours[id(node)], zorder=3)
            axes.text(
                x, y, str(len(node.points)), ha="center", va="center", color="white", fontsize=11
            )
            return x
        children = [(draw(side, level + 1), side) for side in node.sides]
        x = sum(place for place, _ in children) / 2
        for place, _ in children:
            axes.plot(
                [x, place], [y, 40 - 31 * (level + 1) / depth], color=GREY, linewidth=1.8, zorder=1
            )
        axes.scatter([x], [y], s=60, color=INK, zorder=3)
        return x

    draw(root, 0)
    return save(figure, "hyperplane_tree")


def _depth(node: Split) -> int:
    return 0 if node.sides is None else 1 + max(map(_depth, node.sides))
