"""The pictures of the overview: shop, loop, funnel, stages, two kinds of filtering."""

import numpy as np
from matplotlib.patches import Circle, Polygon, Rectangle

from images.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    YELLOW,
    arrow,
    box,
    canvas,
    save,
)  # fmt: skip

_COLOURS = [BLUE, ORANGE, GREEN, YELLOW, PURPLE, "#CC79A7", "#56B4E9"]


def header():
    """Posters on a dark wall; five of them lit and starred."""
    figure, axes = canvas(100, 24)
    axes.add_patch(Rectangle((1.5, 1.5), 97, 21, facecolor="#1D2430"))
    chosen = {(0, 3), (1, 6), (0, 9), (1, 12), (0, 15)}
    for row in range(2):
        for column in range(17):
            x, y = 4 + column * 5.5, 13 - row * 9.5
            lit = (row, column) in chosen
            colour = _COLOURS[(3 * column + 5 * row) % len(_COLOURS)]
            axes.add_patch(Rectangle((x, y), 4.4, 7, facecolor=colour, alpha=1 if lit else 0.22))
            if lit:
                axes.text(
                    x + 2.2, y + 3.5, "★", ha="center", va="center", color="white", fontsize=15
                )
    return save(figure, "header")


def bookshop():
    """Books ignored, opened and bought, and what the bookseller makes of it."""
    figure, axes = canvas(100, 44)
    rng = np.random.default_rng(7)
    opened, bought = {3, 9, 20}, {12}
    for shelf in range(2):
        y = 26 - shelf * 16
        axes.add_patch(Rectangle((5, y - 1.2), 56, 1.2, facecolor="#A07850"))
        x = 6.0
        for place in range(13):
            number = shelf * 13 + place
            width, height = rng.uniform(2.6, 4), rng.uniform(8.5, 12)
            known = number in opened | bought
            colour = ORANGE if number in bought else BLUE if number in opened else "#C9C4B8"
            axes.add_patch(
                Rectangle((x, y + (1.2 if known else 0)), width, height, facecolor=colour)
            )
            x += width + 0.25
    for y, colour, text in (
        (36, "#C9C4B8", "passed by"),
        (31, BLUE, "opened"),
        (26, ORANGE, "bought"),
    ):
        axes.add_patch(Rectangle((66, y), 3, 3, facecolor=colour))
        axes.text(71, y + 1.5, text, va="center", fontsize=12)
    axes.text(66, 20, "The bookseller has watched\nmany readers choose:", fontsize=11, va="top")
    box(axes, 66, 5, 29, 8, "“Then look at these three.”", GREEN, 11)
    return save(figure, "bookshop")


def recommender_loop():
    """Person, feedback, recommender, items, and round again."""
    figure, axes = canvas(90, 40)
    box(axes, 6, 14, 20, 12, "Person\n(the query)", BLUE, 12)
    box(axes, 36, 27, 20, 9, "Feedback", ORANGE, 12)
    box(axes, 66, 14, 18, 12, "Recommender", GREEN, 12)
    box(axes, 36, 4, 20, 9, "A few items", PURPLE, 12)
    arrow(axes, (17, 26.5), (35.5, 32), -0.2)
    arrow(axes, (56.5, 32), (75, 26.5), -0.2)
    arrow(axes, (75, 13.5), (56.5, 8), -0.2)
    arrow(axes, (35.5, 8), (17, 13.5), -0.2)
    axes.text(
        46,
        20,
        "clicks, stars, purchases\nteach it what to show",
        ha="center",
        va="center",
        color=GREY,
        fontsize=11,
    )
    return save(figure, "recommender_loop")


def funnel():
    """From millions to a dozen."""
    figure, axes = canvas(96, 40)
    steps = [
        (17, "millions", "catalogue", GREY),
        (9, "hundreds", "candidates", BLUE),
        (3.5, "a dozen", "shown", GREEN),
    ]
    xs = [6, 38, 70]
    for x, (half, count, label, colour) in zip(xs, steps, strict=True):
        axes.add_patch(Rectangle((x, 20 - half), 12, 2 * half, facecolor=colour, edgecolor="none"))
        axes.text(
            x + 6, 20, count, ha="center", va="center", color="white", fontsize=11, weight="bold"
        )
        if half < 15:
            axes.text(x + 6, 17.8 - half, label, ha="center", va="center", fontsize=10)
    for x, left, right, text in (
        (18, 17, 9, "retrieval\nquick, rough"),
        (50, 9, 3.5, "ranking\nslow, careful"),
    ):
        axes.add_patch(
            Polygon(
                [(x, 20 + left), (x + 20, 20 + right), (x + 20, 20 - right), (x, 20 - left)],
                facecolor="#E4E9EE",
            )
        )
        axes.text(x + 10, 20, text, ha="center", va="center", fontsize=11)
    axes.text(83.5, 20, "items", va="center", fontsize=11, color=GREY)
    return save(figure, "funnel")


def four_stages():
    """Retrieval, filtering, scoring, ordering, with what each does."""
    figure, axes = canvas(100, 26)
    stages = [
        ("Retrieval", "find candidates", BLUE),
        ("Filtering", "drop what must\nnot be shown", ORANGE),
        ("Scoring", "predict how good\neach one is", GREEN),
        ("Ordering", "arrange the list", PURPLE),
    ]
    for place, (name, what, colour) in enumerate(stages):
        x = 4 + place * 24
        box(axes, x, 13, 19, 8, name, colour, 13)
        axes.text(x + 9.5, 8, what, ha="center", va="center", fontsize=10.5)
        if place < 3:
            arrow(axes, (x + 19.3, 17), (x + 23.7, 17))
    return save(figure, "four_stages")


def content_vs_collaborative():
    """Left: items alike by description. Right: people alike by choice."""
    figure, axes = canvas(100, 44)
    axes.plot([50, 50], [5, 39], color="#DAD7CE", linewidth=2)
    axes.text(25, 38, "Content-based", ha="center", fontsize=14, weight="bold")
    axes.text(75, 38, "Collaborative", ha="center", fontsize=14, weight="bold")
    box(axes, 6, 24, 17, 8, "space, robots", BLUE, 11)
    box(axes, 28, 24, 17, 8, "space, robots", BLUE, 11)
    axes.plot([23, 28], [28, 28], color=BLUE, linewidth=3, linestyle=":")
    axes.text(25.5, 20.5, "descriptions are alike", ha="center", fontsize=10.5, color=GREY)
    _person(axes, 14.5, 9, BLUE)
    arrow(axes, (14.5, 14), (14.5, 23.5))
    arrow(axes, (17.5, 10.5), (36, 23.5), 0.25, GREEN)
    axes.text(33, 11, "so this one", color=GREEN, fontsize=10.5)
    for place, colour in enumerate((BLUE, ORANGE)):
        _person(axes, 62 + 24 * place, 9, colour)
    for place, x in enumerate((57, 70, 83)):
        box(axes, x, 25, 9, 7, "ABC"[place], PURPLE, 12)
    for start, end in (
        ((62, 14), (61.5, 24.5)),
        ((62, 14), (74, 24.5)),
        ((86, 14), (62.5, 24.5)),
        ((86, 14), (75, 24.5)),
        ((86, 14), (87.5, 24.5)),
    ):
        arrow(axes, start, end, 0, GREY)
    arrow(axes, (64.5, 10), (84, 24.5), 0.32, GREEN)
    axes.text(74, 6.2, "alike in A and B, so try C", ha="center", color=GREEN, fontsize=10.5)
    return save(figure, "content_vs_collaborative")


def _person(axes, x, y, colour):
    axes.add_patch(Circle((x, y + 3.4), 1.5, facecolor=colour))
    axes.add_patch(
        Polygon(
            [(x - 2.4, y - 2), (x + 2.4, y - 2), (x + 1.3, y + 1.6), (x - 1.3, y + 1.6)],
            facecolor=colour,
        )
    )


def matrix_factorisation():
    """A table of ratings as a product, with numbers that really multiply."""
    figure, axes = canvas(100, 42)
    users = np.array([[2.0, 0.5], [0.5, 2.0], [1.5, 1.5], [2.0, 1.0]])
    items = np.array([[2.0, 0.5], [1.0, 1.5], [0.5, 2.0], [1.5, 0.0], [1.0, 1.0]])
    ratings = users @ items.T
    seen = np.array([[1, 0, 1, 1, 0], [0, 1, 1, 0, 1], [1, 1, 0, 0, 1], [1, 0, 0, 1, 0]], bool)
    _grid(axes, 5, 7, ratings, np.where(seen, INK, ORANGE), np.where(seen, "white", "#FCE8DC"))
    axes.text(37.5, 16, "=", fontsize=22, ha="center", va="center")
    _grid(axes, 42, 7, users, BLUE, "#E3EFF7")
    axes.text(57.2, 16, "×", fontsize=20, ha="center", va="center")
    _grid(axes, 61, 12, items.T, GREEN, "#E0F2EC")
    for x, text in ((19, "ratings A"), (48, "users U"), (76, "items, V transposed")):
        axes.text(x, 36, text, ha="center", fontsize=13, weight="bold")
    axes.text(19, 31.5, "orange: empty, predicted", ha="center", fontsize=10, color=ORANGE)
    return save(figure, "matrix_factorisation")


def _grid(axes, x, y, table, ink, paper, cell=6):
    rows, columns = table.shape
    inks, papers = np.broadcast_to(ink, table.shape), np.broadcast_to(paper, table.shape)
    for row in range(rows):
        for column in range(columns):
            left, bottom = x + column * cell, y + (rows - 1 - row) * (cell - 0.5)
            axes.add_patch(
                Rectangle(
                    (left, bottom),
                    cell - 0.4,
                    cell - 0.9,
                    facecolor=papers[row, column],
                    edgecolor=GREY,
                    linewidth=0.7,
                )
            )
            axes.text(
                left + cell / 2 - 0.2,
                bottom + cell / 2 - 0.45,
                f"{table[row, column]:.2g}",
                ha="center",
                va="center",
                color=inks[row, column],
                fontsize=11,
            )
