"""The graded edition, made by nbgrader's own `generate_assignment` in a scratch course."""

import os
import sys
import tempfile
from pathlib import Path
from unittest import mock

from nbgrader.apps import NbGraderAPI
from traitlets.config.loader import PyFileConfigLoader

from authoring.course import AuthoringError, Course, Practical

CONFIG = "nbgrader_config.py"


def graded_files(course: Course, practical: Practical, solved: bytes) -> dict[str, bytes]:
    """What nbgrader releases for the solved notebook: file name -> content.

    The instructor's gradebook is not touched. `AuthoringError` carries nbgrader's log.
    """
    with tempfile.TemporaryDirectory() as scratch:
        config = PyFileConfigLoader(CONFIG, path=str(course.root)).load_config()
        config.CourseDirectory.root = scratch
        config.CourseDirectory.db_url = f"sqlite:///{scratch}/gradebook.db"
        config.NbGraderAPI.log_level = "ERROR"
        source = Path(scratch, practical.solved)
        source.parent.mkdir(parents=True)
        source.write_bytes(solved)
        text = course.root / practical.source
        (source.parent / text.name).write_bytes(text.read_bytes())
        # nbgrader starts `alembic` by its bare name, which only an activated environment finds.
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        with mock.patch.dict(os.environ, PATH=path):
            api = NbGraderAPI(config=config)
            result = api.generate_assignment(practical.assignment, force=True)
        if not result["success"]:
            raise AuthoringError(f"nbgrader generate_assignment failed:\n{result['log']}")
        released = Path(scratch, practical.graded).parent
        return {path.name: path.read_bytes() for path in sorted(released.rglob("*"))}
