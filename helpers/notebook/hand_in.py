"""Look at a notebook as the autograder will: is it readable, and what is in it?"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.errors import CourseError
from helpers.notebook.assignment import EXERCISES, Exercise

# The autograder's own limits; a test compares them.
MAX_BYTES = 20_000_000
MAX_CELLS = 2_000
MAX_SOURCE = 200_000
WRITTEN, UNFINISHED, MISSING = "written", "not written yet", "not found"
_MARKER = re.compile(r"^#\s*exercise:\s*(\w+)\s*$", re.MULTILINE)
_STUB = re.compile(r"^\s*raise NotImplementedError\b|^YOUR ANSWER HERE\s*$", re.MULTILINE)


class UnreadableNotebookError(CourseError):
    """The autograder could not read this file."""


@dataclass(frozen=True)
class Answer:
    """What a notebook holds for one exercise; `source` is that of the last cell with an answer."""

    exercise: Exercise
    status: str
    source: str = ""
    remark: str = ""


def read_answers(content: bytes, exercises: Sequence[Exercise] = EXERCISES) -> list[Answer]:
    """The answers in a notebook's bytes, one for each exercise.

    `UnreadableNotebookError` where the autograder could not take the file.
    """
    cells = _cells(content)
    return [_answer(exercise, cells) for exercise in exercises]


def _cells(content: bytes) -> list[dict[str, Any]]:
    if len(content) > MAX_BYTES:
        raise UnreadableNotebookError(
            f"The notebook has {len(content):,} bytes, over {MAX_BYTES:,}. Clear its outputs "
            "(menu Edit, Clear Outputs of All Cells) and save it again."
        )
    try:
        cells = json.loads(content)["cells"]
        found = [cell for cell in cells if isinstance(cell, dict)]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UnreadableNotebookError(
            "The file is no notebook, or was cut short. Save it again (File, Save Notebook)."
        ) from None
    if len(found) > MAX_CELLS:
        raise UnreadableNotebookError(
            f"The notebook has {len(found):,} cells, over {MAX_CELLS:,}. Delete those that you "
            "do not need."
        )
    return found


def _answer(exercise: Exercise, cells: list[dict[str, Any]]) -> Answer:
    sources = [source_of(cell) for cell in cells if exercise.name in _names(cell)]
    if not sources:
        return Answer(exercise, MISSING)
    if any(len(source) > MAX_SOURCE for source in sources):
        remark = f"a cell has over {MAX_SOURCE:,} characters, which the autograder does not read"
        return Answer(exercise, MISSING, remark=remark)
    written = [source for source in sources if source.strip() and not _STUB.search(source)]
    if not written:
        return Answer(exercise, UNFINISHED, sources[-1])
    remark = "answered in several cells; the last one counts" if len(written) > 1 else ""
    return Answer(exercise, WRITTEN, written[-1], remark)


def source_of(cell: dict[str, Any]) -> str:
    """The text of a cell, which notebooks keep whole or line by line."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(map(str, source))


def exercises_marked(source: str) -> list[str]:
    """The exercises that a cell names in a line `# exercise: ID`."""
    return _MARKER.findall(source)


def _names(cell: dict[str, Any]) -> set[str]:
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    nbgrader = metadata.get("nbgrader")
    # Colab keeps a cell's id in its metadata.
    named = {cell.get("id"), metadata.get("id")}
    if isinstance(nbgrader, dict):
        named.add(nbgrader.get("grade_id"))
    return {name for name in named if isinstance(name, str)} | set(
        exercises_marked(source_of(cell))
    )
