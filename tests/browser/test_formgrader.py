"""A teacher reads a reflection in nbgrader's formgrader, inside JupyterLab."""

import subprocess
import sys

import nbformat
import pytest

from autograder.demo.samples import submission

pytestmark = pytest.mark.browser
NAME = "recommender_systems/Recommender_Systems.ipynb"
ANSWER = "Who buys a book likes it; who passes by may not have seen it."
COMMENT = "Which of these signs would you trust most?"


@pytest.fixture(scope="module")
def graded(course_copy, solutions):
    """Ada's submission, graded automatically: one exercise solved, one reflection written."""
    released = nbformat.read(course_copy / "notebooks" / NAME, 4)
    answers = {"sparsity": solutions["sparsity"], "bookshop": ANSWER}
    target = course_copy / "build/submitted/ada" / NAME
    target.parent.mkdir(parents=True)
    nbformat.write(submission(released, answers), target)
    command = [sys.executable, "-m", "autograder", "grade", "build/submitted", "--workers", "1"]
    subprocess.run(command, cwd=course_copy, check=True, capture_output=True)
    return course_copy


def manual_score(root, exercise):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as gradebook:
        (notebook,) = gradebook.find_submission("recommender_systems", "ada").notebooks
        (grade,) = [grade for grade in notebook.grades if grade.name == exercise]
        (comment,) = [comment for comment in notebook.comments if comment.name == exercise]
        return grade.manual_score, comment.manual_comment


def test_a_reflection_is_read_scored_and_commented(graded, page, server, shot):
    base, token = server.split("/?")
    page.goto(f"{base}/lab?{token}")
    page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").click()
    page.locator(".lm-Menu-itemLabel").get_by_text("Formgrader", exact=True).click()
    form = page.frame_locator("iframe")
    form.get_by_role("link", name="Manual Grading").click()
    form.get_by_role("link", name="recommender_systems").click()
    form.get_by_role("link", name="Recommender_Systems").last.click()
    form.get_by_role("link", name="Submission #1").click()

    score = form.locator("#bookshop")
    score.scroll_into_view_if_needed()
    form.get_by_text(ANSWER).wait_for()
    assert form.get_by_text("Rubric.").first.is_visible()
    shot("reflection")
    score.fill("1.5")
    form.get_by_placeholder("Comments").first.fill(COMMENT)
    form.get_by_placeholder("Comments").first.blur()
    page.wait_for_timeout(1500)
    shot("scored")
    assert manual_score(graded, "bookshop") == (1.5, COMMENT)
