"""Fill one column of the file that an LMS exported: Canvas's gradebook, Moodle's worksheet."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from autograder.record.raw_csv import RawTable, read_raw


class ExportError(Exception):
    """The file cannot be filled; the message says what to do."""


@dataclass(frozen=True)
class Platform:
    """The columns that say who a row is, the surest first, and the forms of what they say."""

    name: str
    columns: Mapping[str, Callable[[str], set[str]]]


@dataclass(frozen=True)
class Filled:
    """The file, and who is in it: students by what came of their scores."""

    content: bytes
    filled: tuple[str, ...]
    # Students with a result and no row, or more rows than one.
    unmatched: tuple[str, ...]
    # Rows that stay as they are.
    left: tuple[str, ...]


def _as_it_is(text: str) -> set[str]:
    return {text}


def _number(text: str) -> set[str]:
    """Moodle's `Participant 12345`, in any language: its zip files say `12345`."""
    return {text, *re.findall(r"\d+$", text)}


def _full_name(text: str) -> set[str]:
    """`Lovelace, Ada` is `Ada Lovelace`, and `lovelaceada` in the files of Canvas."""
    parts = [part.strip() for part in text.split(",")]
    return {text, " ".join(reversed(parts)), "".join(c for c in text if c.isalnum())}


CANVAS = Platform(
    "canvas",
    {
        "SIS Login ID": _as_it_is,
        "SIS User ID": _as_it_is,
        "ID": _as_it_is,
        "Student": _full_name,
    },
)
MOODLE = Platform(
    "moodle",
    {
        "Email address": _as_it_is,
        "ID number": _as_it_is,
        "Username": _as_it_is,
        "Identifier": _number,
        "Full name": _full_name,
    },
)


def fill_column(
    content: bytes,
    platform: Platform,
    column: str,
    scores: Mapping[str, float],
    id_column: str = "",
) -> Filled:
    """`content` with `scores` (student -> points) in `column`; no other byte of it changes.

    A student's row is the only one that has their id in the first of the platform's columns (or in
    `id_column`) where any row has it. `ExportError` where the file has no such columns.
    """
    table = read_raw(content)
    header = table.values(0)
    target = _target(header, column)
    finders = {id_column: _as_it_is} if id_column else platform.columns
    known = [(header.index(name), forms) for name, forms in finders.items() if name in header]
    if not known:
        raise ExportError(
            f"The file has none of the columns {', '.join(finders)}, so nobody in it can be found. "
            f"It has: {', '.join(header)}. Name another with --id-column."
        )
    owners = defaultdict(list)
    indices = _indices(table, known)
    for student in scores:
        for row in _rows_of(student, indices):
            owners[row].append(student)
    filled = []
    for row, students in owners.items():
        if len(students) == 1 and target < len(table.rows[row]):
            table.replace(row, target, f"{scores[students[0]]:.10g}")
            filled.append((row, students[0]))
    named = {row for row, _ in filled}
    left = [_who(table, row, known) for row in _people(table, known) if row not in named]
    done = {student for _, student in filled}
    unmatched = [student for student in scores if student not in done]
    return Filled(table.to_bytes(), tuple(sorted(done)), tuple(sorted(unmatched)), tuple(left))


def _target(header: list[str], column: str) -> int:
    """The column of that name; Canvas puts the number of the assignment behind its names."""
    found = [i for i, name in enumerate(header) if name.strip() == column.strip()]
    found = found or [
        i for i, name in enumerate(header) if re.sub(r"\s*\(\d+\)$", "", name) == column.strip()
    ]
    if len(found) != 1:
        number = "no column" if not found else f"{len(found)} columns"
        raise ExportError(f"The file has {number} {column!r}. It has: {', '.join(header)}.")
    return found[0]


def _people(table: RawTable, known) -> Iterator[int]:
    """The rows of students: not the header, and not Canvas's rows about the columns."""
    for row in range(1, len(table.rows)):
        first = table.value(row, 0).strip()
        about = first.startswith(("Points Possible", "Manual Posting", "Student, Test"))
        if not about and any(table.value(row, column).strip() for column, _ in known):
            yield row


def _indices(table: RawTable, known) -> list[dict[str, list[int]]]:
    """For each column of ids, form -> rows."""
    indices = []
    for column, forms in known:
        index = defaultdict(list)
        for row in _people(table, known):
            for form in {_fold(form) for form in forms(table.value(row, column))} - {""}:
                index[form].append(row)
        indices.append(index)
    return indices


def _rows_of(student: str, indices: list[dict[str, list[int]]]) -> list[int]:
    for index in indices:
        rows = index.get(_fold(student), [])
        if rows:
            return rows if len(rows) == 1 else []
    return []


def _who(table: RawTable, row: int, known) -> str:
    return next(filter(None, (table.value(row, column).strip() for column, _ in known)))


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
