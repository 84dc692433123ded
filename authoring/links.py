"""Pictures and links lead somewhere, and every picture says what it shows."""

import re
from collections.abc import Iterator
from pathlib import Path

_CODE = re.compile(r"^(```|~~~).*?^\1|(`+)(?!`).+?\2", re.MULTILINE | re.DOTALL)
# [text](target "title"), also around a picture, and [text]: target.
_MARKDOWN = re.compile(r"(!?)\[([^\]\[]*)\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'(][^)]*)?\)")
_AROUND_A_PICTURE = re.compile(r"\]\([^)]*\)\]\(\s*<?([^)\s>]+)>?\s*\)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
_TAG = re.compile(r"<(img|a)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_ELSEWHERE = ("http://", "https://", "mailto:", "data:", "attachment:")
MAX_PICTURE_BYTES = 150_000


def link_faults(text: str, folder: Path) -> Iterator[str]:
    """Faults of Markdown `text` that stands in a file of `folder`."""
    text = _CODE.sub("", text)
    for is_image, label, target in _targets(text):
        if is_image and not label.strip():
            yield f"picture {target[:60]} has no alt text"
        if target.startswith(_ELSEWHERE):
            continue
        file, _, anchor = target.partition("#")
        path = folder / file
        if not path.exists():
            yield f"{target} does not exist"
        elif is_image and path.stat().st_size > MAX_PICTURE_BYTES:
            yield f"{target} weighs {path.stat().st_size:,} bytes, over {MAX_PICTURE_BYTES:,}"
        elif anchor and (not file or path.suffix == ".md"):
            headings = _CODE.sub("", path.read_text()) if file else text
            if anchor not in map(_slug, _HEADING.findall(headings)):
                yield f"{target}: there is no such heading"


def picture_faults(folder: Path) -> Iterator[str]:
    """Pictures of `folder` over the limit, whoever shows them."""
    for path in sorted(folder.glob("*")):
        size = path.stat().st_size
        if path.suffix in (".svg", ".png", ".webp", ".jpg", ".gif") and size > MAX_PICTURE_BYTES:
            yield f"{path.name} weighs {size:,} bytes, over {MAX_PICTURE_BYTES:,}"


def output_faults(data: dict[str, str]) -> Iterator[str]:
    """Faults of the pictures in one output of a notebook, by MIME type."""
    page = "".join(data.get("text/html", ""))
    embedded = [data["image/png"]] if "image/png" in data else []
    for tag, found in _tags(page):
        if tag == "img":
            embedded.append(found.get("src", ""))
            if not found.get("alt", "").strip():
                yield "a picture in an output has no alt text"
    for picture in embedded:
        size = len(picture.partition("base64,")[2] or picture) * 3 // 4
        if size > MAX_PICTURE_BYTES:
            yield f"a picture in an output weighs {size:,} bytes, over {MAX_PICTURE_BYTES:,}"


def _targets(text: str) -> Iterator[tuple[bool, str, str]]:
    for mark, label, target in _MARKDOWN.findall(text):
        yield mark == "!", label, target
    for target in [*_AROUND_A_PICTURE.findall(text), *_REFERENCE.findall(text)]:
        yield False, "", target
    for tag, found in _tags(text):
        if tag == "img":
            yield True, found.get("alt", ""), found.get("src", "")
        elif "href" in found:
            yield False, "", found["href"]


def _tags(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    for tag, inside in _TAG.findall(page):
        attributes = _ATTRIBUTE.findall(inside)
        yield tag.lower(), {name.lower(): one or other for name, one, other in attributes}


def _slug(heading: str) -> str:
    """The anchor that a code host gives a heading."""
    words = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
    return words.replace(" ", "-")
