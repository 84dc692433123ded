"""Grade a class: collect, take over what is finished, grade the rest, record as results arrive."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.course import Course
from autograder.engine import Graded, Task, connect, grade_all
from autograder.grading import result_of
from autograder.reading.collect import read_handed
from autograder.reading.submission import Submission, normalise
from autograder.record.feedback import feedback_page
from autograder.record.files import file_name, write_atomically
from autograder.record.gradebook import GradebookWriter
from autograder.record.grades import grades_csv
from autograder.record.likeness import Likeness
from autograder.record.report import report_page
from autograder.record.store import ResultStore, State
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
    # Student -> exercise -> points before and now, of those who had a result before.
    moved: dict[str, dict[str, tuple[float, float]]] = field(default_factory=dict)
    likeness: Likeness = field(default_factory=Likeness)


# Called once per submission with its result, or with None and why there is none.
Advance = Callable[[str, dict | None, str], None]


def grade_class(
    plan: Plan, folders: list[str], gradebook: GradebookWriter | None, advance: Advance
) -> Outcome:
    """Grade the students of `folders`; every result is on disk before `advance` hears of it."""
    outcome = Outcome()
    pending = _Pending(plan, folders)
    course = plan.course
    task = Task(course.assignment.name, course.digest, course.key, plan.trusted)

    def finish(submission: Submission, result: dict | None, why: str = "") -> None:
        folder = pending.folders.pop(submission.student)
        outcome.students.append(submission.student)
        if result is not None:
            if result["status"] == "unreadable":
                outcome.unreadable.append(submission.student)
            outcome.likeness.add(submission, course.assignment)
            page = plan.store.folder / "feedback" / file_name(submission.student, ".html")
            write_atomically(page, feedback_page(result, submission))
            if gradebook:
                gradebook.record(result, submission, folder)
        advance(submission.student, result, why)

    for submission, result in pending.finished():
        outcome.taken_over += 1
        plan.store.publish(result)
        finish(submission, result)
    if pending.left:
        with connect(min(plan.workers, len(pending.left)), plan.scheduler) as client:
            for submission, graded in grade_all(client, pending.submissions(), task):
                if isinstance(graded, Graded):
                    state = _state_of(plan, pending, submission, graded, outcome)
                    plan.store.put(state)
                    finish(submission, state.result)
                else:
                    said = f"{type(graded).__name__}: {graded}"
                    outcome.failed[submission.student] = said
                    finish(submission, None, said)
    outcome.students.sort()
    return outcome


def write_summary(store: ResultStore, outcome: Outcome) -> None:
    """`grades.csv` and `report.html` of the class."""
    results = (result for result, _ in store.results(outcome.students))
    write_atomically(store.folder / "grades.csv", grades_csv(results, EXERCISES))
    page = report_page(
        store.results(outcome.students), EXERCISES, outcome.likeness.pairs(), outcome.failed
    )
    write_atomically(store.folder / "report.html", page)


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

    def submissions(self) -> Iterator[tuple[Submission, tuple[str, ...]]]:
        """Those that are `left`, each with the exercises to grade in it."""
        for folder in self.left:
            submission = self._read(folder)
            yield submission, self._only(submission)

    def digest(self, submission: Submission) -> str:
        """Of everything that the result follows from."""
        course = self._plan.course
        parts = [course.digest, course.key, *self._only(submission), answers_digest(submission)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _only(self, submission: Submission) -> tuple[str, ...]:
        """All exercises of who has handed in something else since: the old points are not of it."""
        if not self._plan.only:
            return ()
        last = self._plan.store.last(submission.student)
        changed = last is not None and last.answers != answers_digest(submission)
        return () if changed else self._plan.only

    def _read(self, folder: str) -> Submission:
        assignment = self._plan.course.assignment
        submission = normalise(read_handed(self._plan.submitted, folder, assignment), assignment)
        self.folders[submission.student] = folder
        return submission


def answers_digest(submission: Submission) -> str:
    """Of the submission as grading sees it, however the file around the answers was written."""
    return hashlib.sha256(submission.to_bytes()).hexdigest()


def _state_of(
    plan: Plan, pending: _Pending, submission: Submission, graded: Graded, outcome: Outcome
) -> State:
    """What to keep: with `only`, the newly graded exercises among those of the last result."""
    digest, answers = pending.digest(submission), answers_digest(submission)
    state = State(digest, answers, graded.seconds, graded.result)
    last = plan.store.last(submission.student)
    if last is None or {graded.result["status"], last.result["status"]} != {"graded"}:
        return state
    before, now = last.result["exercises"], graded.result["exercises"]
    moved = {
        name: (before[name]["score"], now[name]["score"])
        for name in now
        if name in before and before[name]["score"] != now[name]["score"]
    }
    if moved:
        outcome.moved[submission.student] = moved
    if not plan.only or last.answers != answers:
        return state
    exercises = {name: (before | now)[name] for name in EXERCISES if name in before | now}
    stale = tuple(f"`{name}` was judged" for name in now)
    notes = [note for note in last.result["notes"] if not note.startswith(stale)]
    notes += [note for note in graded.result["notes"] if note not in notes]
    result = result_of(submission, graded.result["assignment"], notes, exercises)
    return replace(state, seconds=last.seconds | graded.seconds, result=result)
