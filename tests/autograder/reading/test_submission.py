"""Answers are found in whatever came back, and what was changed is noted."""

import copy
import json

import nbformat
import pytest

from grading_tests import EXERCISES as IDS


def grade_id(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


def cell_of(notebook, name):
    return next(cell for cell in notebook["cells"] if grade_id(cell) == name)


def without_metadata(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    notebook["metadata"] = {}


def without_ids(notebook):
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]


def without_ids_and_metadata(notebook):
    without_metadata(notebook)
    without_ids(notebook)


def without_markers_ids_and_metadata(notebook):
    without_ids_and_metadata(notebook)
    for cell in notebook["cells"]:
        lines = cell["source"].splitlines(keepends=True)
        cell["source"] = "".join(line for line in lines if not line.startswith("# exercise:"))


def like_colab(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = cell["metadata"] | {"id": f"aB{number}", "outputId": "x"}
        del cell["id"]
    notebook["metadata"] |= {"colab": {"provenance": [], "toc_visible": True}}
    notebook["nbformat_minor"] = 0


def like_vs_code(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = cell["metadata"] | {"vscode": {"languageId": "python"}}
        cell["source"] = cell["source"].replace("\n", "\r\n")


def like_a_classic_save(notebook):
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
        cell["metadata"] = cell["metadata"] | {"collapsed": True, "scrolled": False}


def in_format_3(notebook):
    sheets = [
        {
            "cells": [
                cell | {"input": cell["source"], "prompt_number": 1, "language": "python"}
                for cell in notebook["cells"]
            ]
        }
    ]
    for cell in sheets[0]["cells"]:
        del cell["source"]
    notebook.clear()
    notebook |= {"worksheets": sheets, "nbformat": 3, "nbformat_minor": 0, "metadata": {}}


def with_tests_deleted(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if not grade_id(c).endswith("-tests")]


def with_tests_duplicated(notebook):
    doubles = [copy.deepcopy(c) for c in notebook["cells"] if grade_id(c).endswith("-tests")]
    notebook["cells"] += doubles


def with_tests_edited(notebook):
    for cell in notebook["cells"]:
        if grade_id(cell).endswith("-tests"):
            cell["source"] = "raise SystemExit"


def with_tests_retyped(notebook):
    for cell in notebook["cells"]:
        if grade_id(cell).endswith("-tests"):
            cell["cell_type"] = "raw"


def cells_reversed(notebook):
    notebook["cells"].reverse()


def flags_changed(notebook):
    for cell in notebook["cells"]:
        cell["metadata"].get("nbgrader", {}).update(
            solution=False, grade=True, points=1000, schema_version=99, locked=False, extra={}
        )


def metadata_of_wrong_types(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = [None, [], "text", {"nbgrader": 7}, {"nbgrader": {"grade_id": []}}][
            number % 5
        ]


def odd_cells_added(notebook):
    notebook["cells"] += [
        None,
        7,
        {},
        {"cell_type": "code"},
        {"source": 3},
        {"source": ["a", None]},
        {"cell_type": [], "source": "\ud800"},
    ]


def answers_retyped(notebook):
    for cell in notebook["cells"]:
        if grade_id(cell) in IDS:
            cell["cell_type"] = "markdown"


MUTATIONS = [
    without_metadata,
    without_ids,
    without_ids_and_metadata,
    without_markers_ids_and_metadata,
    like_colab,
    like_vs_code,
    like_a_classic_save,
    in_format_3,
    with_tests_deleted,
    with_tests_duplicated,
    with_tests_edited,
    with_tests_retyped,
    cells_reversed,
    flags_changed,
    metadata_of_wrong_types,
    odd_cells_added,
    answers_retyped,
]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda function: function.__name__)
def test_every_answer_is_found_after(mutate, solved, solutions, read):
    mutate(solved)
    submission = read(solved)
    assert submission.unreadable == ""
    assert submission.status == {}
    for name in IDS:
        found = [" ".join(source.split()) for source in submission.answers[name]]
        expected = " ".join(solutions[name].split()).removeprefix(f"# exercise: {name} ")
        assert any(source.endswith(expected) for source in found), name
        run = [cell["source"] for cell in submission.cells if cell["exercise"] == name]
        assert run == submission.answers[name]


@pytest.mark.parametrize("minor", [0, 1, 2, 3, 4, 5])
def test_every_minor_format_is_read(minor, solved, read):
    solved["nbformat_minor"] = minor
    assert read(solved).status == {}


@pytest.mark.parametrize(
    ("mutate", "note"),
    [
        (with_tests_deleted, "test cell of `sparsity` was deleted; ours was used"),
        (with_tests_duplicated, "test cell of `sparsity` was copied; ours was used once"),
        (with_tests_edited, "test cell of `sparsity` was edited; ours was used"),
        (answers_retyped, "answer of `sparsity` was in a cell of type markdown"),
    ],
)
def test_what_was_changed_is_noted(mutate, note, solved, read):
    assert read(solved).notes == []
    mutate(solved)
    assert note in read(solved).notes


def test_an_answer_in_another_cell_counts_and_is_noted(opened, read, solutions, answered):
    notebook = answered({})
    notebook["cells"].append(
        {"cell_type": "code", "metadata": {}, "source": solutions["sparsity"], "id": "mine"}
    )
    submission = read(notebook)
    assert submission.answers["sparsity"] == [solutions["sparsity"]]
    assert "sparsity" not in submission.status
    assert "answer of `sparsity` was found in another cell" in submission.notes


def test_two_answers_are_noted_and_run_in_order(solved, read, solutions):
    second = "def sparsity(a, b, c):\n    return 7.0"
    solved["cells"].append({"cell_type": "code", "metadata": {}, "source": second})
    submission = read(solved)
    assert submission.answers["sparsity"] == [solutions["sparsity"], second]
    assert "`sparsity` was answered more than once; the last answer counts" in submission.notes


def test_stubs_deleted_and_emptied_cells_are_told_apart(answered, read):
    notebook = answered({"baseline": "  \n"})
    notebook["cells"] = [c for c in notebook["cells"] if grade_id(c) != "biases"]
    status = read(notebook).status
    assert status["biases"] == "missing"
    assert status["baseline"] == status["sparsity"] == "not_attempted"


def test_reflections_are_kept(answered, read):
    assert read(answered({"bookshop": "My thoughts."})).reflections["bookshop"] == "My thoughts."


def test_the_cells_that_run_are_ours_and_the_additions(answered, read, opened):
    notebook = answered({})
    cell_of(notebook, "sparsity-tests")["source"] += "\n# changed"
    notebook["cells"].insert(3, {"cell_type": "code", "metadata": {}, "source": "helper = 3"})
    sources = [cell["source"] for cell in read(notebook).cells]
    assert "helper = 3" in sources
    assert set(opened.assignment.others.values()) <= set(sources)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_read(encoding, solved, read):
    assert read(json.dumps(solved).encode(encoding)).status == {}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\x00\x01\x02\xff", "no valid JSON"),
        (b'{"cells": [', "cut short"),
        (b"<!doctype html><title>Log in</title>", "a web page"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"[1, 2, 3]", "no list of cells"),
        (b'{"cells": {"a": 1}}', "no list of cells"),
        (b'"text"', "no list of cells"),
        (b"[" * 1_000_000, "nested too deeply"),
        (b'{"cells": ' * 100_000, "nested too deeply"),
        (b"x" * 20_000_001, "more than 20,000,000 bytes"),
        (json.dumps({"cells": [{}] * 2001}).encode(), "2,001 cells"),
        (b'{"cells": ' + b"9" * 10_000 + b"}", "no valid JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_notebook_is_named(content, says, read):
    submission = read(content)
    assert says in submission.unreadable
    assert submission.cells == []


def test_a_truncated_notebook_is_unreadable(solved, read):
    assert "cut short" in read(json.dumps(solved).encode()[:-100]).unreadable


def test_bytes_and_back(solved, read):
    submission = read(solved)
    assert type(submission).from_bytes(submission.to_bytes()) == submission


def test_only_what_counts_is_in_the_bytes(solved, read):
    before = read(solved).to_bytes()
    for cell in solved["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [nbformat.v4.new_output("stream", text="seen")]
            cell["execution_count"] = 7
    assert read(solved).to_bytes() == before
