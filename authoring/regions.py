"""The regions of a solved cell: what a student writes, and what a student never sees."""

import re

_SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
_HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
_MARKER = re.compile(r"### (BEGIN|END) ")


def solution_lines(source: str) -> list[str]:
    """Lines between the solution markers."""
    return _split(source, _SOLUTION)[0]


def secret_lines(source: str) -> list[str]:
    """Lines of solutions and hidden tests."""
    return [line for pair in (_SOLUTION, _HIDDEN) for line in _split(source, pair)[0]]


def public_lines(source: str) -> list[str]:
    """All the others."""
    lines = source.split("\n")
    for pair in (_SOLUTION, _HIDDEN):
        lines = _split("\n".join(lines), pair)[1]
    return lines


def without_markers(source: str) -> str:
    """The solved cell as one would have written it."""
    return "\n".join(line for line in source.split("\n") if not _MARKER.search(line))


def _split(source: str, markers: tuple[str, str]) -> tuple[list[str], list[str]]:
    begin, end = markers
    inside, outside, is_inside = [], [], False
    for line in source.split("\n"):
        if begin in line or end in line:
            is_inside = begin in line
        else:
            (inside if is_inside else outside).append(line)
    return inside, outside
