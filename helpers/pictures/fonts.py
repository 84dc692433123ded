"""The fonts of the posters, and which of them can write a text."""

import functools
import json
from pathlib import Path

import matplotlib
from matplotlib.ft2font import FT2Font
from PIL import ImageFont

_ASSETS = Path(__file__).parent / "assets"
# matplotlib brings DejaVu along, so that it is there where the system has none.
_DEJAVU = Path(matplotlib.get_data_path(), "fonts", "ttf")
_FACES = {
    "title": (_ASSETS / "BarlowCondensed-SemiBold.ttf", _DEJAVU / "DejaVuSans-Bold.ttf"),
    "text": (_ASSETS / "BarlowCondensed-Medium.ttf", _DEJAVU / "DejaVuSans.ttf"),
}


def font_for(text: str, face: str, size: int) -> ImageFont.FreeTypeFont:
    """The condensed `face` ("title" or "text"), or DejaVu where that lacks a letter of `text`."""
    condensed, fallback = _FACES[face]
    if set(map(ord, text)) <= _characters(condensed):
        return _load(condensed, size)
    # DejaVu is wider: a smaller size keeps the line's length.
    return _load(fallback, round(size * 0.78))


def icon(name: str, size: int) -> tuple[str, ImageFont.FreeTypeFont]:
    """The character of an icon, by its name in Material Design Icons, and the font to draw it."""
    return chr(int(_icon_codes()[name], 16)), _load(_ASSETS / "icons.ttf", size)


@functools.cache
def _load(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@functools.cache
def _characters(path: Path) -> frozenset[int]:
    return frozenset(FT2Font(str(path)).get_charmap())


@functools.cache
def _icon_codes() -> dict[str, str]:
    return json.loads((_ASSETS / "icons.json").read_text())
