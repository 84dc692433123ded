"""A report of checks as coloured text, for notebooks, Colab and terminals alike."""

from helpers.checks.report import Outcome, Report

_GREEN, _RED, _YELLOW, _BOLD, _PLAIN = "\033[32m", "\033[31m", "\033[33m", "\033[1m", "\033[0m"
_SUMMARIES = {
    "passed": (_GREEN, "every check passes"),
    "partial": (_YELLOW, "some checks pass"),
    "not_attempted": (_YELLOW, "not written yet"),
    "missing": (_YELLOW, "not found"),
}


def render_text(report: Report) -> str:
    """One line per check; under a failed one, yours beside the expected."""
    colour, summary = _SUMMARIES.get(report.status, (_RED, "not right yet"))
    lines = [f"{_BOLD}{report.exercise}{_PLAIN}: {colour}{summary}{_PLAIN}"]
    if report.status in ("not_attempted", "missing"):
        lines.append(f"  {report.outcomes[0].message}")
    else:
        for outcome in report.outcomes:
            lines.extend(_lines(outcome))
    return "\n".join(lines)


def _lines(outcome: Outcome) -> list[str]:
    if outcome.passed:
        remark = f" ({outcome.message})" if outcome.message else ""
        return [f"  {_GREEN}\N{CHECK MARK}{_PLAIN} {outcome.name}{remark}"]
    lines = [f"  {_RED}\N{BALLOT X}{_PLAIN} {outcome.name}: {outcome.message}"]
    if outcome.yours is not None:
        lines.append(f"      yours:    {outcome.yours}")
    if outcome.expected is not None:
        lines.append(f"      expected: {outcome.expected}")
    return lines
