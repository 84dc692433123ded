"""Show a class being graded: live in a terminal, one line of JSON elsewhere."""

import json
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from autograder.class_run import Outcome
from autograder.record.feedback import STATUS_TEXT

_STOPPED = {"timeout", "memory", "crashed"}
_TROUBLES_IN_SIGHT = 6


class ClassProgress:
    """Counts submissions as they are done, and keeps the last ones that need a look in sight."""

    def __init__(self, total: int, progress: Progress | None = None):
        self._progress = progress
        self._begun = time.monotonic()
        self._counts: Counter = Counter()
        self._troubles: deque[tuple[str, str]] = deque(maxlen=_TROUBLES_IN_SIGHT)
        self._lately: deque[float] = deque()
        if progress:
            self._task = progress.add_task("Grading", total=total, said="")

    def advance(self, student: str, result: dict | None, why: str = "") -> None:
        """One more; `result` is None where there is none, and `why` says why."""
        self._counts["failed" if result is None else result["status"]] += 1
        trouble = f"no result: {why}" if result is None else _trouble_of(result)
        if trouble:
            self._troubles.append((student, trouble))
        if result:
            statuses = {exercise["status"] for exercise in result["exercises"].values()}
            self._counts.update(statuses & _STOPPED)
        if self._progress:
            self._progress.update(self._task, advance=1, said=self._said())

    def _said(self) -> str:
        """The rate of the last minute, which results of an earlier run soon leave, and counts."""
        now = time.monotonic()
        self._lately.append(now)
        while now - self._lately[0] > 60:
            self._lately.popleft()
        seconds = max(min(now - self._begun, 60), 0.01)
        odd = [f"{n} {name}" for name, n in sorted(self._counts.items()) if name != "graded"]
        return "  ".join([f"{60 * len(self._lately) / seconds:.0f} a minute", ", ".join(odd)])

    def __rich__(self) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        for student, why in self._troubles:
            table.add_row(Text(f"  {student}"), Text(why, overflow="ellipsis", no_wrap=True))
        return Group(self._progress, table)

    def summary(self, outcome: Outcome, out: Path) -> None:
        """What came of it, and where to look."""
        seconds = round(time.monotonic() - self._begun, 1)
        if self._progress is None:
            about = {
                "submissions": len(outcome.students),
                "taken_over": outcome.taken_over,
                "unreadable": outcome.unreadable,
                "failed": outcome.failed,
                "moved": outcome.moved,
                "seconds": seconds,
                "out": str(out),
            }
            print(json.dumps(about))
            return
        console = self._progress.console
        taken = f", {outcome.taken_over} taken over from before" if outcome.taken_over else ""
        console.print(f"{len(outcome.students)} submissions in {seconds:g} s{taken}.")
        for student, why in outcome.failed.items():
            console.print(f"  no result: {student}: {why}", markup=False)
        if outcome.unreadable:
            names = ", ".join(outcome.unreadable)
            console.print(f"  unreadable: {names}", markup=False)
        if outcome.moved:
            console.print(_moved_table(outcome.moved))
        console.print(f"Look at {out}/report.html", markup=False, soft_wrap=True)


@contextmanager
def show_class(total: int) -> Iterator[ClassProgress]:
    """Progress of `total` submissions."""
    if not sys.stdout.isatty():
        yield ClassProgress(total, None)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[said]}", markup=False),
    )
    console = Console(highlight=False)
    shown = ClassProgress(total, Progress(*columns, console=console))
    with Live(shown, console=console):
        yield shown


@contextmanager
def show_waiting(text: str) -> Iterator[None]:
    """Say what takes a while before there is anything to count."""
    if not sys.stdout.isatty():
        yield
        return
    with Console(highlight=False).status(text):
        yield


def _trouble_of(result: dict) -> str:
    """Why a person may want to look at it, in a line; "" where nothing is odd."""
    if result["status"] == "unreadable":
        return f"unreadable: {result['notes'][0]}"
    stopped = {
        name: exercise["status"]
        for name, exercise in result["exercises"].items()
        if exercise["status"] in _STOPPED
    }
    return "; ".join(f"{name}: {STATUS_TEXT[status]}" for name, status in stopped.items())


def _moved_table(moved: dict[str, dict[str, tuple[float, float]]]) -> Table:
    table = Table("student", "exercise", "before", "now", title="Scores that moved")
    for student, exercises in sorted(moved.items()):
        for name, (before, now) in exercises.items():
            table.add_row(student, name, f"{before:g}", f"{now:g}")
    return table
