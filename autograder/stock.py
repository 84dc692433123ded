"""Grade with stock nbgrader, in a course folder of its own."""

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.nbgrader_quirks import nbgrader_environment


class StockError(Exception):
    """nbgrader could not do its work; the message carries its log."""


def stock_config(course: Path, root: Path) -> Config:
    """The course's nbgrader configuration, with everything under `root`."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = f"sqlite:///{root}/build/gradebook.db"
    config.NbGraderAPI.log_level = "ERROR"
    return config


def release(config: Config, assignment: str) -> None:
    """`nbgrader generate_assignment`."""
    with nbgrader_environment():
        _require(NbGraderAPI(config=config).generate_assignment(assignment, force=True))


def autograde(config: Config, assignment: str, student: str) -> None:
    """`nbgrader autograde`, then `nbgrader generate_feedback`, for one student."""
    with nbgrader_environment():
        api = NbGraderAPI(config=config)
        _require(api.autograde(assignment, student, force=True))
        _require(api.generate_feedback(assignment, student, force=True))


def scores(config: Config, assignment: str, student: str) -> dict[str, tuple[float, float]]:
    """Automatic points and maximum by test cell, from the gradebook."""
    with nbgrader_environment(), Gradebook(config.CourseDirectory.db_url) as gradebook:
        submission = gradebook.find_submission(assignment, student)
        return {
            grade.name: (grade.auto_score or 0.0, grade.max_score)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.cell.cell_type == "code"
        }


def _require(result: dict) -> None:
    if not result["success"]:
        raise StockError(result.get("error") or result["log"])
