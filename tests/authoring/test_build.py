"""One source, three editions, the same bytes every time."""

import nbformat
import pytest
from nbclient import NotebookClient

from authoring.course import AuthoringError

SOLVED = "solutions/halving/Halving.ipynb"
GRADED = "notebooks/halving/Halving.ipynb"
SELF_STUDY = "notebooks/self_study/Halving.ipynb"


def test_building_twice_changes_no_byte(make, small):
    assert set(make()) == {SOLVED, GRADED, SELF_STUDY, "README.md"}
    first = {path: path.read_bytes() for path in small.root.rglob("*.ipynb")}
    assert make() == []
    assert make(force=True) == []
    assert first == {path: path.read_bytes() for path in small.root.rglob("*.ipynb")}


def test_nothing_but_the_notebook_is_released(make, small):
    make()
    assert [path.name for path in (small.root / GRADED).parent.iterdir()] == ["Halving.ipynb"]


def test_the_graded_edition_has_a_stub_and_no_hidden_test(make, cells):
    make()
    sources = {cell["id"]: "".join(cell["source"]) for cell in cells(GRADED)}
    assert "raise NotImplementedError" in sources["halve"]
    assert '"""Half of `number`."""' in sources["halve"]
    assert "half_of_the_number" not in str(sources)
    assert "3.5" not in sources["halve-tests"]
    assert "assert halve(2) == 1" in sources["halve-tests"]


def test_the_self_study_edition_folds_the_solution_away(make, cells):
    make()
    order = [cell["id"] for cell in cells(SELF_STUDY)]
    solution = next(cell for cell in cells(SELF_STUDY) if cell["id"] == "halve-solution")
    assert order.index("halve-solution") == order.index("halve") + 1
    assert solution["metadata"] == {
        "cellView": "form",
        "jupyter": {"source_hidden": True},
        "tags": ["hide-input"],
    }
    assert "".join(solution["source"]).startswith("# @title Solution\ndef halve")
    assert not any("nbgrader" in cell["metadata"] for cell in cells(SELF_STUDY))


def test_the_self_study_edition_runs(make, small):
    make()
    notebook = nbformat.read(small.root / SELF_STUDY, as_version=4)
    NotebookClient(notebook).execute()
    assert notebook.cells[-1].outputs[0].text == "last cell\n"


def test_every_edition_opens_itself_in_colab(make, cells, small):
    make()
    for path in (GRADED, SELF_STUDY):
        assert f"github/someone/course/blob/main/{path})" in "".join(cells(path)[0]["source"])
    readme = (small.root / "README.md").read_text()
    assert f"blob/main/{GRADED})" in readme
    assert f"blob/main/{SELF_STUDY})" in readme


def test_outputs_are_kept_until_code_changes(make, rewrite, cells):
    make()
    rewrite("# # Halving", "# # Halving numbers")
    assert SOLVED in make()
    assert cells(SOLVED)[-1]["outputs"][0]["text"] == ["last cell\n"]
    rewrite('print("last cell")', 'print("another end")')
    make()
    assert cells(SOLVED)[-1]["outputs"][0]["text"] == ["another end\n"]


def test_a_cell_in_front_changes_no_other_id(make, rewrite, cells):
    make()
    before = [cell["id"] for cell in cells(GRADED)]
    rewrite(
        "# %% [markdown]\n# # Halving", "# %% [markdown]\n# First.\n\n# %% [markdown]\n# # Halving"
    )
    make()
    assert [cell["id"] for cell in cells(GRADED)][1:] == before


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("number / 2", "number / 0", "def halve.*assert.*failed: ZeroDivisionError|assert halve"),
        ('print("last cell")', "import sys; sys.stderr.write('oh')", "wrote to stderr: oh"),
        ('print("last cell")', "import os; print(os.getcwd())", "The output of the cell .* names"),
    ],
)
def test_a_solved_edition_that_is_not_fit_to_be_shown(make, rewrite, small, old, new, sentence):
    rewrite(old, new)
    with pytest.raises(AuthoringError, match=sentence):
        make()
    assert not (small.root / SOLVED).exists()


def test_no_source_and_no_address(small):
    (small.root / "pyproject.toml").write_text("")
    with pytest.raises(AuthoringError, match="Repository"):
        _ = small.repository
    (small.root / "solutions/halving/Halving.py").unlink()
    with pytest.raises(AuthoringError, match="There is no solutions"):
        _ = small.practicals


def test_the_release_tag_is_stamped_where_it_is_asked_for(make, rewrite, cells, small):
    rewrite('print("last cell")', 'print("@@RELEASE@@")')
    with pytest.raises(AuthoringError, match="version"):
        make()
    project = small.root / "pyproject.toml"
    project.write_text('[project]\nversion = "1.2.3"\n' + project.read_text())
    fresh = type(small)(small.root)
    assert fresh.release_tag == "v1.2.3"


def test_a_cell_for_graded_notebooks_is_not_in_the_self_study_edition(make, rewrite, cells):
    rewrite('# %%\nprint("last cell")', '# %% tags=["graded-only"]\nprint("last cell")')
    make()
    assert 'print("last cell")' in str(cells(GRADED))
    assert 'print("last cell")' not in str(cells(SELF_STUDY))
