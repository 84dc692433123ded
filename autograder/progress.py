"""Show a class being graded: live in a terminal, one line of JSON elsewhere."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from autograder.class_run import Outcome


class ClassProgress:
    """Counts submissions as they are done."""

    def __init__(self, total: int, progress: Progress | None):
        self._progress = progress
        self._begun = time.monotonic()
        self._counts: Counter = Counter()
        if progress:
            self._task = progress.add_task("Grading", total=total, said="")

    def advance(self, student: str, result: dict | None) -> None:
        """One more; `result` is None where there is none."""
        self._counts["failed" if result is None else result["status"]] += 1
        if result:
            statuses = {exercise["status"] for exercise in result["exercises"].values()}
            self._counts.update(statuses & {"timeout", "memory", "crashed"})
        if self._progress:
            seconds = max(time.monotonic() - self._begun, 0.01)
            rate = f"{60 * self._progress.tasks[0].completed / seconds:.0f} a minute"
            odd = ", ".join(
                f"{n} {name}" for name, n in sorted(self._counts.items()) if name != "graded"
            )
            said = f"{rate}  {odd}"
            self._progress.update(self._task, advance=1, said=said)

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
        for student in outcome.unreadable:
            console.print(f"  unreadable: {student}", markup=False)
        for student, why in outcome.failed.items():
            console.print(f"  no result: {student}: {why}", markup=False)
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
    with Progress(*columns, console=Console(highlight=False)) as progress:
        yield ClassProgress(total, progress)


def _moved_table(moved: dict[str, dict[str, tuple[float, float]]]) -> Table:
    table = Table("student", "exercise", "before", "now", title="Scores that moved")
    for student, exercises in sorted(moved.items()):
        for name, (before, now) in exercises.items():
            table.add_row(student, name, f"{before:g}", f"{now:g}")
    return table
