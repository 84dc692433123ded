"""Sample submissions, made from the solved and the released notebook."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.demo.hostile import ATTACKS


def answer_ids(solved: NotebookNode) -> list[str]:
    """The ids of the code answers, in order."""
    return [
        cell.metadata.nbgrader.grade_id
        for cell in solved.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    ]


def submission(released: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    """The released notebook with `answers` (id -> source) filled in."""
    filled = released.copy()
    filled.cells = [cell.copy() for cell in released.cells]
    for cell in filled.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell.source = answers[grade_id]
    return filled


def write_samples(released: Path, solved: Path, submitted: Path, assignment: str) -> list[str]:
    """Write four submissions as nbgrader expects them; returns the students' names.

    `all_right`, `half_done` and `blank` are what their names say; `hostile` attacks the grader in
    some exercises and is right in all others.
    """
    notebook = nbformat.read(released, as_version=4)
    solution = nbformat.read(solved, as_version=4)
    exercises = answer_ids(solution)
    right = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in solution.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") in exercises
    }
    samples = {
        "all_right": right,
        "half_done": {name: right[name] for name in exercises[: len(exercises) // 2]},
        "blank": {},
        "hostile": right | ATTACKS,
    }
    for student, answers in samples.items():
        target = submitted / student / assignment / released.name
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(submission(notebook, answers), target)
    return list(samples)
