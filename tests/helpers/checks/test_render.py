"""What a report looks like."""

import pytest

from helpers.checks.render import colours_are_seen, render_text
from helpers.checks.report import Outcome, Report

REPORT = Report(
    "sparsity",
    (
        Outcome("two by two", True, 0.5, 0.5),
        Outcome(
            "an empty table", False, 0, 0.5, "failed", "It is off. It is a share.", "1", "100",
            "It is a share.",
        ),
    ),
)  # fmt: skip


def test_one_line_per_check_the_mistake_and_both_values():
    assert render_text(REPORT, coloured=False).splitlines() == [
        "sparsity: some checks pass",
        "  \N{CHECK MARK} two by two",
        "  \N{BALLOT X} an empty table: It is off.",
        "      It is a share.",
        "      yours:    1",
        "      expected: 100",
    ]


def test_colours_are_the_terminals_own_and_always_end():
    text = render_text(REPORT, coloured=True)
    assert text.count("\033[32m") == 1
    assert text.count("\033[31m") == 1
    assert text.count("\033[0m") == text.count("\033[") / 2


@pytest.mark.parametrize(
    ("no_colour", "terminal", "seen"), [("", True, True), ("1", True, False), ("", False, False)]
)
def test_where_colours_are_seen(no_colour, terminal, seen, monkeypatch):
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    assert colours_are_seen() is seen


def test_a_notebooks_kernel_shows_colours(monkeypatch):
    kernel = type("Shell", (), {"kernel": object()})()
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("IPython.get_ipython", lambda: kernel)
    assert colours_are_seen()
