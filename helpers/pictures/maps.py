"""Maps of embeddings: their widest directions, or who is near whom."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from helpers.pictures.genres import GENRE_COLOURS, main_genre
from helpers.pictures.plot_style import new_figure, shorten, styled
from helpers.pictures.poster_cards import split_title


@styled
def plot_embedding_map(
    embeddings: np.ndarray,
    movies: pd.DataFrame,
    min_ratings: int = 100,
    annotate: int = 25,
    method: str = "pca",
) -> Figure:
    """A map of the well-rated movies' embeddings, coloured by genre.

    `method="pca"` shows their two widest directions; `"tsne"` keeps neighbours together (van der
    Maaten & Hinton 2008, by cosine), while distances between groups say little.
    """
    known = movies[movies["num_ratings"] >= min_ratings]
    vectors = np.asarray(embeddings)[known.index.to_numpy()]
    points = pca(vectors) if method == "pca" else _tsne(vectors)
    genres = known["movie_genres"].map(main_genre)
    figure, axes = new_figure(10, 7)
    for genre in genres.value_counts().index:
        chosen = (genres == genre).to_numpy()
        axes.scatter(*points[chosen].T, s=40, alpha=0.8, label=genre, color=GENRE_COLOURS[genre])
    axes.set_title(f"Movies with {min_ratings} ratings or more")
    if method == "pca":
        axes.set(xlabel="first direction", ylabel="second")
    else:
        axes.set(xticks=[], yticks=[])
    figure.legend(frameon=False, fontsize=10, loc="outside right upper")
    _name_points(axes, points, known, annotate)
    return figure


def _name_points(axes: Axes, points: np.ndarray, movies: pd.DataFrame, most: int) -> None:
    """Name the most rated, each where no name stands yet."""
    axes.margins(x=0.12)
    axes.figure.draw_without_rendering()
    taken: list[Bbox] = []
    for place in movies["num_ratings"].to_numpy().argsort()[::-1]:
        name, _ = split_title(movies["movie_title"].iloc[place])
        label = axes.annotate(
            shorten(name.split(" (")[0], 26),
            points[place],
            xytext=(6, 4),
            textcoords="offset points",
            fontsize=9,
        )
        label.set_in_layout(False)  # a label at the edge must not squeeze the map
        box = label.get_window_extent()
        if len(taken) == most or box.count_overlaps(taken) or box.x1 > axes.bbox.x1:
            label.remove()
        else:
            taken.append(box)


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


def _tsne(vectors: np.ndarray) -> np.ndarray:
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    perplexity = min(30.0, (len(vectors) - 1) / 3)
    model = TSNE(perplexity=perplexity, metric="cosine", init="pca", random_state=0)
    # So few points are done in a second by one thread; several wait for each other on a busy
    # machine, for half a minute.
    with threadpool_limits(1):
        return model.fit_transform(vectors)
