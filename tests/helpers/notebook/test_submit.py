"""Save and submit: what is written, what is said, and what is refused."""

import json
import os
import threading
import time
from types import SimpleNamespace

import pytest

from helpers import save_and_submit
from helpers.errors import CourseError
from helpers.notebook import notebook_file
from helpers.notebook.assignment import NOTEBOOK

ANSWER = "# exercise: sparsity\ndef sparsity(u, i, r):\n    return 100 - 100 * r / (u * i)\n"


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
