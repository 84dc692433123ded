"""Put measured tables where `benchmarks/README.md` shows them."""

import re
from collections.abc import Sequence
from pathlib import Path

README = Path(__file__).with_name("README.md")


def markdown_table(rows: Sequence[Sequence], header: Sequence[str]) -> str:
    """A table; numbers as they are given."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def write_section(name: str, text: str) -> None:
    """Replace what stands between the marks of `name` in `benchmarks/README.md`."""
    marks = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    content = README.read_text()
    pattern = re.compile(f"{marks[0]}.*?{marks[1]}", re.DOTALL)
    if not pattern.search(content):
        raise ValueError(f"{README} has no section {name!r}.")
    README.write_text(pattern.sub(lambda _: f"{marks[0]}\n{text}\n{marks[1]}", content))
