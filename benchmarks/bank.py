"""The bank of answers in `tests/answers`: right ones in many styles, wrong ones by their mistake.

A file holds one exercise's answers as cells: `# %% label` begins a right answer, `# %% key: label`
a wrong one with the key of its mistake in `helpers.checks.mistakes` ("-" for a mistake without a
name), and `# %% *` lines that all answers of the file begin with.

    python -m benchmarks.bank

names the right answers that lose points in this process, and fails where there are any. With
`JAX_ENABLE_X64=1` before it, it asks the same of 64-bit numbers.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jax

from grading_tests import EXERCISES, hidden_checks
from helpers.checks import VISIBLE
from helpers.checks.local import LocalWork
from helpers.checks.mistakes import MISTAKES
from helpers.checks.report import Report, run_checks

# What the practical's set-up cell imports.
_IMPORTS = """
import jax
import jax.numpy as jnp
import numpy as np
import optax
from annoy import AnnoyIndex
from flax import linen as nn
from helpers import TrainState, pred_step
"""
# Exercises that use the answer to another one.
NEEDS = {"most_similar": "cosine_similarity", "recommend": "cosine_similarity"}
FOLDER = Path(__file__).resolve().parent.parent / "tests" / "answers"
_CELL = re.compile(r"^# %% (.+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One answer. `mistake` is "" for a right one, "-" for one whose mistake has no name."""

    exercise: str
    mistake: str
    label: str
    source: str

    @property
    def right(self) -> bool:
        return not self.mistake

    @property
    def named(self) -> bool:
        return self.mistake not in ("", "-")

    def __str__(self) -> str:
        return f"{self.exercise}: " + ": ".join(filter(None, (self.mistake, self.label)))


def read_bank(exercise: str) -> list[Answer]:
    """The right and the wrong answers to an exercise, in the order of their files."""
    return [*_read(exercise, "right"), *_read(exercise, "wrong")]


def _read(exercise: str, kind: str) -> Iterator[Answer]:
    _, *cells = _CELL.split((FOLDER / kind / f"{exercise}.py").read_text())
    prelude = ""
    for title, source in zip(cells[::2], cells[1::2], strict=True):
        if title == "*":
            prelude = source
            continue
        mistake, _, label = title.partition(": ") if kind == "wrong" else ("", "", title)
        yield Answer(exercise, mistake, label, prelude + source)


def judge(answer: Answer, visibly: bool = False) -> Report:
    """What the hidden checks, or the visible ones, say of an answer in this process."""
    namespace = {"__name__": "__main__"}
    for source in (_IMPORTS, needed(answer.exercise), answer.source):
        exec(compile(source, str(answer), "exec"), namespace)
    hidden = hidden_checks(answer.exercise, "the bank", "of answers")
    checks = VISIBLE[answer.exercise] if visibly else hidden
    return run_checks(answer.exercise, checks, LocalWork(namespace))


def needed(exercise: str) -> str:
    """A right answer to the exercise that this one needs, "" where it needs none."""
    return read_bank(NEEDS[exercise])[0].source if exercise in NEEDS else ""


def keys_of(exercise: str, sentences: Iterator[str]) -> set[str]:
    """The keys of the mistakes that these sentences name."""
    keys = {mistake.says: mistake.key for mistake in MISTAKES[exercise]}
    return {keys[sentence] for sentence in sentences if sentence}


def main() -> None:
    answers = [answer for name in EXERCISES for answer in read_bank(name) if answer.right]
    losing = [
        f"{answer}: {report.score:g} of {report.max_score:g}"
        for answer in answers
        for report in [judge(answer)]
        if report.status != "passed"
    ]
    bits = 64 if jax.config.jax_enable_x64 else 32
    print(*losing, sep="\n", end="\n" if losing else "")
    print(f"{len(answers) - len(losing)} of {len(answers)} right answers pass with {bits} bits.")
    sys.exit(bool(losing))


if __name__ == "__main__":
    main()
