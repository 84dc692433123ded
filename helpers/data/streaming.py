"""Ratings that do not fit into memory: dealt into memory-mapped blocks, read ahead by Grain.

Reading needs the package `grain`, which nothing else does: `pip install grain`.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.data.batches import Chunk
from helpers.errors import CourseError

_ABOUT = "about.json"
_READ_AHEAD = 2  # blocks: while one is trained on, the next are read


def write_ratings(
    folder: Path,
    parts: Iterable[Mapping[str, np.ndarray]],
    num_rows: int,
    block_size: int = 2_000_000,
    seed: int = 0,
) -> Path:
    """Deal `num_rows` ratings, given in parts that fit into memory, into blocks on disk.

    Every row goes to a block at random, so each block of about `block_size` rows is a fair sample
    of them all: shuffling within a block is then as good as shuffling everything, however sorted
    the ratings came. `folder` appears when all is written; `CourseError` when it exists.
    """
    if folder.exists():
        raise CourseError(f"{folder} exists already; remove it or choose another folder.")
    num_blocks = max(1, round(num_rows / block_size))
    rng = np.random.default_rng(seed)
    sizes, types = np.zeros(num_blocks, np.int64), {}
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".writing-") as scratch:
        staging = Path(scratch, "blocks")
        staging.mkdir()
        for part in parts:
            types = {name: column.dtype.str for name, column in part.items()}
            owner = rng.integers(0, num_blocks, len(next(iter(part.values()))))
            by_block = np.argsort(owner, kind="stable")
            counts = np.bincount(owner, minlength=num_blocks)
            ends = np.cumsum(counts)
            for name, column in part.items():
                dealt = column[by_block]
                for block, (end, count) in enumerate(zip(ends, counts, strict=True)):
                    with _file(staging, block, name).open("ab") as file:
                        dealt[end - count : end].tofile(file)
            sizes += counts
        if sizes.sum() != num_rows:
            raise CourseError(f"There were {sizes.sum()} ratings and not {num_rows} as announced.")
        (staging / _ABOUT).write_text(json.dumps({"sizes": sizes.tolist(), "types": types}))
        staging.rename(folder)
    return folder


@dataclass(frozen=True)
class MappedDataset:
    """Ratings that `write_ratings` left in `folder`, for `train_model` in place of an ArrayDataset.

    Blocks come in a new order each epoch, and their rows too; memory holds three blocks at most.
    Rows too few for a last batch of a block wait for another epoch, which leaves out others.
    """

    folder: Path
    batch_size: int
    num_epochs: int = 1
    seed: int = 0

    @property
    def sizes(self) -> list[int]:
        """Ratings in each block."""
        return self._about["sizes"]

    @property
    def num_rows(self) -> int:
        return sum(self.sizes)

    @property
    def step_size(self) -> int:
        """Ratings per step of training; `CourseError` when a block has none."""
        smallest = min(self.sizes)
        if not smallest:
            raise CourseError(f"{self.folder} has a block without ratings; write larger blocks.")
        return min(self.batch_size, smallest)

    @property
    def columns(self) -> dict[str, np.ndarray]:
        """The first block's columns, mapped and not read: what shapes and types there are."""
        return self[0]

    def __len__(self) -> int:
        """The number of blocks."""
        return len(self.sizes)

    def __getitem__(self, block: int) -> dict[str, np.ndarray]:
        """Columns of one block, memory-mapped."""
        return {
            name: np.memmap(_file(self.folder, block, name), dtype=kind, mode="r")
            for name, kind in self._about["types"].items()
        }

    def epochs(self, place: Callable[[Mapping], Mapping]) -> Iterator[Iterable[Chunk]]:
        """What to train on in each epoch: one chunk a block, read ahead while training."""
        for epoch in range(self.num_epochs):
            yield self._chunks(epoch, place)

    def blocks(self, size: int) -> Iterator[dict[str, np.ndarray]]:
        """All rows once, at most `size` at a time."""
        for block in range(len(self)):
            columns = self[block]
            for start in range(0, self.sizes[block], size):
                yield {name: column[start : start + size] for name, column in columns.items()}

    def _chunks(self, epoch: int, place) -> Iterator[Chunk]:
        grain = _grain()
        longest, size = max(self.sizes), self.step_size

        def read(block: int) -> tuple[dict[str, np.ndarray], np.ndarray, int]:
            order = np.random.default_rng([self.seed, epoch, block]).permutation(self.sizes[block])
            # One shape for every block, so that all share a program; nobody visits the filling.
            columns = {name: np.resize(column, longest) for name, column in self[block].items()}
            return columns, np.resize(order.astype(np.int32), longest), len(order) // size

        blocks = grain.MapDataset.range(len(self)).seed(self.seed + epoch).shuffle().map(read)
        ahead = grain.ReadOptions(num_threads=1, prefetch_buffer_size=_READ_AHEAD)
        for columns, order, num_steps in blocks.to_iter_dataset(ahead):
            yield Chunk(place(columns), order, num_steps)

    @property
    def _about(self) -> dict:
        try:
            return json.loads((self.folder / _ABOUT).read_text())
        except FileNotFoundError:
            raise CourseError(
                f"There are no ratings in {self.folder}; write_ratings puts them there."
            ) from None


def _grain():
    try:
        import grain.python as grain
    except ImportError:
        raise CourseError(
            "Ratings are read ahead by the package grain: `pip install grain`."
        ) from None
    return grain


def _file(folder: Path, block: int, name: str) -> Path:
    return folder / f"{block:05}.{name}"
