"""Time and memory per million ratings, from MovieLens 1m to beyond 25m, on synthetic ratings.

    python -m benchmarks.scale [--largest 25]

Each size is trained in a process of its own: in memory, and streamed from memory-mapped blocks.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import psutil
import typer
from rich.console import Console

from benchmarks.practical import LOWEST, ROOT, Split, solved_model, solved_steps
from benchmarks.tables import markdown_table, write_section


@dataclass(frozen=True)
class Shape:
    """Of a set of ratings: an edition of MovieLens, or an imagined one."""

    name: str
    num_ratings: int
    num_users: int
    num_items: int


SHAPES = (
    Shape("1m", 1_000_209, 6_040, 3_706),
    Shape("10m", 10_000_054, 69_878, 10_677),
    Shape("25m", 25_000_095, 162_541, 59_047),
    Shape("beyond", 50_000_000, 320_000, 100_000),
)
_EPOCHS, _RATINGS_PER_STEP_AND_ROW = 2, 1 / 8
_VALIDATION, _PART = 100_000, 1_000_000


def main(
    largest: Annotated[float, typer.Option(help="Largest set, in millions of ratings.")] = 50,
    one: Annotated[str, typer.Option(hidden=True)] = "",
    streamed: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Measure every size up to the largest; write the table."""
    if one:
        shape = next(shape for shape in SHAPES if shape.name == one)
        print(json.dumps(measure(shape, streamed)))
        return
    rows = []
    with Console(stderr=True).status("") as status:
        for shape in SHAPES:
            if shape.num_ratings > largest * 1e6 + 1e6:
                continue
            for way in ("in memory", "streamed"):
                status.update(f"{shape.name}, {way}")
                rows.append(_row(shape, way, _measure_apart(shape, way == "streamed")))
    header = [
        "shape",
        "ratings",
        "how",
        "batch",
        "s per million ratings",
        "ratings/s",
        "validation MSE",
        "memory, MB",
        "of it tables, MB",
        "rest per million, MB",
    ]
    text = markdown_table(rows, header)
    write_section("scale", text)
    print(text)


def _measure_apart(shape: Shape, streamed: bool) -> dict:
    command = [sys.executable, "-m", "benchmarks.scale", "--one", shape.name]
    done = subprocess.run(
        [*command, *(["--streamed"] if streamed else [])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"RECSYS_COMPILATION_CACHE": "0"},
    )
    if done.returncode:
        raise SystemExit(f"{shape.name} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def _row(shape: Shape, way: str, found: dict) -> list[str]:
    millions = shape.num_ratings / 1e6
    rest = found["peak_mb"] - found["start_mb"] - found["tables_mb"]
    return [
        shape.name,
        f"{shape.num_ratings:,}",
        way,
        f"{found['batch']:,}",
        f"{found['seconds_per_epoch'] / millions:.2f}",
        f"{shape.num_ratings / found['seconds_per_epoch']:,.0f}",
        f"{found['mse']:.3f}",
        f"{found['peak_mb']:,.0f}",
        f"{found['tables_mb']:,.0f}",
        f"{rest / millions:.0f}",
    ]


def synthetic(shape: Shape, count: int, seed: int) -> dict[str, np.ndarray]:
    """`count` ratings: popular items and busy users as in MovieLens (a long tail), stars from
    biases and four hidden traits, with noise."""
    rng = np.random.default_rng(seed)
    truth = np.random.default_rng(0)  # the same users and items for every part
    users = (shape.num_users * rng.random(count) ** 2).astype(np.int32)
    items = (shape.num_items * rng.random(count) ** 4).astype(np.int32)
    user_traits = truth.standard_normal((shape.num_users, 5), np.float32)
    item_traits = truth.standard_normal((shape.num_items, 5), np.float32)
    stars = 3.5 + 0.45 * (user_traits[users, 0] + item_traits[items, 0])
    stars += 0.2 * np.einsum("nd,nd->n", user_traits[users, 1:], item_traits[items, 1:])
    stars += 0.8 * rng.standard_normal(count, np.float32)
    stars = np.clip(np.round(2 * stars) / 2, LOWEST + 0.5, 5).astype(np.float32)
    return {"user_id": users, "item_id": items, "user_rating": stars}


def measure(shape: Shape, streamed: bool) -> dict:
    """Train in this process; seconds are those of the last epoch, compiled already."""
    import jax

    from helpers import ArrayDataset, Config, initialise_train_state, train_model
    from helpers.data.streaming import MappedDataset, write_ratings

    # As many updates of the tables per rating at every size: a batch grows with the tables.
    rows = shape.num_users + shape.num_items
    batch = 2 ** round(np.log2(max(1024, rows * _RATINGS_PER_STEP_AND_ROW)))
    config = Config(BATCH_SIZE=batch, NUM_EPOCHS=_EPOCHS, LR=0.02, WEIGHT_DECAY=0.5)
    steps, ends = solved_steps(), []
    val = synthetic(shape, _VALIDATION, seed=1)
    model = solved_model(Split({}, val, shape.num_users, shape.num_items), config.EMB_DIM, steps)
    with tempfile.TemporaryDirectory() as folder:
        if streamed:
            parts = (
                synthetic(shape, min(_PART, shape.num_ratings - start), seed=2 + start)
                for start in range(0, shape.num_ratings, _PART)
            )
            ratings = write_ratings(Path(folder, "ratings"), parts, shape.num_ratings)
            train_ds = MappedDataset(ratings, batch, _EPOCHS)
        else:
            columns = synthetic(shape, shape.num_ratings, seed=2)
            train_ds = ArrayDataset(columns, batch, _EPOCHS, shuffle=True)
        start = resident_megabytes() - (0 if streamed else _megabytes(train_ds.columns))
        state = initialise_train_state(
            model, jax.random.key(0), train_ds, config, config.WEIGHT_DECAY
        )
        with Watch() as watch:
            state, history = train_model(
                state,
                train_ds,
                ArrayDataset(val, batch),
                steps["train_step"],
                steps["compute_metrics"],
                report=lambda line: None,
                on_epoch=lambda epoch: ends.append(time.perf_counter()),
            )
    return {
        "batch": batch,
        "seconds_per_epoch": ends[-1] - ends[-2],
        "mse": history["val_loss"][-1],
        "peak_mb": watch.peak,
        "start_mb": start,
        # Parameters and both moments, as the caller keeps them and as training does.
        "tables_mb": 2 * _megabytes(state),
    }


class Watch:
    """The most private memory, in MB, that this process holds while it is watched.

    Pages of mapped files do not count: the system takes them back when it needs the room.
    """

    def __enter__(self) -> "Watch":
        self.peak, self._over = resident_megabytes(), threading.Event()
        self._watcher = threading.Thread(target=self._look, daemon=True)
        self._watcher.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self._watcher.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            self.peak = max(self.peak, resident_megabytes())


def resident_megabytes() -> float:
    """Private memory of this process now."""
    memory = psutil.Process().memory_info()
    return (memory.rss - getattr(memory, "shared", 0)) / 2**20


def _megabytes(tree) -> float:
    import jax

    return sum(leaf.nbytes for leaf in jax.tree.leaves(tree)) / 2**20


if __name__ == "__main__":
    typer.run(main)
