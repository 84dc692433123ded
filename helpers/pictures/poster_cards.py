"""Draw a poster for a movie: title, year, genres and their symbol, where no real one is at hand."""

import functools
import io
import re
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from helpers.data.movies import spoken_title
from helpers.errors import DamagedDataError
from helpers.pictures.fonts import font_for, icon
from helpers.pictures.genres import GENRE_COLOURS, GENRE_ICONS, listed_genres, main_genre

SIZE = (160, 240)
# Drawn larger than shown: sharp on a screen with small pixels, and on a projector.
_WIDTH, _HEIGHT = 240, 360
_MARGIN = 18
# Title and symbol without year and genres; a little higher than wide.
_SQUARE = (0, 14, _WIDTH, 286)
_WHITE, _NIGHT = (255, 255, 255), (12, 12, 20)
_YEAR = re.compile(r"^(.*) \((\d{4})\)$")
_OTHER_NAMES = re.compile(r"(?<=\S) \(.*\)$")
_LONG_TITLE = 34


def split_title(title: str) -> tuple[str, str]:
    """`"Matrix, The (1999)"` as people say it: `("The Matrix", "1999")`; no year gives ""."""
    found = _YEAR.match(title)
    name, year = found.groups() if found else (title, "")
    return spoken_title(name), year


@functools.lru_cache(maxsize=2048)
def poster_card(title: str, genres: str) -> bytes:
    """A WebP picture, half as large again as `SIZE`; the same movie always gives the same card."""
    packed = io.BytesIO()
    draw_card(title, genres).save(packed, "WEBP", quality=76, method=2)
    return packed.getvalue()


def draw_card(title: str, genres: str) -> Image.Image:
    """The picture itself, for whoever needs it in another form."""
    name, year = split_title(title)
    if len(name) > _LONG_TITLE:
        name = _OTHER_NAMES.sub("", name)
    main = main_genre(genres)
    light = _mix(ImageColor.getrgb(GENRE_COLOURS[main]), _WHITE, 0.72)
    card = _background(main).copy()
    draw = ImageDraw.Draw(card)
    _draw_title(draw, name)
    line = " · ".join(listed_genres(genres)[:3]) or main
    font = _fitting(line, 24, _WIDTH - 2 * _MARGIN)
    draw.text((_MARGIN, _HEIGHT - _MARGIN), line, font=font, fill=light, anchor="ls")
    bold = font_for(year, "title", 34)
    draw.text((_MARGIN, _HEIGHT - _MARGIN - 32), year, font=bold, fill="white", anchor="ls")
    return card


def sprite(title: str, genres: str) -> Image.Image:
    """A card as TensorBoard's projector wants it: a square of 64 pixels, the symbol in it."""
    return draw_card(title, genres).crop(_SQUARE).resize((64, 64), reducing_gap=2.0)


def thumbnail(picture: Path) -> bytes:
    """A real poster at the size of a card; `DamagedDataError` when the file is no picture."""
    try:
        with Image.open(picture) as image:
            small = image.convert("RGB").resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)
    except (OSError, Image.DecompressionBombError):
        raise DamagedDataError(
            f"{picture} is no picture. Delete it, and a card is drawn in its place."
        ) from None
    packed = io.BytesIO()
    small.save(packed, "WEBP", quality=76, method=2)
    return packed.getvalue()


@functools.cache
def _background(genre: str) -> Image.Image:
    colour = ImageColor.getrgb(GENRE_COLOURS[genre])
    card = _gradient(colour)
    draw = ImageDraw.Draw(card)
    _draw_icon(draw, GENRE_ICONS[genre], colour)
    draw.rectangle((0, 0, _WIDTH, 7), fill=_mix(colour, _WHITE, 0.4))
    return card


def _gradient(colour: tuple[int, int, int]) -> Image.Image:
    column = Image.new("RGB", (1, _HEIGHT))
    for row in range(_HEIGHT):
        column.putpixel((0, row), _mix(colour, _NIGHT, 0.12 + 0.62 * row / _HEIGHT))
    return column.resize((_WIDTH, _HEIGHT))


def _draw_icon(draw: ImageDraw.ImageDraw, name: str, colour: tuple[int, int, int]) -> None:
    character, font = icon(name, 124)
    place = (_WIDTH - _MARGIN / 2, _HEIGHT - 74)
    draw.text(place, character, font=font, fill=_mix(colour, _WHITE, 0.3), anchor="rs")


def _mix(colour: tuple, other: tuple, share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))


def _draw_title(draw: ImageDraw.ImageDraw, name: str) -> None:
    """As large as fits into the width and the upper half."""
    width, height = _WIDTH - 2 * _MARGIN, 150
    for size in range(46, 19, -2):
        font = font_for(name, "title", size)
        lines = _wrap(name, font, width)
        widest = max(map(font.getlength, lines), default=0)
        if widest <= width and len(lines) * size * 1.1 <= height:
            break
    else:
        lines = [_cut(line, font, width) for line in lines]
        fitting = int(height / (size * 1.1))
        lines = (
            lines if len(lines) <= fitting else [*lines[: fitting - 1], f"{lines[fitting - 1]}…"]
        )
    step = size * 1.1
    for number, line in enumerate(lines):
        draw.text((_MARGIN, 24 + number * step), line, font=font, fill="white", anchor="la")


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text}…"


def _fitting(text: str, size: int, width: float) -> ImageFont.FreeTypeFont:
    while size > 14 and font_for(text, "text", size).getlength(text) > width:
        size -= 1
    return font_for(text, "text", size)
