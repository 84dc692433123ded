"""Scores into nbgrader's own gradebook, so that formgrader, late penalties and export work."""

import copy
import logging
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from nbgrader.utils import determine_grade
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.nbgrader_quirks import nbgrader_environment
from autograder.reading.assignment import Assignment
from autograder.reading.collect import printable
from autograder.reading.submission import Submission
from autograder.record.files import write_atomically

_LOG = logging.getLogger("autograder.gradebook")


class GradebookWriter(AbstractContextManager):
    """The one writer of a course's gradebook; use it as a context manager."""

    def __init__(self, root: Path, assignment: Assignment, config: Config | None = None):
        self._config = config or nbgrader_config(root)
        self._folder = CourseDirectory(config=self._config)
        self._assignment = assignment
        self._notebook = Path(assignment.notebook).stem
        self._released = nbformat.from_dict(assignment.released)
        self._late = AssignLatePenalties(config=self._config)
        self._late.log.setLevel(logging.ERROR)

    def __enter__(self) -> "GradebookWriter":
        url = self._folder.db_url
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        self._around = ExitStack()
        self._around.enter_context(nbgrader_environment())
        self._prepare()
        self._gradebook = Gradebook(url, self._folder.course_id)
        return self

    def __exit__(self, *_) -> None:
        self._gradebook.close()
        self._around.close()

    def record(self, result: dict, submission: Submission, folder: str) -> None:
        """The automatic scores of one submission; what graders gave by hand stays.

        `folder` is the name of the student's folder, which is who nbgrader says they are.
        """
        graded = graded_notebook(self._released, result, submission)
        name, gradebook = self._assignment.name, self._gradebook
        gradebook.update_or_create_student(folder)
        source = self._folder.format_path(self._folder.submitted_directory, folder, name)
        timestamp = self._folder.get_existing_timestamp(source)
        when = {"timestamp": timestamp} if timestamp else {}
        handed_in = gradebook.update_or_create_submission(name, folder, **when)
        entry = gradebook.find_submission_notebook(self._notebook, name, folder)
        cells = {cell.metadata.nbgrader.grade_id: cell for cell in _nbgrader_cells(graded)}
        graded_here = {*submission.reflections, *(f"{name}-tests" for name in result["exercises"])}
        # All at once: each grade would ask the database for its own.
        named = {cell.id: cell.name for cell in entry.notebook.grade_cells}
        for grade in entry.grades:
            cell = named.get(grade.cell_id)
            # nbgrader takes a test cell without output for one that passed.
            if cell in cells and cell in graded_here:
                grade.auto_score, _ = determine_grade(cells[cell], _LOG)
                by_hand = grade.manual_score is not None or grade.auto_score is None
                grade.needs_manual_grade = by_hand
        entry.late_submission_penalty = None
        gradebook.db.commit()
        if handed_in.total_seconds_late > 0:
            self._penalise(folder)
        path = self._folder.format_path(self._folder.autograded_directory, folder, name)
        target = Path(path, self._assignment.notebook)
        write_atomically(target, nbformat.writes(graded).encode())

    def _penalise(self, folder: str) -> None:
        about = {"notebook": self._notebook, "assignment": self._assignment.name}
        about |= {"student": folder, "db_url": self._folder.db_url}
        self._late.preprocess(nbformat.v4.new_notebook(), {"nbgrader": about})

    def _prepare(self) -> None:
        """What `nbgrader generate_assignment` would have put there, where nobody has run it."""
        name, url = self._assignment.name, self._folder.db_url
        with Gradebook(url, self._folder.course_id) as gradebook:
            try:
                gradebook.find_notebook(self._notebook, name)
            except MissingEntry:
                gradebook.update_or_create_assignment(name)
            else:
                return
        source = self._folder.format_path(self._folder.source_directory, ".", name)
        path = Path(source, self._assignment.notebook)
        notebook = nbformat.read(path, as_version=4) if path.is_file() else self._released
        about = {"notebook": self._notebook, "assignment": name, "db_url": url}
        SaveCells(config=self._config).preprocess(copy.deepcopy(notebook), {"nbgrader": about})


def nbgrader_config(root: Path) -> Config:
    """The course's own configuration, read from `root`."""
    config = Config()
    if (root / "nbgrader_config.py").is_file():
        config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.CourseDirectory.root = str(root)
    url = config.CourseDirectory.get("db_url") or "sqlite:///gradebook.db"
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////"):
        config.CourseDirectory.db_url = f"sqlite:///{root}/{url.removeprefix('sqlite:///')}"
    return config


def final_scores(config: Config, assignment: str) -> dict[str, float]:
    """Student -> points of the gradebook: automatic, by hand, less what late penalties take.

    Empty where nobody's submission was recorded.
    """
    folder = CourseDirectory(config=config)
    with nbgrader_environment(), Gradebook(folder.db_url, folder.course_id) as gradebook:
        try:
            submissions = gradebook.assignment_submissions(assignment)
        except MissingEntry:
            return {}
        return {
            printable(found.student_id): max(0.0, found.score - found.late_submission_penalty)
            for found in submissions
        }


def graded_notebook(released: NotebookNode, result: dict, submission: Submission) -> NotebookNode:
    """Our notebook with the student's answers, and under each test cell what the checks found."""
    graded = released.copy()
    graded.cells = [cell.copy() for cell in released.cells]
    for cell in _nbgrader_cells(graded):
        name = cell.metadata.nbgrader.grade_id
        exercise = result["exercises"].get(name.removesuffix("-tests"))
        if name in submission.reflections:
            cell.source = submission.reflections[name]
        elif submission.answers.get(name):
            cell.source = "\n\n".join(submission.answers[name])
        elif exercise and cell.metadata.nbgrader.grade:
            cell.outputs = _outputs(exercise)
    return graded


def _outputs(exercise: dict) -> list[NotebookNode]:
    lines = [
        f"{'+' if check['passed'] else '-'} {check['name']} ({check['points']:g})"
        + (f": {check['message']}" if check["message"] else "")
        for check in exercise["checks"]
    ]
    points = nbformat.v4.new_output(
        "execute_result", {"text/plain": str(exercise["score"])}, execution_count=1
    )
    return [nbformat.v4.new_output("stream", text="\n".join(lines) + "\n"), points]


def _nbgrader_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if "grade_id" in cell.metadata.get("nbgrader", {})]
