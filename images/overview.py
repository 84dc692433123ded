"""The pictures of the overview: header, bookshop, loop, funnel, stages."""

import numpy as np
from matplotlib.patches import Polygon, Rectangle

from images.palette import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, YELLOW
from images.style import arrow, box, canvas, icon, panel, save, write

_WALL = (
    ("rocket-launch", GREEN),
    ("drama-masks", BLUE),
    ("emoticon-lol", YELLOW),
    ("ghost", "#7A0019"),
    ("heart", "#C2255C"),
    ("fire", ORANGE),
    ("castle", PURPLE),
    ("hat-fedora", "#4D4D4D"),
    ("teddy-bear", "#CC79A7"),
    ("cactus", "#A0522D"),
    ("music-clef-treble", "#D6336C"),
)
_UNSEEN, _WOOD = "#C9C4B8", "#A07850"


def header():
    """A dark wall of posters; five of them lit and starred, and the name of the practical."""
    figure, axes = canvas(100, 29, paper="#1D2430")
    chosen = {(0, 2), (1, 6), (0, 8), (1, 11), (0, 13)}
    for row in range(2):
        for column in range(16):
            symbol, colour = _WALL[(3 * column + 5 * row) % len(_WALL)]
            x, y = 3.2 + column * 5.9, 19.5 - 17 * row
            lit = (row, column) in chosen
            patch = Rectangle((x, y), 5, 7, facecolor=colour, alpha=1 if lit else 0.25)
            axes.add_patch(patch)
            icon(axes, x + 2.5, y + 3.9, symbol, 20, "#FFFFFF" if lit else "#FFFFFF44")
            if lit:
                icon(axes, x + 2.5, y + 1, "star", 9, "#FFD76A")
    write(axes, 50, 15.9, "Recommender Systems", 34, "white", bold=True)
    write(axes, 50, 11.7, "from 100,000 ratings to five movies for one person", 17, "#C9D3DE")
    return save(figure, "header")


def bookshop():
    """Books ignored, opened and bought, and the bookseller who watches."""
    figure, axes = canvas(100, 46)
    rng = np.random.default_rng(7)
    opened, bought = {3, 9, 20}, {12}
    for shelf in range(2):
        y = 26 - shelf * 20
        axes.add_patch(Rectangle((4, y - 1.2), 48, 1.2, facecolor=_WOOD))
        x = 5.0
        for number in range(13 * shelf, 13 * shelf + 13):
            width, height = rng.uniform(2.6, 4), rng.uniform(9.5, 13.5)
            known = number in opened | bought
            colour = ORANGE if number in bought else BLUE if number in opened else _UNSEEN
            bottom = y + (1.6 if known else 0)
            axes.add_patch(Rectangle((x, bottom), width, height, facecolor=colour))
            for stripe in (0.14, 0.8):
                band = Rectangle((x, bottom + stripe * height), width, 0.5, facecolor="#FFFFFF77")
                axes.add_patch(band)
            x += width + 0.25
    for y, symbol, colour, text in (
        (38, "eye-off", GREY, "passed by: most of them"),
        (32, "book-open-variant", BLUE, "opened: a weak sign"),
        (26, "cart", ORANGE, "bought: a strong sign"),
    ):
        icon(axes, 60, y, symbol, 26, colour)
        write(axes, 64, y, text, 17, ha="left")
    icon(axes, 61, 10.5, "account-tie", 62, INK)
    panel(axes, 69, 6, 27, 12, GREEN)
    axes.add_patch(Polygon([(69.2, 9), (69.2, 13), (66.8, 11)], facecolor=GREEN))
    write(axes, 82.5, 12, "You liked that one?\nThen look at these three.", 16, "white", bold=True)
    return save(figure, "bookshop")


def recommender_loop():
    """Person, feedback, recommender, items, and round again."""
    figure, axes = canvas(92, 44)
    box(axes, 5, 15, 20, 14, "Person: the query", BLUE, "account")
    box(axes, 36, 29, 20, 12, "Feedback", ORANGE, "thumb-up")
    box(axes, 67, 15, 20, 14, "Recommender", GREEN, "robot-happy")
    box(axes, 36, 3, 20, 12, "A few items", PURPLE, "movie-open")
    arrow(axes, (15, 29.6), (35.3, 35), -0.25)
    arrow(axes, (56.7, 35), (77, 29.6), -0.25)
    arrow(axes, (77, 14.4), (56.7, 9), -0.25)
    arrow(axes, (35.3, 9), (15, 14.4), -0.25)
    write(axes, 46, 22, "clicks, stars and purchases of everybody\nteach it what to show", 16, GREY)
    return save(figure, "recommender_loop")


def funnel():
    """From millions to a dozen."""
    figure, axes = canvas(100, 44)
    steps = (
        (4, 16, "10,000,000", "items in the catalogue", GREY, "database"),
        (41, 8.5, "500", "candidates", BLUE, "movie-open"),
        (78, 4.6, "12", "shown", GREEN, "star"),
    )
    for x, left, right, symbol, text, remark in (
        (22, 16, 8.5, "filter-variant", "Retrieval", "quick and rough"),
        (59, 8.5, 4.6, "sort-variant", "Ranking", "slow and careful"),
    ):
        corners = [(x, 25 + left), (x + 19, 25 + right), (x + 19, 25 - right), (x, 25 - left)]
        axes.add_patch(Polygon(corners, facecolor="#E1E7EC"))
        icon(axes, x + 9.5, 29.4, symbol, 26, INK)
        write(axes, x + 9.5, 24.6, text, 18, bold=True)
        write(axes, x + 9.5, 21.2, remark, 15, GREY)
    for x, half, count, what, colour, symbol in steps:
        axes.add_patch(Rectangle((x, 25 - half), 18, 2 * half, facecolor=colour))
        if half > 5:
            icon(axes, x + 9, 28.2, symbol, 28, "white")
        write(axes, x + 9, 25 if half < 5 else 22.6, count, 23, "white", bold=True)
        write(axes, x + 9, 25 - half - 2.6, what, 15)
    return save(figure, "funnel")


def four_stages():
    """Retrieval, filtering, scoring, ordering, and what becomes of six items."""
    figure, axes = canvas(104, 46)
    stages = (
        ("Retrieval", "find candidates", BLUE, "magnify"),
        ("Filtering", "drop what must not be shown", ORANGE, "filter-variant"),
        ("Scoring", "predict how good each one is", GREEN, "scale-balance"),
        ("Ordering", "arrange the list", PURPLE, "format-list-numbered"),
    )
    scores = {0: 0.55, 2: 0.9, 3: 0.35, 5: 0.72}
    for place, (name, what, colour, symbol) in enumerate(stages):
        x = 4 + place * 25
        box(axes, x, 31, 21, 12, name, colour, symbol)
        write(axes, x + 10.5, 28.4, what, 14.5)
        if place < 3:
            arrow(axes, (x + 21.4, 37), (x + 24.7, 37))
        order = sorted(scores, key=scores.get, reverse=True) if place == 3 else range(6)
        for row, item in enumerate(order):
            if place == 2 and item not in scores:
                continue
            _item(axes, x + 2, 22.6 - 3.7 * row, item, place, scores)
    return save(figure, "four_stages")


def _item(axes, x, y, item, stage, scores):
    dropped = stage == 1 and item not in scores
    colour = PALE if dropped else _WALL[item][1]
    panel(axes, x, y, 3, 3, colour, rounding=0.4)
    icon(axes, x + 1.5, y + 1.5, _WALL[item][0], 12, "white")
    if dropped:
        icon(axes, x + 5.6, y + 1.5, "close", 15, ORANGE)
        write(axes, x + 7.4, y + 1.5, "seen already", 13, GREY, ha="left")
    elif stage == 1:
        icon(axes, x + 5.6, y + 1.5, "check", 15, GREEN)
    elif stage >= 2:
        width = 11 * scores[item]
        axes.add_patch(Rectangle((x + 4, y + 0.5), width, 2, facecolor=GREEN, alpha=0.55))
        write(axes, x + 4.7 + width, y + 1.5, f"{5 * scores[item]:.1f}", 13.5, ha="left")
