"""The bank of answers in `tests/answers`: right ones in many styles, wrong ones by their mistake.

A file holds one exercise's answers as cells: `# %% label` begins a right answer, `# %% key: label`
a wrong one with the key of its mistake in `helpers.checks.mistakes` ("-" for a mistake without a
name), and `# %% *` lines that all answers of the file begin with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
