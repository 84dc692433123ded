"""What a contender hands back, and the clock that all of them are measured by."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

import numpy as np


@dataclass
class Result:
    """One training: the validation MSE and the seconds at several points of it.

    `points` are (seconds since the start, MSE); measuring the MSE does not count, except where it
    is part of the loop that is measured. Imports and reading the data do not count for anybody.
    """

    name: str
    setting: str
    points: list[tuple[float, float]] = field(default_factory=list)
    ratings_per_second: float = 0.0
    about: dict = field(default_factory=dict)

    @property
    def best_mse(self) -> float:
        return min(mse for _, mse in self.points)

    @property
    def final_mse(self) -> float:
        return self.points[-1][1]

    @property
    def seconds(self) -> float:
        return self.points[-1][0]

    def seconds_to(self, mse: float) -> float | None:
        """Seconds until the validation MSE was this or less, None if it never was."""
        return next((seconds for seconds, found in self.points if found <= mse), None)

    def as_dict(self) -> dict:
        return asdict(self)


class Clock:
    """A stopwatch that can stand still while something is measured."""

    def __init__(self):
        self._started, self._paused = time.perf_counter(), 0.0

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._started - self._paused

    def without(self, action: Callable[[], float]) -> float:
        """The value of `action`, whose time does not count."""
        before = time.perf_counter()
        value = action()
        self._paused += time.perf_counter() - before
        return value


def squared_error(predicted: np.ndarray, rating: np.ndarray) -> float:
    """Mean squared error per rating."""
    return float(np.mean((np.asarray(predicted, np.float64) - rating) ** 2))
