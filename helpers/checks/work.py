"""The questions that a check may put to a student's work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

Arrays = Mapping[str, np.ndarray]
Batch = Mapping[str, np.ndarray]


class WorkError(Exception):
    """The answer gave no result. `status` is an exercise status of the grade report."""

    def __init__(self, status: str, message: str):
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True)
class OnDevice:
    """An argument that reaches the answer as a JAX array, as the practical's embeddings do."""

    array: np.ndarray


@dataclass(frozen=True)
class ScoreTable:
    """A training state whose model looks its prediction up: `table[user_id, item_id]`.

    It stands for any trained model, so that a step or a recommendation is judged on its own.
    """

    table: np.ndarray
    learning_rate: float = 0.1


@dataclass(frozen=True)
class Returns:
    """A stand-in for a function of the student's: it returns this array when it is `given` these.

    Given anything else it raises, so that only a call that makes sense is helped.
    """

    array: np.ndarray
    given: Sequence[np.ndarray]


class Work(Protocol):
    """The questions. Every answer is plain data; `WorkError` where there is none."""

    def call(self, name: str, *args: Any, stand_ins: Mapping[str, Any] | None = None) -> Any:
        """Call the student's function; `stand_ins` are globals that it sees for this call."""

    def param_shapes(self, name: str, fields: Mapping[str, Any], batch: Batch) -> dict:
        """Shapes of the initial parameters: `{"user_embs/embedding": [num_users, dim], ...}`."""

    def apply_model(
        self, name: str, fields: Mapping[str, Any], params: Arrays, batch: Batch
    ) -> np.ndarray:
        """The model's output for these parameters."""

    def model_gradient(
        self,
        name: str,
        fields: Mapping[str, Any],
        params: Arrays,
        batch: Batch,
        weights: np.ndarray,
    ) -> dict:
        """Gradient of `sum(weights * output)` by every parameter."""

    def run_steps(self, name: str, state: ScoreTable, batches: Sequence[Batch]) -> dict:
        """Run `train_step` or `compute_metrics` over batches: `{"table", "steps", "loss"}`."""

    def build_index(self, embeddings: np.ndarray, options: Mapping[str, Any], k: int) -> dict:
        """Build the Annoy index and describe it: `{"dimension", "num_items", "num_trees",
        "neighbours", "distances"}`, the first `k` neighbours of every item."""


def describes_index(reply: Any) -> bool:
    """Whether it is what `Work.build_index` promises, whoever made it."""
    if not isinstance(reply, dict):
        return False
    counts = (reply.get(name) for name in ("dimension", "num_items", "num_trees"))
    return (
        all(isinstance(count, int) for count in counts)
        and _is_table(reply.get("neighbours"), int)
        and _is_table(reply.get("distances"), int | float)
    )


def _is_table(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, list) and all(isinstance(item, kind) for item in row) for row in value
    )
