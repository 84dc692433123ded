"""The command line's exports: `python -m autograder export canvas | moodle | gradescope`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from autograder.course import CourseFolderError
from autograder.record.files import file_name, write_atomically
from autograder.record.gradebook import final_scores, nbgrader_config
from autograder.record.gradescope import gradescope_results
from autograder.record.lms import CANVAS, MOODLE, ExportError, Platform, fill_column
from autograder.record.store import ResultStore

ROOT = Path(__file__).resolve().parent.parent
app = typer.Typer(help="Scores in the form that another system takes.")

File = Annotated[Path, typer.Argument(help="The CSV file that it exported.")]
Results = Annotated[Path, typer.Option(help="The results of `grade`.")]
Column = Annotated[str, typer.Option(help="The column to fill, by its name.")]
Final = Annotated[
    bool,
    typer.Option(
        "--final", help="Totals of nbgrader's gradebook: points given by hand, late penalties."
    ),
]
IdColumn = Annotated[str, typer.Option(help="The column with students' ids, where it is another.")]
To = Annotated[
    Path | None, typer.Option(help="Write here; FILE-filled.csv beside the file by default.")
]


def _add_command(platform: Platform, default_column: str, about: str) -> None:
    @app.command(platform.name, help=about)
    def fill(
        file: File,
        column: Column = default_column,
        results: Results = Path("build/results"),
        final: Final = False,
        id_column: IdColumn = "",
        to: To = None,
    ) -> None:
        with _mistakes_in_a_sentence():
            _fill(platform, file, column, results, final, id_column, to)


_add_command(CANVAS, ..., "Fill one column of the gradebook that Canvas exported, to import it.")
_add_command(MOODLE, "Grade", "Fill one column of Moodle's grading worksheet or gradebook export.")


@app.command()
def gradescope(
    results: Results = Path("build/results"),
    to: Annotated[
        Path | None, typer.Option(help="A folder; gradescope/ beside the results by default.")
    ] = None,
) -> None:
    """Write <student>/results.json for each result, as a Gradescope autograder leaves it."""
    with _mistakes_in_a_sentence():
        folder, found = to or results / "gradescope", _results(results)
        for result in found:
            path = folder / file_name(result["student"], "") / "results.json"
            write_atomically(path, gradescope_results(result))
        print(f"{len(found)} results in {folder}.")


def _fill(
    platform: Platform,
    file: Path,
    column: str,
    results: Path,
    final: bool,
    id_column: str,
    to: Path | None,
) -> None:
    found = _results(results)
    # Nobody gets a zero for a file that a person has not looked at.
    unreadable = [result["student"] for result in found if result["status"] == "unreadable"]
    scores = {r["student"]: r["score"] for r in found if r["status"] != "unreadable"}
    if final:
        scores = _final(scores, found[0]["assignment"])
    filled = fill_column(file.read_bytes(), platform, column, scores, id_column)
    target = to or file.with_stem(f"{file.stem}-filled")
    write_atomically(target, filled.content)
    print(f"{len(filled.filled)} scores in column {column!r} of {target}.")
    _list("No row, or more than one, for these students", filled.unmatched)
    _list("Unreadable, and left for you to look at", unreadable)
    _list("Rows without a score, left as they were", filled.left)


def _final(scores: dict[str, float], assignment: str) -> dict[str, float]:
    recorded = final_scores(nbgrader_config(ROOT), assignment)
    missing = sorted(set(scores) - set(recorded))
    if missing:
        raise ExportError(
            f"nbgrader's gradebook has no scores of {', '.join(missing[:5])}. Grade without "
            "--no-gradebook first, or export without --final."
        )
    return {student: recorded[student] for student in scores}


def _results(folder: Path) -> list[dict]:
    found = list(ResultStore(folder).published())
    if not found:
        raise ExportError(f"{folder} has no results. Run `python -m autograder grade` first.")
    return found


def _list(title: str, names: tuple[str, ...] | list[str]) -> None:
    if names:
        print(f"{title} ({len(names)}): {'; '.join(names)}")


@contextmanager
def _mistakes_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except (ExportError, CourseFolderError, OSError) as error:
        sys.exit(f"error: {error}")
