"""Embeddings for TensorBoard's Embedding Projector."""

import contextlib
import importlib.util
import json
import os
import shlex
import shutil
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.errors import CourseError
from helpers.notebook.widget_view import nobody_looks_on
from helpers.pictures.genres import main_genre
from helpers.pictures.poster_cards import split_title, sprite

_HEADER = ["title", "year", "genre", "genres", "ratings"]
_PACKAGES = ("torch", "tensorboard")
_HEIGHT, _TRIES = 800, 40


def write_projector(
    embeddings: np.ndarray, movies: pd.DataFrame, log_dir: str | Path, min_ratings: int = 20
) -> Path | None:
    """Write the well-rated movies' embeddings with title, year, genres, ratings and posters.

    `embeddings` are (num_items, d), row by row those of `movies`. What stood in `log_dir` before
    is replaced. Returns `log_dir`, or None without torch or TensorBoard, which write it.
    """
    if _missing():
        print(f"The projector's files are not written: {_missing()} is not installed.")
        return None
    # torch's writer takes TensorFlow along when it is installed, unless TensorBoard's own stub is
    # asked for by this module's presence (tensorboard/compat/__init__.py).
    sys.modules.setdefault("tensorboard.compat.notf", type(sys)("tensorboard.compat.notf"))
    from torch import from_numpy
    from torch.utils.tensorboard import SummaryWriter

    log_dir = Path(log_dir)
    known = movies[movies["num_ratings"] >= min_ratings]
    print(f"Drawing {len(known):,} small posters for the projector ...")
    log_dir.parent.mkdir(parents=True, exist_ok=True)
    # Beside it and then renamed: another notebook of the same course may be writing there too.
    with tempfile.TemporaryDirectory(dir=log_dir.parent, prefix=".projector-") as place:
        written = Path(place, "log")
        with SummaryWriter(str(written)) as writer:
            writer.add_embedding(
                np.asarray(embeddings)[known.index.to_numpy()],
                metadata=_metadata(known),
                metadata_header=_HEADER,
                label_img=from_numpy(_sprites(known)),
                tag="movies",
            )
        shutil.rmtree(log_dir, ignore_errors=True)
        written.rename(log_dir)
    return log_dir


def _metadata(movies: pd.DataFrame) -> list[list[str]]:
    columns = movies[["movie_title", "movie_genres", "num_ratings"]]
    return [
        [*split_title(title), main_genre(genres), genres, str(count)]
        for title, genres, count in columns.itertuples(index=False)
    ]


def _sprites(movies: pd.DataFrame) -> np.ndarray:
    """(n, 3, 64, 64), from 0 to 1."""
    titles = movies[["movie_title", "movie_genres"]].itertuples(index=False)
    pixels = np.stack([np.asarray(sprite(title, genres)) for title, genres in titles])
    return np.moveaxis(pixels, -1, 1).astype(np.float32) / 255


def open_projector(log_dir: str | Path | None) -> None:
    """Open TensorBoard inline, in JupyterLab as in Colab; where nobody looks on, start nothing.

    Nobody does under nbgrader, and where the environment variable `RECSYS_HEADLESS` is set.
    """
    if nobody_looks_on() or log_dir is None or _missing():
        print("TensorBoard shows the embeddings here when you run this cell in a notebook.")
        return
    from tensorboard import manager, notebook

    # A kernel does not always have its own environment's programs on the path.
    program = Path(sys.executable).with_name("tensorboard")
    if program.exists():
        os.environ.setdefault("TENSORBOARD_BINARY", str(program))
    print("Starting TensorBoard, which takes up to half a minute ...")
    started = manager.start(["--logdir", str(log_dir)])
    if not hasattr(started, "info"):
        raise CourseError(
            f"TensorBoard did not start ({type(started).__name__}). The maps above show the same "
            f"movies; in a terminal, try: tensorboard --logdir {shlex.quote(str(log_dir))}"
        )
    _wait_for_projector(started.info.port)
    notebook.display(port=started.info.port, height=_HEIGHT)


def _wait_for_projector(port: int) -> None:
    """TensorBoard looks for embeddings in the background; a page opened before shows nothing."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(_TRIES):
        with contextlib.suppress(OSError, ValueError):
            url = f"http://localhost:{port}/data/plugins_listing"
            with opener.open(url, timeout=5) as response:
                if json.load(response).get("projector", {}).get("enabled"):
                    return
        time.sleep(0.5)


def _missing() -> str:
    absent = [package for package in _PACKAGES if importlib.util.find_spec(package) is None]
    return " and ".join(absent)
