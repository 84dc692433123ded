"""This course beside stock nbgrader and Otter-Grader, on the same submissions, in one run.

    python -m benchmarks.grading [--json] [--sizes 10 --sizes 100] [--no-otter] [--large 0]

Stock nbgrader and Otter run submissions with the rights of whoever starts this, so they get right
ones only, three of the hundred that this course grades; neither grades in parallel by itself.
The large class is that of `python -m benchmarks.thousand`, killed in the middle.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks import otter, thousand
from benchmarks.class_runs import Memory, Run, copy_course, describe_machine, grade, on_cores, watch
from benchmarks.synthetic import NAME, NOTEBOOK, write_class
from benchmarks.tables import markdown_table, write_section

_RIGHT, _ASKED_OF_OTHERS = 100, 3
_BIN = Path(sys.executable).parent
# Notebooks open nothing, and nbgrader starts `alembic` by its bare name.
_SETTINGS = {"RECSYS_HEADLESS": "1", "PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}"}
console = Console(stderr=True, highlight=False)


def main(
    sizes: Annotated[list[int] | None, typer.Option(help="Sizes of mixed classes.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object, no table.")] = False,
    with_otter: Annotated[bool, typer.Option("--otter/--no-otter")] = True,
    large: Annotated[int, typer.Option(help="Size of a last class; 0 for none.")] = 1000,
) -> None:
    """Measure, print, and put the tables into benchmarks/README.md."""
    with tempfile.TemporaryDirectory() as name, console.status("Copying the course") as status:
        folder = Path(name)
        course = copy_course(folder)
        right = folder / "right"
        students = write_class(right, _RIGHT, {"right": 1})

        def run(label: str, submitted: Path, workers: int) -> Run:
            status.update(f"Grading {label}, {workers} worker(s)")
            ran = grade(course, submitted, folder / f"out-{label}-{workers}", workers)
            console.print(f"{label}, {workers} worker(s): {ran.seconds:.1f} s")
            return ran

        write_class(folder / "first", 1, {"right": 1})
        compiling = run("first", folder / "first", 1).seconds
        one, two = run("right", right, 1), run("right", right, 2)
        stock = {}
        for cores in (1, 2):
            status.update(f"Grading {_ASKED_OF_OTHERS} with nbgrader, {cores} core(s)")
            with on_cores(cores):
                stock[cores] = _stock(course, right, students[:_ASKED_OF_OTHERS])
            console.print(f"nbgrader, {cores} core(s): {stock[cores][0]:.1f} s each")
        status.update("Grading with Otter")
        theirs = _otter(course, right / students[0] / NAME / NOTEBOOK) if with_otter else None
        console.print(f"Otter: {theirs}")
        growth = {}
        for size in sizes or [10, 100]:
            write_class(folder / f"mixed-{size}", size)
            ran = run("mixed", folder / f"mixed-{size}", 2)
            growth[size] = _growth(size, ran.seconds, ran.memory)
            shutil.rmtree(folder / "out-mixed-2")
    # A worker has one core: nbgrader gets as many.
    ratios = {n: stock[n][0] * _RIGHT / run.seconds for n, run in ((1, one), (2, two))}
    found = {
        "machine": describe_machine(),
        "ratio_vs_nbgrader": round(min(ratios.values()), 1),
        "ratio_on_one_core": round(ratios[1], 1),
        "ratio_on_two_cores": round(ratios[2], 1),
        "speedup_two_workers": round(one.seconds / two.seconds, 2),
        "peak_mb_per_worker": round(max(one.memory.worker + two.memory.worker)),
        "seconds_per_submission": round(one.seconds / _RIGHT, 2),
        "seconds_per_submission_two_workers": round(two.seconds / _RIGHT, 2),
        "seconds_of_a_first_run": round(compiling, 1),
        "nbgrader_seconds_per_submission": round(stock[2][0], 1),
        "nbgrader_seconds_per_submission_one_core": round(stock[1][0], 1),
        "nbgrader_peak_mb": round(max(peak for _, peak in stock.values())),
        "otter": _rounded(theirs),
        "growth": growth,
    }
    write_section("grading", _tables(found))
    if large:
        growth[large] = _growth(large, *thousand.measure(large))
        write_section("grading", _tables(found))
    print(json.dumps(found) if as_json else _tables(found))


def _growth(size: int, seconds: float, memory: Memory) -> dict[str, float]:
    return {
        "seconds_per_submission": round(seconds / size, 2),
        "peak_mb_per_worker": round(max(memory.worker)),
        "peak_mb_of_the_command": round(max(memory.command)),
    }


def _stock(course: Path, submitted: Path, students: list[str]) -> tuple[float, float]:
    """Seconds per submission and megabytes of `nbgrader autograde`."""
    shutil.rmtree(course / "build" / "autograded", ignore_errors=True)
    for student in students:
        target = course / "build" / "submitted" / student
        shutil.copytree(submitted / student, target, dirs_exist_ok=True)
    nbgrader = str(_BIN / "nbgrader")
    watch([nbgrader, "generate_assignment", NAME, "--force"], course, _SETTINGS)
    seconds, peak = watch([nbgrader, "autograde", NAME, "--force"], course, _SETTINGS)
    graded = list((course / "build" / "autograded").glob(f"right-*/{NAME}/{NOTEBOOK}"))
    if len(graded) < len(students):
        raise RuntimeError(f"nbgrader graded {len(graded)} of {len(students)}")
    return seconds / len(students), peak


def _otter(course: Path, notebook: Path) -> tuple[float, float] | str:
    """Seconds and megabytes of `otter run`, or why there are none."""
    with tempfile.TemporaryDirectory() as name:
        try:
            command = otter.install(Path(__file__).parent.parent / "build" / "otter")
            archive = otter.build_autograder(command, Path(name))
        except otter.NoOtterError as error:
            return str(error)
        # Its notebook looks for the course in the folders above it.
        handed_in = course / "build" / "otter" / NOTEBOOK
        handed_in.parent.mkdir(parents=True)
        shutil.copy(notebook, handed_in)
        path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
        settings = {"RECSYS_HEADLESS": "1", "PATH": path, "PYTHONPATH": str(course)}
        run = [str(command), "run", "-a", str(archive), "-o", name, "--no-logo", str(handed_in)]
        measured = watch(run, course, settings)
        tests = json.loads((Path(name) / "results.json").read_text())["tests"]
        if not all(test["score"] == test["max_score"] for test in tests if "score" in test):
            raise RuntimeError(f"Otter found a right submission wrong: {tests}")
        return measured


def _rounded(theirs: tuple[float, float] | str | None) -> dict | str | None:
    if not isinstance(theirs, tuple):
        return theirs
    return {"seconds_per_submission": round(theirs[0], 1), "peak_mb": round(theirs[1])}


def _tables(found: dict) -> str:
    ours = found["seconds_per_submission"]
    rows = [
        ["this course, one worker", ours, found["peak_mb_per_worker"], "yes", "yes"],
        [
            "this course, two workers",
            found["seconds_per_submission_two_workers"],
            found["peak_mb_per_worker"],
            "yes",
            "yes",
        ],
        *(
            [f"`nbgrader autograde`, {cores}", seconds, found["nbgrader_peak_mb"], "no", "no"]
            for cores, seconds in (
                ("one core", found["nbgrader_seconds_per_submission_one_core"]),
                ("two cores", found["nbgrader_seconds_per_submission"]),
            )
        ),
    ]
    if isinstance(found["otter"], dict):
        theirs = found["otter"]
        rows.append(
            ["`otter run`", theirs["seconds_per_submission"], theirs["peak_mb"], "no", "no"]
        )
    header = ["right submissions", "s each", "peak MB per worker", "sandbox", "resumes"]
    sizes = [
        [
            size,
            run["seconds_per_submission"],
            run["peak_mb_per_worker"],
            run["peak_mb_of_the_command"],
        ]
        for size, run in found["growth"].items()
    ]
    growth = ["mixed class of", "s each", "peak MB per worker", "peak MB of the command"]
    lines = [
        f"{found['machine']}. A worker has one core. On one core this course is "
        f"{found['ratio_on_one_core']:g} times faster than nbgrader, on two "
        f"{found['ratio_on_two_cores']:g} times; two workers are "
        f"{found['speedup_two_workers']:g} times one. A first run on a machine, which compiles the "
        f"checks, grades one submission in {found['seconds_of_a_first_run']:g} s.",
        markdown_table(rows, header),
        markdown_table(sizes, growth),
    ]
    if isinstance(found["otter"], str):
        lines.insert(2, f"Otter could not be tried: {found['otter']}")
    return "\n\n".join(lines)


if __name__ == "__main__":
    typer.run(main)
