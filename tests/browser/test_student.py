"""A student's hour in JupyterLab: answers, checks, progress, posters, search, projector."""

import re

import nbformat
import pytest

from helpers.notebook.hand_in import WRITTEN, read_answers

pytestmark = pytest.mark.browser
GRADED = "notebooks/recommender_systems/Recommender_Systems.ipynb"
SHARE_OF_FULL_CELLS = """# exercise: sparsity
def sparsity(num_users: int, num_items: int, num_ratings: int) -> float:
    return num_ratings / (num_users * num_items)
"""


@pytest.fixture
def notebook(open_notebook):
    """The student edition."""
    return open_notebook(GRADED)


def answer(notebook, exercise, source):
    """Write an answer, run it, and return what its check says."""
    cell = notebook.cell(f"# exercise: {exercise}\n")
    notebook.write(cell, source)
    notebook.run(cell)
    return notebook.run(notebook.cell(f'check("{exercise}")')).inner_text()


def test_answers_move_the_progress_panel_and_are_handed_in(
    notebook, page, shot, solutions, course_copy
):
    notebook.run(notebook.cell("# Find the course"))
    shot("set-up")
    notebook.run(notebook.cell("config = Config()"))
    panel = notebook.run(notebook.cell("progress_panel()"))
    progress = panel.get_by_text("exercises done")
    assert "0 of 12 exercises done, 0 of 30 points" in progress.text_content()
    shot("start")

    said = answer(notebook, "sparsity", SHARE_OF_FULL_CELLS)
    assert "not right yet" in said
    assert re.search(r"yours:\s+0\.4\s+expected:\s+60", said)
    assert "0 of 12 exercises done, 0 of 30 points" in progress.text_content()
    shot("wrong")

    assert "every check passes" in answer(notebook, "sparsity", solutions["sparsity"])
    shot("right")
    assert "1 of 12 exercises done, 1 of 30 points" in progress.text_content()
    assert "every check passes" in answer(notebook, "baseline", solutions["baseline"])
    assert "2 of 12 exercises done, 3 of 30 points" in progress.text_content()
    notebook.cell("progress_panel()")
    shot("progress")

    said = notebook.run(notebook.cell("save_and_submit()")).inner_text()
    shot("handed in")
    assert "2 of 14 exercises are written" in said
    (handed_in,) = (course_copy / "hand_in").glob("*.ipynb")
    written = [a.exercise.name for a in read_answers(handed_in.read_bytes()) if a.status == WRITTEN]
    assert written == ["sparsity", "baseline"]
    assert nbformat.read(handed_in, 4).cells


def test_an_unfinished_notebook_runs_and_shows_posters_neighbours_and_the_projector(
    notebook, page, shot
):
    from playwright.sync_api import expect  # late, as in conftest.py

    page.set_viewport_size({"width": 1500, "height": 1050})
    notebook.run_all()
    assert notebook.errors() == []

    search = notebook.cell("search_dataframe(").locator(".jp-OutputArea").first
    search.get_by_label("Search").fill("")
    search.get_by_label("Search").press_sequentially("terminator", delay=40)
    hit = search.get_by_alt_text("Poster of Terminator, The (1984)")
    hit.wait_for()
    expect(search.get_by_alt_text("Poster of")).to_have_count(3)
    assert hit.evaluate("poster => poster.naturalWidth") > 0
    shot("hits")
    search.get_by_role("button", name="more like this").nth(1).click()
    search.get_by_text("Nearest to Terminator, The (1984)").wait_for()
    expect(search.get_by_alt_text("Poster of")).to_have_count(3 + 5)
    search.get_by_text("Nearest to").scroll_into_view_if_needed()
    shot("neighbours")

    board = notebook.cell("open_projector(").locator("iframe")
    board.scroll_into_view_if_needed()
    projector = board.content_frame.frame_locator("iframe").frame_locator("iframe")
    projector.get_by_text("Points: 1303").wait_for(timeout=60_000)
    beside = projector.locator("vz-projector-inspector-panel")
    beside.get_by_label("Search").first.fill("Terminator")
    beside.get_by_text("The Terminator", exact=True).click()
    beside.get_by_text("Nearest points in the original space").wait_for()
    shot("projector")
    label = projector.locator("vz-projector-metadata-card")
    for told in ("The Terminator", "1984", "Action|Sci-Fi|Thriller", "158"):
        assert label.get_by_text(told).first.is_visible()
    assert beside.get_by_text("Terminator 2: Judgment Day", exact=True).is_visible()
