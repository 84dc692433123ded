"""A CSV file of which single cells can be replaced, and nothing else changes by a byte."""

import codecs
import re
from dataclasses import dataclass

# The longer marks first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = (",", ";", "\t")
_QUOTED = re.compile(r'"(?:[^"]|"")*"', re.DOTALL)


@dataclass
class RawTable:
    """Rows of cells as they are written, quotes included, each row with its end of line."""

    rows: list[list[str]]
    ends: list[str]
    delimiter: str
    encoding: str
    mark: bytes

    def value(self, row: int, column: int) -> str:
        """What a cell says, "" where its row is too short."""
        cells = self.rows[row]
        raw = cells[column] if column < len(cells) else ""
        return raw[1:-1].replace('""', '"') if _QUOTED.fullmatch(raw) else raw

    def values(self, row: int) -> list[str]:
        """What the cells of a row say."""
        return [self.value(row, column) for column in range(len(self.rows[row]))]

    def replace(self, row: int, column: int, value: str) -> None:
        """Put `value`, which needs no quotes of its own, where a cell is; quoted if that was."""
        quoted = self.rows[row][column].startswith('"')
        self.rows[row][column] = f'"{value}"' if quoted else value

    def to_bytes(self) -> bytes:
        """The file again."""
        lines = zip(self.rows, self.ends, strict=True)
        text = "".join(self.delimiter.join(cells) + end for cells, end in lines)
        return self.mark + text.encode(self.encoding)


def read_raw(content: bytes) -> RawTable:
    """Take a file apart: its mark or else UTF-8 or Latin-1, its delimiter `,`, `;` or tab.

    `to_bytes` of the result gives `content`, whatever that is.
    """
    mark, encoding = next((found for found in _MARKS if content.startswith(found[0])), (b"", ""))
    text, encoding = _decode(content[len(mark) :], encoding)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    field = re.compile(
        rf'("(?:[^"]|"")*"(?=[{delimiter}\r\n]|\Z)|[^{delimiter}\r\n]*)({delimiter}|\r\n|\r|\n|\Z)'
    )
    rows, ends, cells = [], [], []
    for found in field.finditer(text):
        cells.append(found[1])
        if found[2] != delimiter:
            rows.append(cells)
            ends.append(found[2])
            cells = []
        if found.end() == len(text) and found[2] != delimiter:
            break
    return RawTable(rows, ends, delimiter, encoding, mark)


def _decode(content: bytes, encoding: str) -> tuple[str, str]:
    for candidate in (encoding or "utf-8", "latin-1"):
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        # A codec that accepts bytes which it would not write again must not touch the file.
        if text.encode(candidate) == content:
            return text, candidate
    raise AssertionError("Latin-1 holds every byte")
