"""The solved practical's own model and steps, and splits of the ratings to measure them on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "solutions" / "recommender_systems" / "Recommender_Systems.py"
_IMPORTS = """
import jax
import jax.numpy as jnp
import optax
from flax import linen as nn
from helpers import TrainState
"""
LOWEST, HIGHEST = 0.0, 5.5  # the range that the practical gives its models


@dataclass(frozen=True)
class Split:
    """Ratings to learn from and to validate on: `user_id`, `item_id`, `user_rating` each."""

    train: Mapping[str, np.ndarray]
    val: Mapping[str, np.ndarray]
    num_users: int
    num_items: int

    def save(self, path: Path) -> None:
        parts = {"train": self.train, "val": self.val}
        columns = {f"{part}.{name}": c for part, cs in parts.items() for name, c in cs.items()}
        np.savez(path, sizes=[self.num_users, self.num_items], **columns)

    @classmethod
    def read(cls, path: Path) -> "Split":
        with np.load(path) as packed:
            parts = {"train": {}, "val": {}}
            for name in packed.files:
                if "." in name:
                    part, column = name.split(".")
                    parts[part][column] = packed[name]
            return cls(parts["train"], parts["val"], *map(int, packed["sizes"]))


def solved_steps() -> dict:
    """`CFDotProductBias`, `train_step` and `compute_metrics` as the solved practical has them."""
    import jupytext

    cells = jupytext.read(SOURCE).cells
    wanted = ("biases", "squared_error")
    namespace = {"__name__": "practical"}
    exec(_IMPORTS, namespace)
    for cell in cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade_id") in wanted and about.get("solution"):
            exec(cell.source, namespace)
    return namespace


def solved_model(split: Split, emb_dim: int, steps: dict):
    """The practical's model with biases, for the users and items of `split`."""
    return steps["CFDotProductBias"](split.num_users, split.num_items, emb_dim, LOWEST, HIGHEST)


def make_split(ratings: Path | None, seed: int) -> Split:
    """The practical's split of the embedded ratings, or of GroupLens's `ratings.csv` at a path."""
    from helpers import densify_column_values, get_dataset, get_train_val_split

    if ratings is None:
        df = get_dataset()
    else:
        names = {"userId": "user_id", "movieId": "movie_id", "rating": "user_rating"}
        df = pd.read_csv(ratings).rename(columns=names)
    df["user_id"], users, _ = densify_column_values(df, "user_id")
    df["item_id"], items, _ = densify_column_values(df, "movie_id")
    types = {"user_id": np.int32, "item_id": np.int32, "user_rating": np.float32}
    train, val = (
        {name: part[name].to_numpy(kind) for name, kind in types.items()}
        for part in get_train_val_split(df, seed=seed)
    )
    return Split(train, val, len(users), len(items))


def edition(ratings: Path | None) -> str:
    """What to call these ratings in a table."""
    return "latest-small 2016 (embedded)" if ratings is None else ratings.resolve().parent.name
