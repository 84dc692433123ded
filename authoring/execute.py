"""Run the solved practical and keep its outputs, for as long as its code stays the same."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from authoring.course import AuthoringError, Course, Practical
from authoring.files import read_notebook, write_if_changed
from authoring.pictures import lighten_pictures
from authoring.source import code_cells, code_digest

EXECUTED = Path("authoring", "executed.json")
_TIMEOUT_SECONDS = 600
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def with_outputs(
    course: Course,
    practical: Practical,
    notebook: NotebookNode,
    force: bool,
    report: Callable[[int, int], None],
) -> NotebookNode:
    """`notebook` with the outputs of its committed edition if its code is the same, else executed.

    `report(cells done, cells in all)` is called as it goes. `AuthoringError` names a failing cell.
    """
    digest = code_digest(notebook)
    committed = course.root / practical.solved
    if not force and outputs_belong(course, practical, notebook):
        take_outputs(notebook, read_notebook(committed))
        return notebook
    execute(notebook, committed.parent, report)
    lighten_pictures(notebook)
    _forbid_paths_of_this_machine(notebook, course.root)
    record = _read_record(course) | {practical.solved.as_posix(): digest}
    content = json.dumps(record, indent=1, sort_keys=True) + "\n"
    write_if_changed(course.root / EXECUTED, content.encode())
    return notebook


def take_outputs(notebook: NotebookNode, executed: NotebookNode) -> None:
    """Give `notebook` the outputs of another with the same code, cell by cell in their order."""
    for cell, other in zip(code_cells(notebook), code_cells(executed), strict=False):
        cell.outputs, cell.execution_count = other.outputs, other.execution_count


def outputs_belong(course: Course, practical: Practical, notebook: NotebookNode) -> bool:
    """Whether the committed solved edition was executed from this very code."""
    recorded = _read_record(course).get(practical.solved.as_posix())
    return (course.root / practical.solved).exists() and recorded == code_digest(notebook)


def execute(notebook: NotebookNode, folder: Path, report: Callable[[int, int], None]) -> None:
    """Run every cell in `folder`, headless; `AuthoringError` when one raises or warns on stderr."""
    code = code_cells(notebook)
    metadata = notebook.metadata.copy()
    done = 0

    def count(**_) -> None:
        nonlocal done
        done += 1
        report(done, len(code))

    client = NotebookClient(
        notebook,
        timeout=_TIMEOUT_SECONDS,
        record_timing=False,
        store_widget_state=False,
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str(folder)}},
        on_cell_executed=count,
    )
    try:
        client.execute(env=os.environ | {"RECSYS_HEADLESS": "1"})
    except CellExecutionError as error:
        said = _ANSI.sub("", error.evalue or str(error))
        first = code[done - 1].source.splitlines()[0] if done else ""
        raise AuthoringError(
            f"The cell that begins {first!r} failed: {error.ename}: {said}"
        ) from None
    # The kernel writes the version of its Python into the notebook, which is nobody's business.
    notebook.metadata = metadata
    for cell in code:
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                first = cell.source.splitlines()[0]
                raise AuthoringError(
                    f"The cell that begins {first!r} wrote to stderr: {output.text}"
                )


def _forbid_paths_of_this_machine(notebook: NotebookNode, root: Path) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "code" and str(root) in json.dumps(cell.outputs):
            first = cell.source.splitlines()[0]
            raise AuthoringError(f"The output of the cell that begins {first!r} names {root}.")


def _read_record(course: Course) -> dict[str, str]:
    path = course.root / EXECUTED
    return json.loads(path.read_text()) if path.exists() else {}
