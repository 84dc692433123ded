"""A class of 1,000, killed in the middle and finished by the same command.

python -m benchmarks.thousand [--count 1000]
"""

import csv
import json
import sqlite3
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import psutil
import typer
from rich.console import Console

from benchmarks.class_runs import Memory, Run, copy_course, describe_machine, grade
from benchmarks.synthetic import write_class
from benchmarks.tables import markdown_table, write_section

_PARTS = 4
console = Console(stderr=True, highlight=False)


def main(
    count: Annotated[int, typer.Option(help="Submissions.")] = 1000,
    workers: Annotated[int, typer.Option(help="Processes.")] = 2,
) -> None:
    """Grade, kill, grade on, and look whether anything is missing, double or grew."""
    measure(count, workers)


def measure(count: int, workers: int = 2) -> tuple[float, Memory]:
    """Write it down; gives the seconds of both runs together, and the memory of the second."""
    with tempfile.TemporaryDirectory() as name, console.status("Making the class up") as status:
        folder = Path(name)
        course, submitted, out = copy_course(folder), folder / "submitted", folder / "out"
        students = write_class(submitted, count)
        kinds = Counter(student.split("-")[0] for student in students)

        def done() -> int:
            number = len(list(out.glob("*.json")))
            status.update(f"{number} of {count} graded")
            return number

        first = grade(course, submitted, out, workers, lambda: done() >= count // 2)
        at_death = done()
        left_behind = _left_behind(course)
        second = grade(course, submitted, out, workers, lambda: done() < 0)
        faults = _faults(students, out, course, second)
    text = _text(count, kinds, at_death, left_behind, first, second, faults)
    console.print(text, markup=False, soft_wrap=True)
    if faults:
        raise SystemExit(f"{len(faults)} faults: {faults[:5]}")
    write_section("thousand", text)
    return first.seconds + second.seconds, second.memory


def _left_behind(course: Path) -> int:
    """Processes of the killed run that are still there ten seconds later."""
    time.sleep(10)
    return sum(
        str(course) in f"{process.info['cwd']} {' '.join(process.info['cmdline'] or [])}"
        for process in psutil.process_iter(["cmdline", "cwd"])
    )


def _faults(students: list[str], out: Path, course: Path, run: Run) -> list[str]:
    """What is missing or double in the results, the table and the gradebook."""
    faults = [f"no result: {student}" for student in run.said["failed"]]
    for student in students:
        path = out / f"{student}.json"
        if not path.is_file() or json.loads(path.read_bytes())["student"] != student:
            faults.append(f"no result of {student}")
        if not (out / "feedback" / f"{student}.html").is_file():
            faults.append(f"no feedback for {student}")
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = Counter(row["student"] for row in csv.DictReader(stream))
    with sqlite3.connect(course / "build" / "gradebook.db") as gradebook:
        recorded = Counter(row[0] for row in gradebook.execute(_SUBMISSIONS))
    for name, found in (("grades.csv", rows), ("the gradebook", recorded)):
        wrong = {s for s in {*found, *students} if found[s] != students.count(s)}
        faults += [f"{student} is {found[student]} times in {name}" for student in sorted(wrong)]
    return faults


_SUBMISSIONS = "SELECT student_id FROM submitted_assignment"


def _text(count, kinds, at_death, left_behind, first, second, faults) -> str:
    seconds = first.seconds + second.seconds
    mixture = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
    rows = [
        [f"{label}, {quarter} quarter", round(command), round(worker)]
        for label, run in (("until the kill", first), ("after it", second))
        for quarter, (command, worker) in zip(
            ("first", "second", "third", "last"), run.memory.peaks(_PARTS), strict=True
        )
    ]
    return "\n\n".join(
        [
            f"{describe_machine()}. {count:,} submissions ({mixture}) in {seconds / 60:.1f} "
            f"minutes: {seconds / count:.2f} s each with two workers. SIGKILL to the command when "
            f"{at_death} were graded left {left_behind} processes behind; the same command took "
            f"{second.said['taken_over']} over and graded the rest. Rows missing or double in the "
            f"results, the feedback, `grades.csv` and the gradebook: {len(faults)}.",
            markdown_table(rows, ["peak MB", "command", "largest worker with its boxes"]),
        ]
    )


if __name__ == "__main__":
    typer.run(main)
