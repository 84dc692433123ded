"""Grade with stock nbgrader, in a course folder of its own."""

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader


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
    with _environment():
        _require(NbGraderAPI(config=config).generate_assignment(assignment, force=True))


def autograde(config: Config, assignment: str, student: str) -> None:
    """`nbgrader autograde`, then `nbgrader generate_feedback`, for one student."""
    with _environment():
        api = NbGraderAPI(config=config)
        _require(api.autograde(assignment, student, force=True))
        _require(api.generate_feedback(assignment, student, force=True))


def scores(config: Config, assignment: str, student: str) -> dict[str, tuple[float, float]]:
    """Automatic points and maximum by test cell, from the gradebook."""
    with _environment(), Gradebook(config.CourseDirectory.db_url) as gradebook:
        submission = gradebook.find_submission(assignment, student)
        return {
            grade.name: (grade.auto_score or 0.0, grade.max_score)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.cell.cell_type == "code"
        }


@contextmanager
def _environment() -> Iterator[None]:
    """nbgrader starts `alembic` by its bare name; notebooks run without opening anything."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    with mock.patch.dict(os.environ, PATH=path, RECSYS_HEADLESS="1"), warnings.catch_warnings():
        # nbgrader 0.9 trips over SQLAlchemy 2's autoflush, to no effect.
        warnings.simplefilter("ignore", SAWarning)
        yield


def _require(result: dict) -> None:
    if not result["success"]:
        raise StockError(result.get("error") or result["log"])
