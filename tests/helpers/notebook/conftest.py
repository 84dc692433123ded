"""The released notebook, as it is and as a student may have left it."""

import json

import pytest

from helpers.notebook.assignment import NOTEBOOK


@pytest.fixture
def released(course):
    return (course / "notebooks/recommender_systems" / NOTEBOOK).read_bytes()


@pytest.fixture
def edited(released):
    """The released notebook after `edit(cells by id, notebook)`, as bytes."""

    def edit(change):
        notebook = json.loads(released)
        change({cell["id"]: cell for cell in notebook["cells"]}, notebook)
        return json.dumps(notebook).encode()

    return edit
