"""Pictures and relative links lead somewhere, and every picture says what it shows."""

import re
from collections.abc import Iterator
from pathlib import Path

_MARKDOWN = re.compile(r"(!?)\[([^\]\[]*)\]\(([^)\s]+)\)")
_IMG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_ELSEWHERE = ("http://", "https://", "mailto:", "#", "data:", "attachment:")
MAX_PICTURE_BYTES = 150_000


def link_faults(text: str, folder: Path) -> Iterator[str]:
    """Faults of Markdown `text` that stands in a file of `folder`."""
    for is_image, label, target in _targets(text):
        if is_image and not label.strip():
            yield f"picture {target} has no alt text"
        if target.startswith(_ELSEWHERE):
            continue
        path = folder / target.split("#")[0]
        if not path.exists():
            yield f"{target} does not exist"
        elif is_image and path.stat().st_size > MAX_PICTURE_BYTES:
            yield f"{target} weighs {path.stat().st_size:,} bytes, over {MAX_PICTURE_BYTES:,}"


def _targets(text: str) -> Iterator[tuple[bool, str, str]]:
    for mark, label, target in _MARKDOWN.findall(text):
        yield mark == "!", label, target
    for tag in _IMG.findall(text):
        attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(tag)}
        yield True, attributes.get("alt", ""), attributes.get("src", "")
