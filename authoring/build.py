"""All editions of a practical as bytes, and the command that writes them."""

from collections.abc import Callable
from pathlib import Path

import nbformat

from authoring.badges import stamp_readme
from authoring.course import Course, Practical
from authoring.execute import take_outputs, with_outputs
from authoring.files import notebook_bytes, read_notebook, write_if_changed
from authoring.graded import graded_files
from authoring.self_study import self_study_notebook
from authoring.source import read_source

Progress = Callable[[int, int], None]


def student_editions(course: Course, practical: Practical, solved: bytes) -> dict[Path, bytes]:
    """The graded edition and whatever nbgrader releases with it, and the self-study edition."""
    released = graded_files(course, practical, solved)
    graded = nbformat.reads(released[practical.graded.name].decode(), as_version=4)
    own = self_study_notebook(practical, nbformat.reads(solved.decode(), as_version=4), graded)
    folder = practical.graded.parent
    return {folder / name: content for name, content in released.items()} | {
        practical.self_study: notebook_bytes(own)
    }


def build(course: Course, practical: Practical, force: bool, progress: Progress) -> list[Path]:
    """Write every edition; returns the paths that changed."""
    notebook = with_outputs(course, practical, read_source(course, practical), force, progress)
    solved = notebook_bytes(notebook)
    editions = {practical.solved: solved} | student_editions(course, practical, solved)
    return [
        path for path, content in editions.items() if write_if_changed(course.root / path, content)
    ] + stamp_readme(course)


def solved_as_committed(course: Course, practical: Practical) -> bytes:
    """The bytes that the solved edition should have, with the outputs that it has."""
    notebook = read_source(course, practical)
    path = course.root / practical.solved
    if path.exists():
        take_outputs(notebook, read_notebook(path))
    return notebook_bytes(notebook)
