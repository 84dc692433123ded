"""Prove that what students receive holds no line of a solution, a hidden check or its values."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from authoring.course import Course, Practical
from authoring.regions import public_lines, secret_lines
from authoring.source import read_source

_TEXT = {".py", ".md", ".txt", ".toml", ".json", ".cfg", ".html", ".csv", ".svg", ".yml"}
_GRADING_ROOM = "grading_tests"
# Shorter lines (`return y`, `else:`) say nothing, and everybody writes them.
_SHORTEST = 12
_IMPORT = re.compile(r"^(import|from) ")


@dataclass(frozen=True)
class Leak:
    """A line that must not be in `file`, and what it belongs to."""

    file: str
    line: str
    origin: str

    def __str__(self) -> str:
        return f"{self.file}: line of {self.origin}: {self.line!r}"


def secrets_of(course: Course, practical: Practical) -> dict[str, str]:
    """Secret line -> the exercise or file it belongs to, white space folded."""
    cells = read_source(course, practical).cells
    public = {_fold(line) for cell in cells for line in public_lines(cell.source)}
    secrets = {}
    for cell in cells:
        origin = cell.metadata.get("nbgrader", {}).get("grade_id", "a cell")
        secrets |= {_fold(line): f"`{origin}`" for line in secret_lines(cell.source)}
    for path in sorted((course.root / _GRADING_ROOM).rglob("*.py")):
        lines = path.read_text().splitlines()
        secrets |= {_fold(line): f"{_GRADING_ROOM}/{path.name}" for line in lines}
    return {
        line: origin
        for line, origin in secrets.items()
        if len(line) >= _SHORTEST and line not in public and not _IMPORT.match(line)
    }


def find_leaks(secrets: dict[str, str], folder: Path, helpers: Path | None = None) -> list[Leak]:
    """Every secret line in the text files and notebooks under `folder`.

    A line that also stands in `helpers`, which students receive anyway, is no secret.
    """
    shared = set(_lines_under(helpers)) if helpers else set()
    leaks = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for line in _lines_of(path):
                if line in secrets and line not in shared:
                    leaks.append(Leak(path.relative_to(folder).as_posix(), line, secrets[line]))
                elif _GRADING_ROOM in line:
                    leaks.append(Leak(path.relative_to(folder).as_posix(), line, _GRADING_ROOM))
    return leaks


def notebook_leaks(secrets: dict[str, str], name: str, notebook: NotebookNode) -> list[Leak]:
    """The same for one notebook, outputs included."""
    return [
        Leak(name, line, secrets.get(line, _GRADING_ROOM))
        for line in _notebook_lines(notebook)
        if line in secrets or _GRADING_ROOM in line
    ]


def _lines_under(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        yield from _lines_of(path)


def _lines_of(path: Path) -> Iterator[str]:
    if path.suffix == ".ipynb":
        yield from _notebook_lines(json.loads(path.read_text()))
    elif path.suffix in _TEXT:
        yield from map(_fold, path.read_text().splitlines())


def _notebook_lines(notebook: dict) -> Iterator[str]:
    for cell in notebook["cells"]:
        source = cell["source"]
        text = source if isinstance(source, str) else "".join(source)
        yield from map(_fold, text.splitlines())
        yield from map(_fold, json.dumps(cell.get("outputs", [])).split("\\n"))


def _fold(line: str) -> str:
    return " ".join(line.split())
