"""Scores reach nbgrader's gradebook, and its late penalties and manual grades survive."""

import datetime

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.record.gradebook import GradebookWriter, final_scores, nbgrader_config
from grading_tests import EXERCISES

NAME, NOTEBOOK = "recommender_systems", "Recommender_Systems"


@pytest.fixture
def config(course, tmp_path):
    found = nbgrader_config(course)
    found.CourseDirectory.db_url = f"sqlite:///{tmp_path}/gradebook.db"
    found.CourseDirectory.submitted_directory = str(tmp_path / "submitted")
    found.CourseDirectory.autograded_directory = str(tmp_path / "autograded")
    return found


@pytest.fixture
def record(opened, config, read, answered):
    def write(score: float, student: str = "ada", **answers: str) -> None:
        exercises = {
            name: {"score": 0.0, "max_score": 1.0, "status": "failed", "checks": []}
            for name in EXERCISES
        }
        exercises["dot_product"] |= {
            "score": score,
            "checks": [{"name": "shape", "passed": True, "points": score, "message": "fine"}],
        }
        submission = read(answered(answers), student)
        with GradebookWriter(opened.root, opened.assignment, config) as writer:
            writer.record({"exercises": exercises}, submission, student)

    return write


@pytest.fixture
def grade_of(config):
    def find(cell: str, student: str = "ada") -> dict:
        with Gradebook(config.CourseDirectory.db_url) as gradebook:
            grade = gradebook.find_grade(cell, NOTEBOOK, NAME, student)
            return {
                "auto": grade.auto_score,
                "manual": grade.manual_score,
                "by hand": grade.needs_manual_grade,
                "total": grade.notebook.score,
                "penalty": grade.notebook.late_submission_penalty,
            }

    return find


def test_scores_are_recorded_without_a_release_before(record, grade_of):
    record(2.5)
    assert grade_of("dot_product-tests")["auto"] == 2.5
    assert grade_of("sparsity-tests")["auto"] == 0
    assert grade_of("dot_product-tests")["total"] == 2.5


def test_an_exercise_that_was_not_graded_gets_no_points(opened, config, read, answered, grade_of):
    graded = {"score": 2.0, "max_score": 3.0, "status": "partial", "checks": []}
    submission = read(answered({}))
    with GradebookWriter(opened.root, opened.assignment, config) as writer:
        writer.record({"exercises": {"dot_product": graded}}, submission, "ada")
    assert grade_of("dot_product-tests")["auto"] == 2.0
    assert not grade_of("sparsity-tests")["auto"]
    assert grade_of("sparsity-tests")["total"] == 2.0


def test_final_scores_are_automatic_and_by_hand(record, config):
    record(1.0, bookshop="I would ask what they liked.")
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        gradebook.find_grade("bookshop", NOTEBOOK, NAME, "ada").manual_score = 1.5
        gradebook.db.commit()
    assert final_scores(config, NAME) == {"ada": 2.5}
    assert final_scores(config, "another practical") == {}


def test_a_written_reflection_waits_for_a_person_and_an_empty_one_is_zero(record, grade_of):
    record(1.0, bookshop="I would ask what they liked.")
    assert grade_of("bookshop")["by hand"]
    assert grade_of("feedback")["auto"] == 0
    assert not grade_of("feedback")["by hand"]


def test_a_regrade_keeps_what_was_given_by_hand(record, grade_of, config):
    record(1.0, bookshop="I would ask what they liked.")
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        gradebook.find_grade("bookshop", NOTEBOOK, NAME, "ada").manual_score = 1.5
        gradebook.db.commit()
    record(3.0, bookshop="I would ask what they liked.")
    assert grade_of("bookshop")["manual"] == 1.5
    assert grade_of("dot_product-tests")["total"] == 4.5


def test_late_penalties_are_nbgraders(record, grade_of, config, tmp_path):
    config.LateSubmissionPlugin.penalty_method = "zero"
    record(2.0)
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        due = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
        gradebook.update_or_create_assignment(NAME, duedate=due)
    folder = tmp_path / "submitted" / "ada" / NAME
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text("2026-11-02 10:00:00 UTC")
    record(2.0)
    assert grade_of("dot_product-tests")["penalty"] == 2.0
    (folder / "timestamp.txt").write_text("2026-10-30 10:00:00 UTC")
    record(2.0)
    assert not grade_of("dot_product-tests")["penalty"]


def test_formgrader_finds_the_notebook_with_answers_and_findings(record, tmp_path, opened):
    record(2.5, dot_product="my = 'answer'")
    path = tmp_path / "autograded" / "ada" / NAME / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }
    assert cells["dot_product"].source == "my = 'answer'"
    assert cells["dot_product-tests"].outputs[0].text == "+ shape (2.5): fine\n"
    assert len(notebook.cells) == len(opened.assignment.released["cells"])


@pytest.mark.parametrize("student", ['O\'Neil, "Ann"', "=1+1", "名前", "x; DROP TABLE grade"])
def test_any_student_can_be_recorded(student, record, grade_of):
    record(1.0, student)
    assert grade_of("dot_product-tests", student)["auto"] == 1.0
