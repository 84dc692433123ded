"""Embeddings for TensorBoard's Embedding Projector."""

import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.poster_cards import split_title
from helpers.widget_view import nobody_looks_on

_HEADER = ["title", "year", "genres", "ratings"]


def write_projector(
    embeddings: np.ndarray, movies: pd.DataFrame, log_dir: str | Path, min_ratings: int = 20
) -> Path:
    """Write the well-rated movies' embeddings with title, year, genres and number of ratings.

    `embeddings` are (num_items, d), row by row those of `movies`. What stood in `log_dir` before
    is replaced. Returns `log_dir`.
    """
    # torch's writer takes TensorFlow along when it is installed, unless TensorBoard's own stub is
    # asked for by this module's presence (tensorboard/compat/__init__.py).
    sys.modules.setdefault("tensorboard.compat.notf", type(sys)("tensorboard.compat.notf"))
    from torch.utils.tensorboard import SummaryWriter

    log_dir = Path(log_dir)
    known = movies[movies["num_ratings"] >= min_ratings]
    shutil.rmtree(log_dir, ignore_errors=True)
    log_dir.mkdir(parents=True)
    with SummaryWriter(str(log_dir)) as writer:
        writer.add_embedding(
            np.asarray(embeddings)[known.index.to_numpy()],
            metadata=[
                [*split_title(title), genres, str(count)]
                for title, genres, count in known[
                    ["movie_title", "movie_genres", "num_ratings"]
                ].itertuples(index=False)
            ],
            metadata_header=_HEADER,
            tag="movies",
        )
    return log_dir


def open_projector(log_dir: str | Path) -> None:
    """Open TensorBoard inline; where nobody looks on, start nothing.

    That is so under nbgrader, and wherever the environment variable `RECSYS_HEADLESS` is set.
    """
    if nobody_looks_on():
        print("TensorBoard shows the embeddings here when you run this cell in a notebook.")
        return
    from tensorboard import notebook

    notebook.start(f"--logdir {log_dir}")
