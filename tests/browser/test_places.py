"""The editions run from top to bottom in JupyterLab and in Notebook 7, and fold what they hide."""

import pytest

pytestmark = pytest.mark.browser
GRADED = "notebooks/recommender_systems/Recommender_Systems.ipynb"
SELF_STUDY = "notebooks/self_study/Recommender_Systems.ipynb"


def test_solutions_are_folded_in_jupyterlab_until_one_opens_them(open_notebook, page, shot):
    notebook = open_notebook(SELF_STUDY)
    solution = notebook.cell("num_cells = num_users * num_items")
    told = page.get_by_text("num_cells")
    assert solution.locator(".jp-Placeholder").is_visible()
    assert told.count() == 0
    page.wait_for_timeout(1000)
    notebook.cell("num_cells = num_users * num_items")
    shot("folded")
    solution.locator(".jp-Placeholder").click()
    told.first.wait_for()
    shot("open")

    answer = page.locator("details", has_text="Buying is a strong sign").first
    answer.scroll_into_view_if_needed()
    assert not answer.get_by_text("Buying is a strong sign").is_visible()
    answer.get_by_text("One possible answer").click()
    assert answer.get_by_text("Buying is a strong sign").is_visible()


# JupyterLab with the student edition is test_student.py's.
@pytest.mark.parametrize(
    ("app", "edition"),
    [("notebooks", GRADED), ("notebooks", SELF_STUDY), ("lab", SELF_STUDY)],
    ids=["notebook_7-graded", "notebook_7-self_study", "lab-self_study"],
)
def test_an_edition_runs_from_top_to_bottom(app, edition, open_notebook, page, shot):
    notebook = open_notebook(edition, app)
    broken = "all => all.filter(img => img.complete && !img.naturalWidth).map(img => img.alt)"
    shot("before")
    notebook.run_all()
    shot("after")
    assert notebook.errors() == []
    # The badge alone comes from elsewhere.
    assert set(page.locator(".jp-Cell img").evaluate_all(broken)) <= {"Open in Colab"}
