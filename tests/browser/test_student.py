"""A student's hour in JupyterLab: answers, checks, posters, search."""

import re

import pytest

pytestmark = pytest.mark.browser
GRADED = "notebooks/recommender_systems/Recommender_Systems.ipynb"
SHARE_OF_FULL_CELLS = """# exercise: sparsity
def sparsity(num_users: int, num_items: int, num_ratings: int) -> float:
    return num_ratings / (num_users * num_items)
"""


@pytest.fixture
def notebook(open_notebook):
    """The student edition, its first two cells run."""
    opened = open_notebook(GRADED)
    opened.run(opened.cell("# Find the course"))
    opened.run(opened.cell("config = Config()"))
    return opened


def test_a_wrong_and_two_right_answers(notebook, shot, solutions):
    notebook.write(notebook.cell("# exercise: sparsity"), SHARE_OF_FULL_CELLS)
    notebook.run(notebook.cell("# exercise: sparsity"))
    said = notebook.run(notebook.cell('check("sparsity")')).inner_text()
    assert "not right yet" in said
    assert re.search(r"yours:\s+0\.4\s+expected:\s+60", said)
    shot("wrong")

    for exercise in ("sparsity", "baseline"):
        notebook.write(notebook.cell(f"# exercise: {exercise}"), solutions[exercise])
        notebook.run(notebook.cell(f"# exercise: {exercise}"))
        said = notebook.run(notebook.cell(f'check("{exercise}")')).inner_text()
        assert f"{exercise}: every check passes" in said
        shot(f"{exercise}-right")


def test_an_empty_notebook_runs_through_and_its_search_finds_movies(notebook, page, shot):
    notebook.run_all()
    assert notebook.errors() == []

    search = notebook.cell("search_dataframe(")
    box = search.get_by_role("textbox", name="Search")
    box.press_sequentially("terminator", delay=40)
    posters = search.locator("img[alt^='Poster of']")
    search.locator("img[alt='Poster of Terminator, The (1984)']").wait_for()
    assert posters.count() == 4
    assert all(posters.evaluate_all("all => all.map(img => img.naturalWidth > 0)"))
    shot("hits")

    search.get_by_role("button", name="Terminator, The (1984)").click()
    search.locator("img[alt='Poster of Aliens (1986)']").wait_for()
    shot("neighbours")
