"""A report of checks as text, coloured where colours are seen: notebooks, Colab and terminals."""

import os
import sys

from helpers.checks.report import Outcome, Report

_GREEN, _RED, _YELLOW, _BOLD, _PLAIN = "\033[32m", "\033[31m", "\033[33m", "\033[1m", "\033[0m"
_PASS, _FAIL = "\N{CHECK MARK}", "\N{BALLOT X}"
_SUMMARIES = {
    "passed": (_GREEN, "every check passes"),
    "partial": (_YELLOW, "some checks pass"),
    "not_attempted": (_YELLOW, "not written yet"),
    "missing": (_YELLOW, "not found"),
}


def render_text(report: Report, coloured: bool | None = None) -> str:
    """One line per check; under a failed one the likely mistake, and yours beside the expected.

    Colours are the terminal's own, so that they are readable on dark and on light ground; None asks
    `colours_are_seen`.
    """
    paint = _paint if (colours_are_seen() if coloured is None else coloured) else _leave
    colour, summary = _SUMMARIES.get(report.status, (_RED, "not right yet"))
    lines = [f"{paint(_BOLD, report.exercise)}: {paint(colour, summary)}"]
    if report.status in ("not_attempted", "missing"):
        lines.append(f"  {report.outcomes[0].message}")
    else:
        for outcome in report.outcomes:
            lines.extend(_lines(outcome, paint))
    return "\n".join(lines)


def colours_are_seen() -> bool:
    """In a notebook's kernel and in a terminal, unless `NO_COLOR` is set (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel") or sys.stdout.isatty()


def _paint(colour: str, text: str) -> str:
    return f"{colour}{text}{_PLAIN}"


def _leave(colour: str, text: str) -> str:
    return text


def _lines(outcome: Outcome, paint) -> list[str]:
    if outcome.passed:
        remark = f" ({outcome.message})" if outcome.message else ""
        return [f"  {paint(_GREEN, _PASS)} {outcome.name}{remark}"]
    found = outcome.message.removesuffix(outcome.misconception).rstrip()
    lines = [f"  {paint(_RED, _FAIL)} {outcome.name}: {found}"]
    if outcome.misconception:
        lines.append(f"      {paint(_YELLOW, outcome.misconception)}")
    if outcome.yours is not None:
        lines.append(f"      yours:    {outcome.yours}")
    if outcome.expected is not None:
        lines.append(f"      expected: {outcome.expected}")
    return lines
