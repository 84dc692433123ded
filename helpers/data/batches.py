"""Batches from columns in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from helpers.errors import CourseError


class Chunk(NamedTuple):
    """Rows where training can reach them, and the order in which to visit them.

    `order` holds row numbers, the first `num_steps` times the batch size of which count. All
    chunks of a dataset have the same shapes, so that an epoch compiles once.
    """

    columns: Mapping
    order: np.ndarray
    num_steps: int


@dataclass(frozen=True)
class ArrayDataset:
    """Batches cut from columns in memory; each epoch in an order of its own when `shuffle`.

    `columns` are arrays of equal length. Iterating gives the batches of all epochs as dicts.
    """

    columns: Mapping[str, np.ndarray]
    batch_size: int
    num_epochs: int = 1
    shuffle: bool = False
    seed: int = 0

    @property
    def num_rows(self) -> int:
        return len(next(iter(self.columns.values())))

    @property
    def step_size(self) -> int:
        """Ratings per step of training; `CourseError` when there are none."""
        if not self.num_rows:
            raise CourseError("There is no rating to train on.")
        return min(self.batch_size, self.num_rows)

    def __len__(self) -> int:
        """Batches per epoch, a short last one included."""
        return -(-self.num_rows // self.batch_size)

    def __iter__(self) -> Iterator[dict[str, np.ndarray]]:
        for epoch in range(self.num_epochs):
            order = self.order(epoch)
            for start in range(0, self.num_rows, self.batch_size):
                rows = order[start : start + self.batch_size]
                yield {name: column[rows] for name, column in self.columns.items()}

    def order(self, epoch: int) -> np.ndarray:
        """Row numbers of one epoch, (num_rows,) int32: always the same for a seed and epoch."""
        rows = np.arange(self.num_rows, dtype=np.int32)
        if self.shuffle:
            np.random.default_rng([self.seed, epoch]).shuffle(rows)
        return rows

    def epochs(self, place: Callable[[Mapping], Mapping]) -> Iterator[Iterable[Chunk]]:
        """What to train on in each epoch; `place` brings columns to the device, once.

        Rows too few for a last batch open the next epoch: every step has the same shape, and
        every rating the same weight.
        """
        size, columns = self.step_size, place(self.columns)
        left_over = np.empty(0, np.int32)
        for epoch in range(self.num_epochs):
            order = np.concatenate([left_over, self.order(epoch)])
            num_steps = len(order) // size
            left_over = order[num_steps * size :]
            yield [Chunk(columns, np.resize(order, self.num_rows + size - 1), num_steps)]

    def blocks(self, size: int) -> Iterator[dict[str, np.ndarray]]:
        """All rows once, in their order, at most `size` at a time."""
        for start in range(0, self.num_rows, size):
            yield {name: column[start : start + size] for name, column in self.columns.items()}
