"""Read a notebook file of any origin: JSON and text, nothing of it is run."""

import json
from dataclasses import dataclass
from typing import Any

MAX_BYTES = 20_000_000
MAX_CELLS = 2_000
MAX_SOURCE = 200_000


class UnreadableError(Exception):
    """The file is no notebook; the message says what it is, for student and teacher."""


@dataclass(frozen=True)
class Cell:
    """A cell of a submission, as far as grading looks at it."""

    kind: str
    source: str
    cell_id: str
    grade_id: str


def read_cells(content: bytes) -> list[Cell]:
    """The cells of a notebook of format 3 or 4, in any of JSON's encodings.

    `UnreadableError` for anything else, and for more than `MAX_BYTES` or `MAX_CELLS`.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"The file has more than {MAX_BYTES:,} bytes.")
    start = content[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise UnreadableError("The file is empty.")
    for magic, kind in ((b"%PDF", "a PDF"), (b"<", "a web page"), (b"PK\3\4", "a zip archive")):
        if start.startswith(magic):
            raise UnreadableError(f"The file is {kind}, not a notebook (.ipynb).")
    try:
        notebook = json.loads(content)
    except RecursionError:
        raise UnreadableError("The file is nested too deeply for a notebook.") from None
    except (ValueError, MemoryError):
        raise UnreadableError("The file is no valid JSON: it may have been cut short.") from None
    found = _cells_of(notebook)
    if found is None:
        raise UnreadableError("The file is JSON, but no notebook: it has no list of cells.")
    if len(found) > MAX_CELLS:
        raise UnreadableError(f"The notebook has {len(found):,} cells, over {MAX_CELLS:,}.")
    return [read_cell(cell) for cell in found if isinstance(cell, dict)]


def _cells_of(notebook: Any) -> list | None:
    if not isinstance(notebook, dict):
        return None
    if isinstance(notebook.get("cells"), list):
        return notebook["cells"]
    sheets = notebook.get("worksheets")
    if isinstance(sheets, list):
        parts = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        return [cell for part in parts if isinstance(part, list) for cell in part]
    return None


def read_cell(raw: dict) -> Cell:
    """A cell as its JSON has it; what is of the wrong type or too long counts as empty."""
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str) or len(source) > MAX_SOURCE:
        source = ""
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    # Lone surrogates are JSON, but no text that can be written anywhere.
    return Cell(
        str(raw.get("cell_type")),
        source.encode("utf-8", "replace").decode(),
        str(raw.get("id", "")),
        str(grade_id or ""),
    )
