"""Batches from columns in memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np


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
