"""`save_and_submit`: write the file to hand in, and say what is in it."""

import html
import os
from collections.abc import Sequence
from pathlib import Path

from IPython.display import display

from helpers.errors import CourseError
from helpers.notebook.assignment import NOTEBOOK
from helpers.notebook.hand_in import MISSING, UNFINISHED, WRITTEN, Answer, read_answers
from helpers.notebook.notebook_file import in_colab, last_run, read_notebook
from helpers.notebook.page import framed
from helpers.notebook.progress import PROGRESS
from helpers.notebook.widget_view import nobody_looks_on

FOLDER = Path(__file__).resolve().parents[2] / "hand_in"
_FRESH_SECONDS = 60


def save_and_submit(
    notebook: str | Path | None = None, saved: bool = False, folder: str | Path = FOLDER
) -> Path | None:
    """Write the notebook to hand in into `folder`, once it is saved and readable.

    `notebook` is its path, where it cannot be found; `saved=True` says that the file on disk is
    the latest. Returns the file, or None where nobody looks on. `CourseError` says what to do.
    """
    if nobody_looks_on():
        print("Run this cell in a notebook to write the file to hand in.")
        return None
    found = read_notebook(notebook)
    answers = read_answers(found.content)
    if all(answer.status == MISSING for answer in answers):
        raise CourseError(f"{found.name} has none of the exercises. Is it another notebook?")
    if not saved and notebook is None:
        _require_latest(answers, found.age)
    target = Path(folder) / NOTEBOOK
    _write(target, found.content)
    _show(answers, target)
    if in_colab():
        from google.colab import files

        files.download(str(target))
    return target


def _require_latest(answers: Sequence[Answer], age: float) -> None:
    """`CourseError` unless the file was saved just now and holds what was last run."""
    if age < _FRESH_SECONDS / 10:
        return
    behind = _behind(answers)
    if behind or age > _FRESH_SECONDS:
        older = f" It holds an older answer to {_listed(behind)}." if behind else ""
        raise CourseError(
            f"The notebook was last saved {_ago(age)}.{older} Save it (Ctrl+S, or Cmd+S on a Mac) "
            "and run this cell again. If it is the latest already: save_and_submit(saved=True)."
        )


def _behind(answers: Sequence[Answer]) -> list[str]:
    """Exercises of which this kernel has run something newer than what the file holds."""
    runs = last_run({answer.exercise.name for answer in answers})
    behind = []
    for answer in answers:
        *earlier, latest = map(_fold, ["", *runs[answer.exercise.name]])
        in_file = _fold(answer.source)
        stub = answer.status != WRITTEN and bool(latest)
        if in_file != latest and (in_file in earlier or stub):
            behind.append(answer.exercise.name)
    return behind


def _write(target: Path, content: bytes) -> None:
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(target)
    except OSError as error:
        raise CourseError(
            f"{target} cannot be written ({error.strerror}). Name a folder of yours: "
            'save_and_submit(folder="...").'
        ) from None


def _show(answers: Sequence[Answer], target: Path) -> None:
    lines = _verdict(answers)
    marks = {"text/plain": "\n".join([*lines, f"The file to hand in: {target}"])}
    try:
        link = os.path.relpath(target)
    except ValueError:  # another drive of Windows
        link = str(target)
    said = "<br>".join(html.escape(line) for line in lines)
    page = framed(
        f"{said}<br><b>The file to hand in:</b> "
        f'<a href="{html.escape(link)}" download>{html.escape(str(target))}</a>',
        "#009E73",
    )
    display(marks | {"text/html": page}, raw=True)


def _verdict(answers: Sequence[Answer]) -> list[str]:
    written = [answer for answer in answers if answer.status == WRITTEN]
    lines = [f"Readable: {len(written)} of {len(answers)} exercises are written."]
    for status, told in (
        (UNFINISHED, "Not written yet"),
        (MISSING, "Not found, neither by the id of its cell nor by its line `# exercise: ...`"),
    ):
        names = [answer.exercise.name for answer in answers if answer.status == status]
        if names:
            lines.append(f"{told}: {_listed(names)}.")
    lines += [f"{answer.exercise.name}: {answer.remark}." for answer in answers if answer.remark]
    lines.append(f"Checks that you have run since the notebook was opened: {PROGRESS.summary}.")
    return lines


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _ago(seconds: float) -> str:
    return f"{seconds:.0f} seconds ago" if seconds < 120 else f"{seconds / 60:.0f} minutes ago"


def _fold(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.splitlines() if line.strip())
