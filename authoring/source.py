"""The text source as a notebook: stable cell ids, addresses stamped, no outputs yet."""

import hashlib

import jupytext
from nbformat import NotebookNode, v4

from authoring.course import AuthoringError, Course, Practical

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def read_source(course: Course, practical: Practical) -> NotebookNode:
    """The solved practical, without outputs, its badge pointing to the graded edition."""
    path = course.root / practical.source
    try:
        parsed = jupytext.read(path)
    except Exception as error:
        raise AuthoringError(f"{practical.source} is no jupytext script: {error}") from error
    notebook = v4.new_notebook(
        metadata={"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    )
    taken: set[str] = set()
    for cell in parsed.cells:
        cell.source = _stamp(cell.source, course, practical)
        cell.id = _cell_id(cell, taken)
        taken.add(cell.id)
        notebook.cells.append(cell)
    return notebook


def _stamp(text: str, course: Course, practical: Practical) -> str:
    if "@@RELEASE@@" in text:
        text = text.replace("@@RELEASE@@", course.release_tag)
    text = text.replace("@@REPOSITORY@@", course.repository)
    return text.replace("@@NOTEBOOK@@", practical.graded.as_posix())


def _cell_id(cell: NotebookNode, taken: set[str]) -> str:
    """The grade_id, else a hash of the cell: a cell put in front changes no other id."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    if grade_id:
        return grade_id
    digest = hashlib.sha256(f"{cell.cell_type}\0{cell.source}".encode()).hexdigest()[:8]
    while digest in taken:
        digest = hashlib.sha256(digest.encode()).hexdigest()[:8]
    return digest


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Its code cells, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def code_digest(notebook: NotebookNode) -> str:
    """A digest of all code: outputs belong to it and to no other."""
    code = "\0".join(cell.source for cell in code_cells(notebook))
    return hashlib.sha256(code.encode()).hexdigest()
