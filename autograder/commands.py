"""The command line: `python -m autograder grade SUBMITTED`, and `export`."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder.class_run import Outcome, Plan, grade_class, write_summary
from autograder.compiled import compilation_cache
from autograder.course import Course, CourseFolderError, course_key
from autograder.exporting import app as export
from autograder.progress import show_class, show_waiting
from autograder.reading.collect import find_students
from autograder.record.gradebook import GradebookWriter
from autograder.record.store import ResultStore
from autograder.sandbox import SandboxError, find_bwrap
from grading_tests import EXERCISES

ROOT = Path(__file__).resolve().parent.parent
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
app.add_typer(export, name="export")


@app.callback()
def main() -> None:
    """Grade the submissions of a class."""


@app.command()
def grade(
    submitted: Annotated[Path, typer.Argument(help="Folder with <student>/<assignment>/*.ipynb.")],
    assignment: Annotated[str, typer.Option(help="The assignment.")] = "recommender_systems",
    out: Annotated[Path, typer.Option(help="Results go here.")] = Path("build/results"),
    workers: Annotated[int, typer.Option(min=1, help="Processes; one per core.")] = (
        os.cpu_count() or 1
    ),
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask scheduler's address, instead of own workers.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Grade only this exercise; may be repeated.")
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(
            help="Key of the checks' inputs; .course_key by default.", envvar="COURSE_KEY"
        ),
    ] = None,
    gradebook: Annotated[bool, typer.Option(help="Record scores in nbgrader's gradebook.")] = True,
    trusted: Annotated[
        bool, typer.Option("--trusted", help="No sandbox: students' code runs with your rights.")
    ] = False,
) -> None:
    """Grade every submission, as a class, in a sandbox; the same command goes on where it stopped.

    Exit code 0 when every submission has a result.
    """
    try:
        outcome = _grade(
            submitted, assignment, out, workers, scheduler, only, key, gradebook, trusted
        )
    except (SandboxError, CourseFolderError, OSError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        said = f"\nStopped. What is graded is in {out}; the same command goes on from there."
        print(said, file=sys.stderr)
        sys.exit(130)
    sys.exit(1 if outcome.failed else 0)


def _grade(
    submitted: Path,
    assignment: str,
    out: Path,
    workers: int,
    scheduler: str | None,
    only: list[str] | None,
    key: str | None,
    gradebook: bool,
    trusted: bool,
) -> Outcome:
    unknown = sorted(set(only or ()) - set(EXERCISES))
    if unknown:
        raise CourseFolderError(f"No exercise {unknown[0]!r}. There are: {', '.join(EXERCISES)}.")
    if not submitted.is_dir():
        raise CourseFolderError(f"{submitted} is no folder. It holds <student>/{assignment}/.")
    course = Course.open(ROOT, assignment, key or course_key(ROOT))
    folders = find_students(submitted, assignment)
    if not folders:
        raise CourseFolderError(f"Nobody handed in: {submitted} has no <student>/{assignment}/.")
    # Workers try whether boxes start; those of a cluster need not be as this machine is.
    if not scheduler:
        with show_waiting("Compiling the checks where they are new"):
            if not trusted:
                find_bwrap()
            compilation_cache(course, trusted)
    plan = Plan(
        submitted,
        course,
        ResultStore(out),
        workers,
        scheduler,
        tuple(name for name in EXERCISES if name in (only or ())),
        trusted,
    )
    with show_class(len(folders)) as shown:
        if gradebook:
            with GradebookWriter(course.root, course.assignment) as writer:
                outcome = grade_class(plan, folders, writer, shown.advance)
        else:
            outcome = grade_class(plan, folders, None, shown.advance)
        write_summary(plan.store, outcome)
    shown.summary(outcome, out)
    return outcome
