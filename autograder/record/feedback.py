"""The page that a student gets back."""

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from autograder.reading.submission import Submission

TEMPLATES = Path(__file__).parent / "templates"
STATUS_TEXT = {
    "passed": "all right",
    "partial": "partly right",
    "failed": "not right yet",
    "not_attempted": "not written yet",
    "error": "raises an error",
    "timeout": "took too long",
    "memory": "used too much memory",
    "crashed": "ended its process",
    "missing": "not found",
}


def feedback_page(result: dict, submission: Submission) -> bytes:
    """One self-contained page: per exercise the points, the messages and the student's own code.

    It shows the names and messages of checks, never what they expect.
    """
    page = _template("feedback.html").render(
        result=result, answers=submission.answers, status_text=STATUS_TEXT
    )
    return page.encode("utf-8", "backslashreplace")


@functools.cache
def _template(name: str) -> Template:
    return environment().get_template(name)


def environment() -> Environment:
    """Templates in which everything is escaped."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
