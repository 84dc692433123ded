"""What the course knows of its assignment: the released notebook, taken apart."""

import json
import re
from dataclasses import dataclass

from autograder.reading.notebook import read_cell

_DEFINITION = re.compile(
    r"^(?:(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|(\w+)[ \t]*=(?!=))", re.MULTILINE
)


@dataclass(frozen=True)
class Exercise:
    """What the course knows of an exercise: the released stub and the names it defines."""

    stub: str
    names: frozenset[str]


@dataclass(frozen=True)
class Assignment:
    """The released notebook, taken apart: id -> source for each kind of cell.

    `notebook` is the name of its file, `released` its content.
    """

    name: str
    notebook: str
    released: dict
    exercises: dict[str, Exercise]
    tests: dict[str, str]
    reflections: dict[str, str]
    others: dict[str, str]


def read_assignment(name: str, notebook: str, content: bytes) -> Assignment:
    """Take the released notebook apart by its nbgrader metadata."""
    released = json.loads(content)
    exercises, tests, reflections, others = {}, {}, {}, {}
    for raw in released["cells"]:
        cell = read_cell(raw)
        nbgrader = raw["metadata"].get("nbgrader", {})
        if cell.kind == "markdown" and nbgrader.get("solution"):
            reflections[cell.grade_id] = cell.source
        elif nbgrader.get("solution"):
            exercises[cell.grade_id] = Exercise(cell.source, frozenset(defined_names(cell.source)))
        elif nbgrader.get("grade"):
            tests[cell.grade_id] = cell.source
        elif cell.kind == "code":
            others[cell.cell_id] = cell.source
    return Assignment(name, notebook, released, exercises, tests, reflections, others)


def defined_names(source: str) -> set[str]:
    """Names bound at the top level, as the text shows them: a hostile text is not even parsed."""
    return {function or variable for function, variable in _DEFINITION.findall(source)}


def fold(source: str) -> str:
    """Without what editors change by themselves: white space at ends of lines, empty lines."""
    return "\n".join(line.rstrip() for line in source.splitlines() if line.strip())
