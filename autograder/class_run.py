"""Grade a class: collect, take over what is finished, grade the rest, record as results arrive."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import Course
from autograder.engine import Graded, Task, connect, grade_all
from autograder.grading import result_of
from autograder.reading.collect import read_handed
from autograder.reading.submission import Submission, normalise
from autograder.record.feedback import feedback_page
from autograder.record.files import file_name, write_atomically
from autograder.record.gradebook import GradebookWriter
from autograder.record.likeness import Likeness
from autograder.record.store import ResultStore
from grading_tests import EXERCISES


@dataclass(frozen=True)
class Plan:
    """What to grade, and where: `scheduler` is the address of a Dask cluster."""

    submitted: Path
    course: Course
    store: ResultStore
    workers: int = 1
    scheduler: str | None = None
    only: tuple[str, ...] = ()
    trusted: bool = False


@dataclass
class Outcome:
    """What came of a run. `failed` are submissions without a result, and why."""

    students: list[str] = field(default_factory=list)
    taken_over: int = 0
    unreadable: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    moved: dict[str, dict[str, tuple[float, float]]] = field(default_factory=dict)
    likeness: Likeness = field(default_factory=Likeness)


# Called once per submission with its result, or with None when there is none.
Advance = Callable[[str, dict | None], None]


def grade_class(
    plan: Plan, folders: list[str], gradebook: GradebookWriter | None, advance: Advance
) -> Outcome:
    """Grade the students of `folders`; every result is on disk before `advance` hears of it."""
    outcome = Outcome()
    pending = _Pending(plan, folders)
    task = Task(
        str(plan.course.root),
        plan.course.assignment.name,
        plan.course.digest,
        plan.course.key,
        plan.only,
        plan.trusted,
    )

    def finish(submission: Submission, result: dict | None) -> None:
        folder = pending.folders.pop(submission.student)
        outcome.students.append(submission.student)
        if result is not None:
            if result["status"] == "unreadable":
                outcome.unreadable.append(submission.student)
            outcome.likeness.add(submission, plan.course.assignment)
            page = plan.store.folder / "feedback" / file_name(submission.student, ".html")
            write_atomically(page, feedback_page(result, submission))
            if gradebook:
                gradebook.record(result, submission, folder)
        advance(submission.student, result)

    for submission, result in pending.finished():
        outcome.taken_over += 1
        plan.store.publish(result)
        finish(submission, result)
    if pending.left:
        with connect(min(plan.workers, len(pending.left)), plan.scheduler) as client:
            for submission, graded in grade_all(client, pending.submissions(), task):
                if isinstance(graded, Graded):
                    result = _merge(plan, submission, graded.result, outcome)
                    plan.store.put(pending.digest(submission), result, graded.seconds)
                    finish(submission, result)
                else:
                    said = f"{type(graded).__name__}: {graded}"
                    outcome.failed[submission.student] = said
                    finish(submission, None)
    outcome.students.sort()
    return outcome


class _Pending:
    """Submissions, read again when they are needed so that a class of any size fits."""

    def __init__(self, plan: Plan, folders: list[str]):
        self._plan = plan
        self._all = folders
        self.left: list[str] = []
        self.folders: dict[str, str] = {}

    def finished(self) -> Iterator[tuple[Submission, dict]]:
        """Those that an earlier run has graded; the others are `left`."""
        for folder in self._all:
            submission = self._read(folder)
            result = self._plan.store.finished(submission.student, self.digest(submission))
            if result is None:
                self.left.append(folder)
            else:
                yield submission, result

    def submissions(self) -> Iterator[Submission]:
        return map(self._read, self.left)

    def digest(self, submission: Submission) -> str:
        """Of everything that the result follows from."""
        course = self._plan.course
        parts = [course.digest, course.key, *self._plan.only]
        text = "\0".join(parts).encode() + submission.to_bytes()
        return hashlib.sha256(text).hexdigest()

    def _read(self, folder: str) -> Submission:
        assignment = self._plan.course.assignment
        submission = normalise(read_handed(self._plan.submitted, folder, assignment), assignment)
        self.folders[submission.student] = folder
        return submission


def _merge(plan: Plan, submission: Submission, result: dict, outcome: Outcome) -> dict:
    """With `only`, the newly graded exercises among those of the last result."""
    last = plan.store.last(submission.student) if plan.only else None
    if last is None or last["status"] != "graded" or result["status"] != "graded":
        return result
    found = last["exercises"] | result["exercises"]
    exercises = {name: found[name] for name in EXERCISES if name in found}
    moved = {
        name: (last["exercises"][name]["score"], exercises[name]["score"])
        for name in exercises
        if name in last["exercises"]
        and last["exercises"][name]["score"] != exercises[name]["score"]
    }
    if moved:
        outcome.moved[submission.student] = moved
    stale = tuple(f"`{name}` was judged" for name in plan.only)
    notes = [note for note in last["notes"] if not note.startswith(stale)]
    notes += [note for note in result["notes"] if note not in notes]
    return result_of(submission, result["assignment"], notes, exercises)
