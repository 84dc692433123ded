"""The practical where there is no network: on a student's machine, and on a simulated Colab."""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from authoring.course import Course
from autograder.sandbox.bwrap import find_bwrap

pytestmark = pytest.mark.slow
SOLVED = "solutions/recommender_systems/Recommender_Systems.ipynb"
GRADED = "notebooks/recommender_systems/Recommender_Systems.ipynb"
SELF_STUDY = "notebooks/self_study/Recommender_Systems.ipynb"
# What is appended to a notebook: where it found the course, and whether it is alone.
PROBE = """
import socket
from pathlib import Path
import helpers
print("course:", Path(helpers.__file__).parent.parent)
try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)
except OSError as refused:
    print("network:", refused)
"""


def run_alone(notebook, folder, environment=os.environ):
    """Execute `notebook` in `folder` with every socket shut but the kernel's own on loopback.

    The kernel is plain ipykernel, as in VS Code.
    """
    content = nbformat.read(notebook, 4)
    content.cells.append(nbformat.v4.new_code_cell(PROBE))
    nbformat.write(content, folder / "probed.ipynb")
    walls = [find_bwrap(), "--dev-bind", "/", "/", "--unshare-net", "--unshare-pid"]
    walls += ["--proc", "/proc", "--die-with-parent", "--chdir", str(folder)]
    program = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace"]
    program += ["--log-level=ERROR", "--ExecutePreprocessor.timeout=600", "probed.ipynb"]
    done = subprocess.run([*walls, *program], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    cells = [c for c in nbformat.read(folder / "probed.ipynb", 4).cells if c.cell_type == "code"]
    (folder / "probed.ipynb").unlink()
    texts = ["".join(output.get("text", "") for output in cell.outputs) for cell in cells]
    assert "network: [Errno 101] Network is unreachable" in texts[-1]
    return cells, texts


def passes(texts):
    """How many checks say that everything passes."""
    return sum("every check passes" in text for text in texts)


@pytest.mark.parametrize(("edition", "right"), [(SOLVED, 12), (GRADED, 0)])
def test_an_edition_runs_from_embedded_data_without_a_network(edition, right, course_copy):
    cells, texts = run_alone(course_copy / edition, (course_copy / edition).parent)
    assert passes(texts) == right
    assert f"course: {course_copy}" in texts[-1]
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)


@pytest.fixture
def colab(course_copy, tmp_path):
    """An empty folder, and git that finds the course's public address on this machine alone."""
    opened = Course(course_copy)
    public = tmp_path / "public"
    shutil.copytree(course_copy, public, ignore=shutil.ignore_patterns("build", "hand_in"))
    git = ["git", "-c", "user.name=Course", "-c", "user.email=course@localhost", "-C", str(public)]
    for command in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["commit", "--quiet", "--message=Release"],
        ["tag", opened.release_tag],
    ):
        subprocess.run([*git, *command], check=True)
    settings = tmp_path / "gitconfig"
    address = f"https://github.com/{opened.repository}"
    settings.write_text(f'[url "file://{public}"]\n\tinsteadOf = {address}\n')
    content = tmp_path / "content"
    content.mkdir()
    # Somebody looks on: widgets are made, and TensorBoard starts.
    here = {name: value for name, value in os.environ.items() if name != "RECSYS_HEADLESS"}
    return content, here | {"GIT_CONFIG_GLOBAL": str(settings), "HOME": str(tmp_path)}


def test_on_a_simulated_colab_the_self_study_edition_fetches_the_course_and_runs_through(
    course_copy, colab
):
    content, environment = colab
    shutil.copy2(course_copy / SELF_STUDY, content)
    cells, texts = run_alone(content / "Recommender_Systems.ipynb", content, environment)
    assert f"course: {content / 'recommender-systems'}" in texts[-1]
    assert re.search(r"Python 3\.\d+\.\d+, .*numpy \d", texts[0])
    assert passes(texts) == 12
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)


def test_a_course_that_cannot_be_fetched_is_a_sentence(course_copy, tmp_path):
    notebook = nbformat.read(course_copy / SELF_STUDY, 4)
    source = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    program = [sys.executable, "-c", source]
    alone = [find_bwrap(), "--dev-bind", "/", "/", "--unshare-net", "--chdir", str(tmp_path)]
    done = subprocess.run([*alone, *program], capture_output=True, text=True)
    assert done.returncode != 0
    assert "The course could not be fetched from https://github.com/" in done.stderr
    assert "Traceback" not in done.stderr
