"""What is seen of a class being graded: in a terminal while it runs, elsewhere one line of JSON."""

import json

import pytest

from autograder.class_run import Outcome
from autograder.progress import show_class

FINE = {"status": "graded", "notes": [], "exercises": {"one": {"status": "passed"}}}
HUNG = {"status": "graded", "notes": [], "exercises": {"one": {"status": "timeout"}}}
PDF = {"status": "unreadable", "notes": ["The file is a PDF."], "exercises": {}}


@pytest.fixture
def shown(capsys, monkeypatch, tmp_path):
    """What a class of four shows, from the first to the last line."""

    def show(terminal: bool) -> str:
        monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "120")
        outcome = Outcome(["ada", "eve", "grace", "joe"], 1, ["grace"], {"joe": "KilledWorker"})
        with show_class(4) as progress:
            progress.advance("ada", FINE)
            progress.advance("eve", HUNG)
            progress.advance("grace", PDF)
            progress.advance("joe", None, "KilledWorker")
        progress.summary(outcome, tmp_path)
        return capsys.readouterr().out

    return show


def test_a_terminal_shows_what_is_done_and_who_needs_a_look_and_why(shown):
    said = shown(terminal=True)
    assert "4/4" in said
    assert "a minute" in said
    assert "1 failed, 1 timeout, 1 unreadable" in said
    assert "eve    one: took too long" in said
    assert "grace  unreadable: The file is a PDF." in said
    assert "joe    no result: KilledWorker" in said
    assert "report.html" in said


def test_elsewhere_there_is_one_line_of_json(shown, tmp_path):
    said = json.loads(shown(terminal=False))
    assert said.pop("seconds") < 10
    assert said == {
        "submissions": 4,
        "taken_over": 1,
        "unreadable": ["grace"],
        "failed": {"joe": "KilledWorker"},
        "moved": {},
        "out": str(tmp_path),
    }
