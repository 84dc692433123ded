"""Save and submit: what is written, what is said, and what is refused."""

import json
import os
import threading
import time
from types import SimpleNamespace

import pytest

from autograder.reading import notebook as autograders
from autograder.reading.assignment import read_assignment
from autograder.reading.submission import Handed, normalise
from helpers import save_and_submit
from helpers.errors import CourseError
from helpers.notebook import hand_in, notebook_file
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
def released(course):
    return (course / "notebooks/recommender_systems" / NOTEBOOK).read_bytes()


@pytest.fixture
def edited(released):
    """The released notebook after `edit(cells by id, notebook)`, as bytes."""

    def edit(change):
        notebook = json.loads(released)
        change({cell["id"]: cell for cell in notebook["cells"]}, notebook)
        return json.dumps(notebook).encode()

    return edit


@pytest.fixture
def statuses():
    return lambda content: {a.exercise.name: a.status for a in read_answers(content)}


@pytest.fixture
def looking_on(monkeypatch, tmp_path):
    """Somebody runs a notebook of this file; returns its path."""
    monkeypatch.delenv("RECSYS_HEADLESS")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(notebook_file, "_WAIT_SECONDS", 0.2)
    path = tmp_path / "Mine.ipynb"
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    return path


@pytest.fixture
def ran(monkeypatch):
    """A kernel that ran these cells."""

    def run(*sources):
        history = SimpleNamespace(input_hist_raw=list(sources))
        shell = SimpleNamespace(history_manager=history, user_ns={})
        monkeypatch.setattr(notebook_file, "get_ipython", lambda: shell)

    return run


def write(path, content, seconds_ago):
    path.write_bytes(content)
    os.utime(path, (time.time() - seconds_ago,) * 2)


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


def test_a_saved_notebook_is_written_out_as_it_is(edited, looking_on, ran, tmp_path, capsys):
    content = edited(lambda cells, _: cells["sparsity"].update(source=ANSWER))
    write(looking_on, content, seconds_ago=1)
    ran(ANSWER)
    target = save_and_submit(folder=tmp_path / "out")
    assert target == tmp_path / "out" / NOTEBOOK
    assert target.read_bytes() == content
    said = capsys.readouterr().out
    assert "Readable: 1 of 14 exercises are written." in said
    assert "Not written yet: bookshop, baseline" in said
    assert str(target) in said


def test_a_notebook_that_is_being_saved_is_waited_for(
    edited, looking_on, ran, tmp_path, monkeypatch
):
    content = edited(lambda cells, _: cells["sparsity"].update(source=ANSWER))
    write(looking_on, content, seconds_ago=600)
    ran(ANSWER)

    def save_in_two_pieces(*_, **__):
        looking_on.write_bytes(content[: len(content) // 2])
        threading.Timer(0.4, looking_on.write_bytes, [content]).start()

    monkeypatch.setattr(notebook_file, "_WAIT_SECONDS", 30)
    monkeypatch.setattr(notebook_file, "display", save_in_two_pieces)
    assert save_and_submit(folder=tmp_path / "out").read_bytes() == content


def test_a_notebook_that_was_not_saved_is_refused_until_told_otherwise(
    released, looking_on, ran, tmp_path
):
    write(looking_on, released, seconds_ago=600)
    ran()
    with pytest.raises(CourseError, match=r"saved 10 minutes ago\. Save it \(Ctrl\+S"):
        save_and_submit(folder=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert save_and_submit(saved=True, folder=tmp_path / "out")


@pytest.mark.parametrize("before", [(), (ANSWER + "# an earlier try",)])
def test_an_answer_that_was_run_and_not_saved_is_named(edited, looking_on, ran, tmp_path, before):
    earlier = before[0] if before else "# exercise: sparsity\nraise NotImplementedError()"
    content = edited(lambda cells, _: cells["sparsity"].update(source=earlier))
    write(looking_on, content, seconds_ago=30)
    ran(*before, ANSWER)
    with pytest.raises(CourseError, match="older answer to sparsity"):
        save_and_submit(folder=tmp_path / "out")


def test_an_answer_edited_after_its_last_run_is_the_latest(edited, looking_on, ran, tmp_path):
    content = edited(lambda cells, _: cells["sparsity"].update(source=ANSWER + "# polished"))
    write(looking_on, content, seconds_ago=30)
    ran(ANSWER)
    assert save_and_submit(folder=tmp_path / "out").read_bytes() == content


def test_the_only_notebook_here_is_found_without_a_server(
    released, looking_on, ran, tmp_path, monkeypatch
):
    monkeypatch.delenv("JPY_SESSION_NAME")
    ran()
    (tmp_path / "other.ipynb").write_text('{"cells": []}')
    with pytest.raises(CourseError, match="Which file is your notebook"):
        save_and_submit()
    write(tmp_path / "Mine.ipynb", released, seconds_ago=1)
    assert save_and_submit(folder=tmp_path / "out").read_bytes() == released


def test_another_notebook_and_a_missing_one_are_refused(looking_on, tmp_path):
    looking_on.write_text('{"cells": []}')
    with pytest.raises(CourseError, match=r"Mine\.ipynb has none of the exercises"):
        save_and_submit(looking_on)
    with pytest.raises(CourseError, match="cannot be read: No such file"):
        save_and_submit(tmp_path / "nowhere.ipynb")


def test_a_folder_that_cannot_be_written_is_named(released, looking_on, tmp_path):
    write(looking_on, released, seconds_ago=1)
    (tmp_path / "file").touch()
    with pytest.raises(CourseError, match=r'save_and_submit\(folder="\.\.\."\)'):
        save_and_submit(looking_on, folder=tmp_path / "file")


def test_in_colab_the_page_hands_the_notebook_over(edited, looking_on, tmp_path, monkeypatch):
    content = edited(lambda cells, _: cells["sparsity"].update(source=ANSWER))
    downloaded = []
    message = SimpleNamespace(blocking_request=lambda *_, **__: {"ipynb": json.loads(content)})
    colab = SimpleNamespace(
        _message=message, files=SimpleNamespace(download=lambda path: downloaded.append(path))
    )
    monkeypatch.setitem(__import__("sys").modules, "google.colab", colab)
    target = save_and_submit(folder=tmp_path / "out")
    assert downloaded == [str(target)]
    assert json.loads(target.read_bytes()) == json.loads(content)
    message.blocking_request = lambda *_, **__: None
    with pytest.raises(CourseError, match="Download"):
        save_and_submit(folder=tmp_path / "out")


def test_where_nobody_looks_on_nothing_is_written(tmp_path, capsys):
    assert save_and_submit(folder=tmp_path / "out") is None
    assert "Run this cell in a notebook" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
