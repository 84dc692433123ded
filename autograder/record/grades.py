"""Scores as a table: `grades.csv`."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def grades_csv(results: Iterable[dict], exercises: Sequence[str]) -> bytes:
    """One row per student: totals, status, points by exercise, notes.

    UTF-8 with the mark that spreadsheets look for, every cell quoted.
    """
    columns = ["student", "score", "max_score", "status", *exercises, "notes"]
    rows = [
        [
            result["student"],
            result["score"],
            result["max_score"],
            result["status"],
            *(result["exercises"].get(name, {}).get("score", "") for name in exercises),
            "; ".join(result["notes"]),
        ]
        for result in results
    ]
    return write_csv([columns, *rows])


def write_csv(rows: Iterable[Sequence]) -> bytes:
    """Rows as a CSV file that no spreadsheet takes for formulas."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerows([formula_safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "backslashreplace")


def formula_safe(cell) -> str | float | int:
    """Text that a spreadsheet would run is kept from it by an apostrophe (OWASP, CSV injection)."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
