"""The panel of exercises and points."""

import json
import subprocess
import sys

import jupytext
import pytest

from helpers import progress_panel
from helpers.checks import check
from helpers.notebook.assignment import EXERCISES, Exercise
from helpers.notebook.panel import ProgressPanel
from helpers.notebook.progress import PROGRESS, Progress
from helpers.notebook.widget_view import WIDGET

SMALL = (Exercise("essay", 2, read_by_teacher=True), Exercise("one", 1), Exercise("two", 3))


@pytest.fixture
def progress():
    return Progress(SMALL)


def test_the_exercises_are_those_of_the_practical_in_its_order(course):
    source = jupytext.read(course / "solutions/recommender_systems/Recommender_Systems.py")
    marked = [cell for cell in source.cells if "nbgrader" in cell.metadata]
    points = {
        cell.metadata["nbgrader"]["grade_id"].removesuffix("-tests"): cell.metadata["nbgrader"]
        for cell in marked
        if cell.metadata["nbgrader"]["grade"]
    }
    order = [cell.metadata["nbgrader"] for cell in marked if cell.metadata["nbgrader"]["solution"]]
    assert [
        Exercise(name["grade_id"], points[name["grade_id"]]["points"], name["grade"])
        for name in order
    ] == list(EXERCISES)


def test_points_add_up_and_the_latest_result_counts(progress):
    progress.record("one", 1.0)
    progress.record("two", 1.5)
    assert progress.summary == "1 of 2 exercises done, 2.5 of 4 points"
    progress.record("two", 3.0)
    progress.record("one", 0.0)
    assert progress.summary == "1 of 2 exercises done, 3 of 4 points"


def test_checking_twice_counts_once(progress):
    progress.record("one", 1.0)
    progress.record("one", 1.0)
    assert progress.points == 1.0


def test_an_exercise_of_another_practical_counts_nothing(progress):
    progress.record("attention", 5.0)
    assert progress.points == 0


def test_as_text_each_exercise_has_its_line(progress):
    progress.record("one", 1.0)
    progress.record("two", 1.0)
    assert [line.split() for line in progress.to_text().splitlines()[1:]] == [
        ["\u270e", "essay", "2,", "read", "by", "your", "teacher"],
        ["\N{CHECK MARK}", "one", "1", "of", "1"],
        ["\N{ALMOST EQUAL TO}", "two", "1", "of", "3"],
    ]


def test_the_panel_is_a_widget_that_moves_and_says_so(progress, monkeypatch, capsys):
    monkeypatch.delenv("RECSYS_HEADLESS")
    panel = ProgressPanel(progress)
    bundle = panel._repr_mimebundle_()
    assert bundle[WIDGET]["model_id"]
    assert "1 of 4 points" not in bundle["text/plain"]
    progress.record("one", 1.0)
    assert "1 of 4 points" in panel._widget.value
    assert capsys.readouterr().out == "Your progress: 1 of 2 exercises done, 1 of 4 points\n"
    assert "1 of 4 points" in repr(panel)


def test_where_nobody_looks_on_the_panel_is_a_page(progress):
    bundle = ProgressPanel(progress)._repr_mimebundle_()
    assert WIDGET not in bundle
    assert 'role="progressbar"' in bundle["text/html"]


def test_without_widgets_the_panel_is_text(course):
    program = (
        "import sys, json; sys.modules['ipywidgets'] = None\n"
        "from helpers.notebook.panel import progress_panel\n"
        "print(json.dumps(sorted(progress_panel()._repr_mimebundle_())))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=course, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == ["text/html", "text/plain"]


@pytest.fixture
def fresh(monkeypatch):
    """The course's own progress, as it was before and after this test."""
    monkeypatch.setattr(PROGRESS, "_listeners", {})
    monkeypatch.setattr(PROGRESS, "_points", {})
    progress_panel.cache_clear()
    yield PROGRESS
    progress_panel.cache_clear()


def test_a_check_moves_the_panel_of_the_practical(fresh, capsys):
    assert progress_panel() is progress_panel()
    check("sparsity", {"sparsity": lambda users, items, ratings: 60.0})
    assert fresh.points == 1
    check("sparsity", {"sparsity": lambda users, items, ratings: 61.0})
    assert fresh.points == 0
    said = capsys.readouterr().out
    assert said.index("1 of 30 points") < said.index("0 of 30 points")
