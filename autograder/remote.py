"""The work of a submission that runs in a box: `helpers.checks.work.Work` over the wire."""

import re
import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.box.wire import WireError
from autograder.sandbox import Box, BoxEndedError, Sandbox, SandboxError
from helpers.checks.work import WorkError

_STATUSES = {"error", "failed", "memory", "missing", "not_attempted", "timeout", "crashed"}
_LONGEST = 400
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{4,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


class BoxedWork:
    """Puts the questions of one exercise to a submission's box, with a bound on their time."""

    def __init__(self, boxes: "Boxes", exercise: str):
        self._boxes = boxes
        self._exercise = exercise
        self._left = boxes.sandbox.limits.exercise_seconds
        self._dead: WorkError | None = None

    def call(self, name, *args, stand_ins=None):
        return self._ask("call", name, *args, stand_ins=stand_ins)

    def param_shapes(self, name, fields, batch):
        return _shapes(name, self._ask("param_shapes", name, dict(fields), batch))

    def apply_model(self, name, fields, params, batch):
        return self._ask("apply_model", name, dict(fields), dict(params), batch)

    def model_gradient(self, name, fields, params, batch, weights):
        args = (name, dict(fields), dict(params), batch, weights)
        return _arrays(name, self._ask("model_gradient", *args))

    def run_steps(self, name, state, batches):
        reply = self._ask("run_steps", name, state, list(batches))
        return _with_keys(name, reply, "table", "steps", "loss")

    def build_index(self, embeddings, options, k):
        reply = self._ask("build_index", embeddings, dict(options), k)
        keys = ("dimension", "num_items", "num_trees", "neighbours", "distances")
        return _with_keys("build_annoy_index", reply, *keys)

    def _ask(self, question: str, *args: Any, **options: Any) -> Any:
        if self._dead:
            raise self._dead
        seconds = min(self._left, self._boxes.seconds_left())
        begun = time.monotonic()
        try:
            if seconds <= 0:
                raise WorkError("timeout", "the time for this submission was used up")
            box = self._boxes.box()
            begun = time.monotonic()
            reply = box.ask(self._exercise, question, list(args), options, seconds)
            return _value_of(reply)
        except WorkError as error:
            # A crash or a hang once is one for every check of the exercise: none is repeated.
            if error.status in ("timeout", "crashed"):
                self._dead = error
            raise
        except BoxEndedError as ended:
            self._boxes.discard()
            self._dead = WorkError(ended.status, ended.message)
            raise self._dead from None
        except WireError as error:
            self._boxes.discard()
            self._dead = WorkError("error", f"the box answered with {error}")
            raise self._dead from None
        finally:
            self._left -= time.monotonic() - begun


class Boxes:
    """The box of a submission, and the next one when that is gone."""

    def __init__(self, sandbox: Sandbox, cells: list[dict]):
        self.sandbox = sandbox
        self._cells = cells
        self._box: Box | None = None
        self.seconds_starting = 0.0
        self._end = time.monotonic() + sandbox.limits.total_seconds

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.discard()

    def seconds_left(self) -> float:
        """Until the submission has used up its time."""
        return self._end - time.monotonic()

    def box(self) -> Box:
        """A box that has the submission's cells.

        `SandboxError` where none starts: that is this machine's doing, and no answer's.
        """
        if self._box is None:
            begun = time.monotonic()
            self._box = self.sandbox.start()
            try:
                self._box.wait_until_ready()
            except (BoxEndedError, WireError) as error:
                self.discard()
                raise SandboxError(
                    f"A box did not start in the middle of grading ({error}). What is graded is "
                    "kept; see whether memory or processes have run out, and grade again."
                ) from None
            finally:
                self.seconds_starting += time.monotonic() - begun
            self._box.load(self._cells)
        return self._box

    def discard(self) -> None:
        """Stop the box, if there is one."""
        if self._box is not None:
            self._box.close()
            self._box = None


def clean(text: Any) -> str:
    """A message from a box as one printable line that says the same on every run."""
    line = _CONTROL.sub(" ", str(text))
    return _ADDRESS.sub("0x...", " ".join(line.split()))[:_LONGEST]


def _value_of(reply: Any) -> Any:
    if not isinstance(reply, dict) or not isinstance(reply.get("status"), str):
        raise WireError("a message without a status")
    if reply["status"] == "answered":
        return reply.get("value")
    if reply["status"] not in _STATUSES:
        raise WireError("an unknown status")
    raise WorkError(reply["status"], clean(reply.get("message")))


def _shapes(name: str, reply: Any) -> dict:
    if isinstance(reply, dict) and all(
        isinstance(shape, list) and all(isinstance(size, int) for size in shape)
        for shape in reply.values()
    ):
        return reply
    raise WorkError("error", f"`{name}` gave no shapes of parameters")


def _arrays(name: str, reply: Any) -> dict:
    if isinstance(reply, dict) and all(isinstance(leaf, np.ndarray) for leaf in reply.values()):
        return reply
    raise WorkError("error", f"`{name}` gave no table of arrays")


def _with_keys(name: str, reply: Any, *keys: str) -> Mapping[str, Any]:
    if isinstance(reply, dict) and set(keys) <= set(reply):
        return reply
    raise WorkError("error", f"`{name}` gave no result that can be read")
