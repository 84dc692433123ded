"""Submissions built from the released notebook, and boxes to grade them in."""

import copy
import json
from collections.abc import Iterator

import pytest

from autograder.compiled import compilation_cache
from autograder.course import Course
from autograder.grading import grade
from autograder.reading.submission import Handed, normalise
from autograder.sandbox import Limits, Sandbox, SandboxError

ASSIGNMENT = "recommender_systems"


@pytest.fixture(scope="session")
def opened(course) -> Course:
    """The course with a key of the tests."""
    return Course.open(course, ASSIGNMENT, "key of the tests")


@pytest.fixture(scope="session")
def sandbox(opened) -> Iterator[Sandbox]:
    """Boxes with short limits of time; no test that needs one runs where none can be had."""
    try:
        cache = compilation_cache(opened, trusted=False)
        limits = Limits(exercise_seconds=6.0, processor_seconds=20)
        with Sandbox(opened.root, limits, cache=cache) as made:
            made.prove()
            yield made
    except SandboxError as error:
        pytest.skip(str(error))


@pytest.fixture
def answered(opened):
    """The released notebook with these answers (id -> source) filled in, as a new dict."""

    def fill(answers: dict[str, str]) -> dict:
        notebook = copy.deepcopy(opened.assignment.released)
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if grade_id in answers:
                cell["source"] = answers[grade_id]
        return notebook

    return fill


@pytest.fixture
def solved(answered, solutions) -> dict:
    """The released notebook with every answer filled in."""
    return answered(solutions)


@pytest.fixture
def read(opened):
    """A notebook (a dict, or bytes) as grading reads it."""

    def reader(content, student: str = "ada"):
        if isinstance(content, dict):
            content = json.dumps(content).encode()
        return normalise(Handed(student, content), opened.assignment)

    return reader


@pytest.fixture
def graded(opened, sandbox, read):
    """The result of a notebook, graded in a box."""

    def grader(content, *only: str, student: str = "ada", boxes: Sandbox = sandbox) -> dict:
        return grade(read(content, student), opened, boxes, only)[0]

    return grader


@pytest.fixture
def ask():
    """The reply of a new box of a sandbox to a call of `sparsity`, of which this is the source."""

    def asker(sandbox: Sandbox, source: str) -> dict:
        with sandbox.start() as box:
            box.wait_until_ready()
            box.load([{"source": source, "exercise": "sparsity"}])
            return box.ask("sparsity", "call", ["sparsity"], {"stand_ins": None}, 20.0)

    return asker
