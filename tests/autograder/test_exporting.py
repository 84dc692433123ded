"""`python -m autograder export`: files for other systems, and mistakes in a sentence."""

import json

import pytest
from typer.testing import CliRunner

from autograder.commands import app
from autograder.record.store import ResultStore, State


@pytest.fixture
def results(tmp_path):
    """Ada has 2.5 of 3 points, Grace handed in a PDF."""
    store = ResultStore(tmp_path / "results")
    check = {"name": "values", "passed": False, "points": 0.5, "message": "It is off by 3."}
    exercise = {"score": 2.5, "max_score": 3.0, "status": "partial", "checks": [check]}
    for student, status in (("ada", "graded"), ("grace", "unreadable")):
        result = {"student": student, "assignment": "recommender_systems", "score": 2.5}
        result |= {"max_score": 3.0, "status": status, "notes": ["a note"]}
        store.put(State("", "", {}, result | {"exercises": {"one": exercise}}))
    return store.folder


@pytest.fixture
def export():
    """Run the command; gives its exit code and what it said."""

    def run(*arguments):
        done = CliRunner().invoke(app, ["export", *map(str, arguments)])
        return done.exit_code, done.output

    return run


def test_the_instructors_file_stays_and_a_filled_one_lies_beside_it(export, results, tmp_path):
    file = tmp_path / "grades.csv"
    file.write_text("SIS Login ID,Essay\nada,\ngrace,\nbob,1\n")
    code, said = export("canvas", file, "--column", "Essay", "--results", results)
    assert code == 0
    assert file.read_text() == "SIS Login ID,Essay\nada,\ngrace,\nbob,1\n"
    filled = tmp_path / "grades-filled.csv"
    assert filled.read_text() == "SIS Login ID,Essay\nada,2.5\ngrace,\nbob,1\n"
    assert "1 scores in column 'Essay'" in said
    assert "Unreadable, and left for you to look at (1): grace" in said
    assert "Rows without a score, left as they were (2): grace; bob" in said


def test_moodle_fills_its_own_column_of_grades(export, results, tmp_path):
    file, to = tmp_path / "worksheet.csv", tmp_path / "filled.csv"
    file.write_text("Identifier,Email address,Grade\nParticipant 7,ada,\n")
    code, _ = export("moodle", file, "--results", results, "--to", to)
    assert (code, to.read_text()) == (0, "Identifier,Email address,Grade\nParticipant 7,ada,2.5\n")


def test_gradescope_gets_a_results_json_of_each(export, results):
    code, _ = export("gradescope", "--results", results)
    page = json.loads((results / "gradescope" / "ada" / "results.json").read_text())
    assert (code, page["score"]) == (0, 2.5)
    assert page["tests"] == [
        {
            "name": "one: values",
            "number": "1.1",
            "score": 0.5,
            "status": "failed",
            "output": "It is off by 3.",
            "output_format": "text",
            "visibility": "visible",
        }
    ]


def test_mistakes_get_a_sentence(export, results, tmp_path):
    file = tmp_path / "grades.csv"
    file.write_text("SIS Login ID,Essay\nada,\n")
    for arguments, says in (
        (("canvas", file, "--column", "Esay", "--results", results), "no column 'Esay'"),
        (("canvas", file, "--column", "Essay", "--results", tmp_path / "none"), "has no results"),
        (("canvas", tmp_path / "no.csv", "--column", "x", "--results", results), "no.csv"),
    ):
        code, said = export(*arguments)
        assert code == 1
        assert "error: " in said
        assert says in said
