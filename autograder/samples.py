"""Sample submissions, made from the solved and the released notebook."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode


def answer_ids(solved: NotebookNode) -> list[str]:
    """The ids of the code answers, in order."""
    return [
        cell.metadata.nbgrader.grade_id
        for cell in solved.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    ]


def submission(released: NotebookNode, solved: NotebookNode, answered: list[str]) -> NotebookNode:
    """The released notebook with the solutions of the exercises in `answered` filled in."""
    solutions = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in solved.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    filled = released.copy()
    filled.cells = [cell.copy() for cell in released.cells]
    for cell in filled.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answered:
            cell.source = solutions[grade_id]
    return filled


def write_samples(released: Path, solved: Path, submitted: Path, assignment: str) -> list[str]:
    """Write `all_right`, `half_done` and `blank` as nbgrader expects them; returns the names."""
    notebook = nbformat.read(released, as_version=4)
    solution = nbformat.read(solved, as_version=4)
    exercises = answer_ids(solution)
    samples = {
        "all_right": exercises,
        "half_done": exercises[: len(exercises) // 2],
        "blank": [],
    }
    for student, answered in samples.items():
        target = submitted / student / assignment / released.name
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(submission(notebook, solution, answered), target)
    return list(samples)
