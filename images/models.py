"""The pictures of collaborative filtering: two kinds of likeness, and two tables that multiply."""

import numpy as np
from matplotlib.patches import Rectangle

from images.palette import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE
from images.style import arrow, box, canvas, icon, save, write

_CELL = 6.2


def content_vs_collaborative():
    """Left: items alike by description. Right: people alike by choice."""
    figure, axes = canvas(104, 50)
    axes.plot([52, 52], [5, 45], color=PALE, linewidth=2)
    write(axes, 26, 45, "Content-based", 21, bold=True)
    write(axes, 78, 45, "Collaborative", 21, bold=True)
    box(axes, 6, 24, 17, 13, "space, robots", BLUE, "rocket-launch", 15)
    box(axes, 29, 24, 17, 13, "space, robots", BLUE, "robot-happy", 15)
    axes.plot([23.6, 28.4], [30.5, 30.5], color=BLUE, linewidth=3.5, linestyle=":")
    write(axes, 26, 40.3, "the descriptions are alike", 15, GREY)
    icon(axes, 14.5, 9.5, "account", 48, BLUE)
    arrow(axes, (14.5, 14.5), (14.5, 23.4))
    write(axes, 13.6, 19, "liked", 14, ha="right")
    arrow(axes, (18.5, 10), (37.5, 23.4), 0.3, GREEN)
    write(axes, 41.5, 14.5, "so try\nthis one", 15, GREEN, bold=True)
    movies = (("A", "castle", 57), ("B", "hat-fedora", 72), ("C", "heart", 87))
    for name, symbol, x in movies:
        box(axes, x, 25, 12, 12, name, PURPLE, symbol, 15)
    write(axes, 78, 40.3, "the people chose alike; nobody described A, B or C", 15, GREY)
    for x, colour, liked in ((65, BLUE, (62, 76)), (95, ORANGE, (65, 80, 94.5))):
        icon(axes, x, 9.5, "account", 48, colour)
        for target in liked:
            arrow(axes, (x, 14.5), (target, 24.6), 0, colour)
    arrow(axes, (69, 9.5), (90.5, 24.6), 0.22, GREEN)
    write(axes, 78, 7.4, "so try C", 15, GREEN, bold=True)
    return save(figure, "content_vs_collaborative")


def factors() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Users (4, 2), items (5, 2), and which ratings are known; the product is exact in halves."""
    users = np.array([[2.0, 0.0], [0.0, 2.0], [1.0, 1.0], [2.0, 1.0]])
    items = np.array([[2.0, 0.5], [1.0, 1.5], [0.5, 2.0], [1.5, 0.5], [1.0, 1.0]])
    known = np.array([[1, 0, 1, 1, 0], [0, 1, 1, 0, 1], [1, 1, 0, 0, 1], [1, 0, 0, 1, 0]], bool)
    return users, items, known


def matrix_factorisation():
    """A table of ratings as a product, with numbers that really multiply."""
    figure, axes = canvas(104, 50)
    users, items, known = factors()
    ratings = users @ items.T
    row, column = 3, 1
    bottom = 11
    _grid(
        axes, 9, bottom, ratings, np.where(known, INK, ORANGE), np.where(known, "white", "#FCE3D3")
    )
    write(axes, 43.6, bottom + 2 * _CELL, "=", 30)
    _grid(axes, 51, bottom, users, BLUE, "#DCEBF5")
    write(axes, 66.8, bottom + 2 * _CELL, "×", 30)
    _grid(axes, 71, bottom + _CELL, items.T, GREEN, "#D9EFE8")
    for x, text in ((24.5, "ratings $A$"), (57.2, "users $U$"), (86.5, "items, $V$ transposed")):
        write(axes, x, 46, text.replace("$", ""), 19, bold=True)
    for place in range(4):
        icon(axes, 5.6, bottom + (3.5 - place) * _CELL, "account", 22, BLUE)
        icon(axes, 48, bottom + (3.5 - place) * _CELL, "account", 22, BLUE)
    for place, symbol in enumerate(("rocket-launch", "emoticon-lol", "heart", "fire", "ghost")):
        icon(axes, 12.1 + place * _CELL, 39, symbol, 20, GREEN)
        icon(axes, 74.1 + place * _CELL, bottom + 3 * _CELL + 3, symbol, 20, GREEN)
    _frame(axes, 9 + column * _CELL, bottom, 1, 1)
    _frame(axes, 51, bottom, 2, 1)
    _frame(axes, 71 + column * _CELL, bottom + _CELL, 1, 2)
    one, other = users[row], items[column]
    sum_of = f"{one[0]:g} × {other[0]:g}  +  {one[1]:g} × {other[1]:g}  =  {one @ other:g}"
    write(axes, 72, 6, sum_of, 19, ORANGE, bold=True)
    write(axes, 24.5, 6, "orange: an empty cell, predicted", 16, ORANGE)
    return save(figure, "matrix_factorisation")


def _grid(axes, x, y, table, ink, paper):
    rows, columns = table.shape
    inks, papers = np.broadcast_to(ink, table.shape), np.broadcast_to(paper, table.shape)
    for row in range(rows):
        for column in range(columns):
            left, bottom = x + column * _CELL, y + (rows - 1 - row) * _CELL
            axes.add_patch(
                Rectangle(
                    (left + 0.2, bottom + 0.2),
                    _CELL - 0.4,
                    _CELL - 0.4,
                    facecolor=papers[row, column],
                    edgecolor="#B9BEC3",
                    linewidth=0.8,
                )
            )
            middle = left + _CELL / 2, bottom + _CELL / 2
            write(axes, *middle, f"{table[row, column]:g}", 17, inks[row, column])


def _frame(axes, x, y, columns, rows):
    axes.add_patch(
        Rectangle((x, y), columns * _CELL, rows * _CELL, fill=False, edgecolor=ORANGE, linewidth=3)
    )
