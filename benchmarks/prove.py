"""The bank of answers through the real autograder: are the checks right, and are the names?

    python -m benchmarks.prove

Every answer is handed in, twelve exercises to a notebook, and graded in boxes. It fails where a
right answer loses a point, a wrong one loses none, or fewer than 90 % of the named mistakes are
reported under their own name and no other.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import nbformat
from rich.console import Console
from rich.progress import track

from autograder.compiled import compilation_cache
from autograder.course import Course
from autograder.grading import grade
from autograder.reading.submission import Handed, normalise
from autograder.sandbox import Sandbox
from benchmarks.bank import NEEDS, Answer, keys_of, needed, read_bank
from benchmarks.tables import markdown_table, write_section
from grading_tests import EXERCISES

ROOT = Path(__file__).resolve().parent.parent
NAME = "recommender_systems"
ENOUGH = 0.9
HEADER = [
    "exercise",
    "right answers",
    "with full marks",
    "wrong answers",
    "below full marks",
    "named mistakes",
    "reported under their name",
]


@dataclass(frozen=True)
class Judged:
    """An answer and what the autograder's report says of it."""

    answer: Answer
    score: float
    max_score: float
    names: frozenset[str]

    @property
    def full(self) -> bool:
        return self.score == self.max_score

    @property
    def as_it_should_be(self) -> bool:
        return self.full == self.answer.right

    @property
    def named(self) -> bool:
        """The mistake is reported, under its own name and no other."""
        return self.names == {self.answer.mistake}


@dataclass(frozen=True)
class Proof:
    """All answers of the bank, judged."""

    judged: Sequence[Judged]

    @property
    def holds(self) -> bool:
        named = [one for one in self.judged if one.answer.named]
        right_names = sum(one.named for one in named)
        return all(one.as_it_should_be for one in self.judged) and right_names >= ENOUGH * len(
            named
        )

    def rows(self) -> list[list]:
        """One row of the table per exercise, and one for all."""
        rows = [
            _row(name, [one for one in self.judged if one.answer.exercise == name])
            for name in EXERCISES
        ]
        return [*rows, _row("**all**", self.judged)]

    def faults(self) -> Iterator[str]:
        """A line for each answer that is not judged, or not named, as it should be."""
        for one in self.judged:
            if not one.as_it_should_be:
                yield f"{one.answer}: {one.score:g} of {one.max_score:g} points"
            elif one.answer.named and not one.named:
                yield f"{one.answer}: reported as {', '.join(sorted(one.names)) or 'nothing known'}"


def prove() -> Proof:
    """Grade the whole bank in boxes, two notebooks at a time."""
    course = Course.open(ROOT, NAME, "the proof")
    sandbox = Sandbox(ROOT, cache=compilation_cache(course, trusted=False))
    sandbox.prove()
    notebooks = list(_notebooks())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        graded = pool.map(lambda answers: _grade(answers, course, sandbox), notebooks)
        screen = Console(stderr=True)
        shown = track(graded, "Grading the bank", len(notebooks), console=screen)
        return Proof([one for notebook in shown for one in notebook])


def _notebooks() -> Iterator[dict[str, Answer]]:
    """Answers by exercise, right ones and wrong ones apart, until the bank is used up.

    What others need is handed in alone, so that a mistake in it cannot blur theirs.
    """
    alone = set(NEEDS.values())
    together = [name for name in EXERCISES if name not in alone]
    for group in (together, *([name] for name in sorted(alone))):
        for right in (True, False):
            kind = [[a for a in read_bank(name) if a.right == right] for name in group]
            for answers in zip_longest(*kind):
                yield {answer.exercise: answer for answer in answers if answer}


def _grade(answers: dict[str, Answer], course: Course, sandbox: Sandbox) -> list[Judged]:
    notebook = nbformat.from_dict(course.assignment.released)
    others = {NEEDS[name]: needed(name) for name in answers if name in NEEDS}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell.source = answers[grade_id].source
        elif grade_id in others:
            cell.source = others[grade_id]
    handed = Handed("somebody", nbformat.writes(notebook).encode())
    submission = normalise(handed, course.assignment)
    result, _ = grade(submission, course, sandbox, tuple(answers))
    return [
        Judged(answer, found["score"], found["max_score"], _names(name, found["checks"]))
        for name, answer in answers.items()
        for found in [result["exercises"][name]]
    ]


def _names(exercise: str, checks: Sequence[dict]) -> frozenset[str]:
    return frozenset(keys_of(exercise, (check["misconception"] for check in checks)))


def _row(label: str, judged: Sequence[Judged]) -> list:
    right = [one for one in judged if one.answer.right]
    wrong = [one for one in judged if not one.answer.right]
    named = [one for one in wrong if one.answer.named]
    return [
        label,
        len(right),
        sum(one.full for one in right),
        len(wrong),
        sum(not one.full for one in wrong),
        len(named),
        sum(one.named for one in named),
    ]


def main() -> None:
    proof = prove()
    table = markdown_table(proof.rows(), HEADER)
    write_section("prove", table)
    print(table)
    print(*proof.faults(), sep="\n")
    sys.exit(0 if proof.holds else 1)


if __name__ == "__main__":
    main()
