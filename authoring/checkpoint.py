"""Make `data/checkpoint.npz`: the trained model that steps in for an unfinished one."""

from pathlib import Path

from nbformat import v4

from authoring.course import AuthoringError, Course, Practical
from authoring.execute import execute
from authoring.source import read_source

TARGET = Path("data", "checkpoint.npz")
_TAG = "checkpoint"
# Runs in the practical's kernel, where the model is. One byte per number, in steps of the largest
# over 127, is a third of the size and moves the validation error by less than a thousandth.
_SAVE = """
import os, runpy
target = course / "data" / "checkpoint.npz"
packed = {}
for name, leaf in sorted(state.params["params"].items()):
    table = np.asarray(leaf["embedding"])
    step = np.float32(np.abs(table).max() / 127)
    packed |= {name: np.round(table / step).astype(np.int8), f"{name}.step": step}
np.savez_compressed(target.with_name("partial.npz"), **packed)
os.replace(target.with_name("partial.npz"), target)
runpy.run_path(str(course / "data" / "build.py"))["write_checksums"]()
"""


def make_checkpoint(course: Course, practical: Practical) -> Path:
    """Run the practical as far as the cell tagged `checkpoint` and save its `state`."""
    notebook = read_source(course, practical)
    tagged = [n for n, cell in enumerate(notebook.cells) if _TAG in cell.metadata.get("tags", [])]
    if not tagged:
        raise AuthoringError(f"{practical.source} has no cell with the tag {_TAG!r}.")
    notebook.cells = [*notebook.cells[: tagged[0] + 1], v4.new_code_cell(_SAVE)]
    execute(notebook, (course.root / practical.source).parent, lambda done, total: None)
    return TARGET
