"""What is in a notebook that is handed in, as the autograder will see it."""

import json

import pytest

from autograder.reading import notebook as autograders
from autograder.reading.assignment import read_assignment
from autograder.reading.submission import Handed, normalise
from helpers.notebook import hand_in
from helpers.notebook.assignment import NOTEBOOK
from helpers.notebook.hand_in import (
    MISSING,
    UNFINISHED,
    WRITTEN,
    UnreadableNotebookError,
    read_answers,
)

ANSWER = "# exercise: sparsity\ndef sparsity(u, i, r):\n    return 100 - 100 * r / (u * i)\n"


@pytest.fixture
def statuses():
    return lambda content: {a.exercise.name: a.status for a in read_answers(content)}


def test_limits_are_the_autograders():
    for limit in ("MAX_BYTES", "MAX_CELLS", "MAX_SOURCE"):
        assert getattr(hand_in, limit) == getattr(autograders, limit)


def test_nothing_is_written_in_the_released_notebook(released, statuses):
    assert set(statuses(released).values()) == {UNFINISHED}


def test_what_counts_as_written_is_what_the_autograder_will_grade(edited, statuses, released):
    def change(cells, notebook):
        cells["sparsity"]["source"] = ANSWER
        cells["bookshop"]["source"] = "I would ask other readers."
        notebook["cells"].remove(cells["baseline"])
        cells["biases"]["source"] = ""

    content = edited(change)
    found = statuses(content)
    assert found["sparsity"] == found["bookshop"] == WRITTEN
    assert found["baseline"] == MISSING
    assert found["biases"] == found["feedback"] == UNFINISHED
    assignment = read_assignment("recommender_systems", NOTEBOOK, released)
    submission = normalise(Handed("ada", content), assignment)
    assert not submission.unreadable
    assert submission.answers["sparsity"] == [ANSWER]
    assert submission.status["baseline"] == "missing"
    assert submission.status["biases"] == "not_attempted"


@pytest.mark.parametrize(
    "strip",
    [
        lambda cell: cell["metadata"].clear(),
        lambda cell: cell.pop("id"),
        lambda cell: (cell["metadata"].clear(), cell.pop("id")),
        lambda cell: cell.update(metadata={"id": "sparsity"}, id="x", source="return_this = 1"),
    ],
)
def test_an_answer_is_found_whatever_an_editor_dropped(edited, statuses, strip):
    def change(cells, _):
        cells["sparsity"]["source"] = ANSWER
        strip(cells["sparsity"])

    assert statuses(edited(change))["sparsity"] == WRITTEN


def test_an_answer_in_two_cells_is_remarked(edited):
    def change(cells, notebook):
        cells["sparsity"]["source"] = ANSWER
        notebook["cells"].append(cells["sparsity"] | {"id": "copy", "source": ANSWER + "# 2"})

    answer = next(a for a in read_answers(edited(change)) if a.exercise.name == "sparsity")
    assert answer.source.endswith("# 2")
    assert "the last one counts" in answer.remark


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no notebook, or was cut short"),
        (b'{"cells": [', "no notebook, or was cut short"),
        (b"[1, 2]", "no notebook, or was cut short"),
        (b'{"cells": 3}', "no notebook, or was cut short"),
        (b"[" * 100_000, "no notebook, or was cut short"),
        (json.dumps({"cells": [{}] * 2_001}).encode(), "2,001 cells, over 2,000"),
        (b" " * 20_000_001, "Clear its outputs"),
    ],
)
def test_what_the_autograder_could_not_read_is_refused(content, sentence):
    with pytest.raises(UnreadableNotebookError, match=sentence):
        read_answers(content)


def test_a_cell_of_enormous_length_does_not_count(edited):
    def change(cells, _):
        cells["sparsity"]["source"] = ANSWER + "#" * 200_001

    answer = next(a for a in read_answers(edited(change)) if a.exercise.name == "sparsity")
    assert answer.status == MISSING
    assert "200,000 characters" in answer.remark
