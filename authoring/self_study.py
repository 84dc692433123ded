"""The self-study edition: each exercise is followed by its solution, folded away."""

from nbformat import NotebookNode, v4

from authoring.course import Practical
from authoring.regions import solution_lines, without_markers

# Colab folds a form, JupyterLab a hidden source, Jupyter Book the tag.
_FOLDED = {"cellView": "form", "jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
# Where nobody grades, nothing is handed in.
_GRADED_ONLY = "graded-only"


def self_study_notebook(
    practical: Practical, solved: NotebookNode, graded: NotebookNode
) -> NotebookNode:
    """The graded edition without nbgrader's metadata, with solutions; its badge opens itself."""
    answers = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in solved.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    notebook = v4.new_notebook(metadata=graded.metadata)
    for cell in graded.cells:
        if _GRADED_ONLY in cell.metadata.get("tags", []):
            continue
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        notebook.cells.append(_plain_cell(cell, practical))
        if grade_id in answers:
            notebook.cells.append(_solution_cell(answers[grade_id]))
    return notebook


def _plain_cell(cell: NotebookNode, practical: Practical) -> NotebookNode:
    plain = cell.copy()
    plain.metadata = {
        key: value
        for key, value in cell.metadata.items()
        if key not in ("nbgrader", "deletable", "editable")
    }
    graded, own = practical.graded.as_posix(), practical.self_study.as_posix()
    plain.source = cell.source.replace(f"/{graded}", f"/{own}")
    return plain


def _solution_cell(solved: NotebookNode) -> NotebookNode:
    cell_id = f"{solved.id}-solution"
    if solved.cell_type == "code":
        code = f"# @title Solution\n{without_markers(solved.source)}"
        return v4.new_code_cell(code, id=cell_id, metadata=_FOLDED)
    text = "\n".join(solution_lines(solved.source))
    folded = f"<details><summary>One possible answer</summary>\n\n{text}\n\n</details>"
    return v4.new_markdown_cell(folded, id=cell_id)
