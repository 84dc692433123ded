"""Draw a poster for a movie: title, year and genre on a card, where no real poster is at hand."""

import functools
import io
import re
import textwrap
from pathlib import Path

import matplotlib
from PIL import Image, ImageColor, ImageDraw, ImageFont

from helpers.genres import GENRE_COLOURS, main_genre

SIZE = (160, 240)
_FONTS = Path(matplotlib.get_data_path(), "fonts", "ttf")
_YEAR = re.compile(r"^(.*) \((\d{4})\)$")
_ARTICLE_LAST = re.compile(r"^(.*), (The|A|An|La|Le|Les|Il|El|Die|Der|Das)$")
_MARGIN = 12


def split_title(title: str) -> tuple[str, str]:
    """`"Matrix, The (1999)"` as people say it: `("The Matrix", "1999")`; no year gives ""."""
    found = _YEAR.match(title)
    name, year = found.groups() if found else (title, "")
    return _ARTICLE_LAST.sub(r"\2 \1", name), year


@functools.lru_cache(maxsize=2048)
def poster_card(title: str, genres: str) -> bytes:
    """A WebP picture of 160 by 240 pixels; the same movie always gives the same card."""
    name, year = split_title(title)
    genre = main_genre(genres)
    colour = ImageColor.getrgb(GENRE_COLOURS[genre])
    card = _gradient(colour)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, 5, SIZE[1]), fill=_mix(colour, (255, 255, 255), 0.45))
    _draw_title(draw, name)
    small = _font("DejaVuSans.ttf", 13)
    draw.text((_MARGIN, SIZE[1] - 46), year, font=_font("DejaVuSans-Bold.ttf", 17), fill="white")
    draw.text((_MARGIN, SIZE[1] - 24), genre, font=small, fill=_mix(colour, (255, 255, 255), 0.8))
    packed = io.BytesIO()
    card.save(packed, "WEBP", quality=80)
    return packed.getvalue()


def thumbnail(picture: Path) -> bytes:
    """A real poster at the size of a card."""
    with Image.open(picture) as image:
        small = image.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
    packed = io.BytesIO()
    small.save(packed, "WEBP", quality=80)
    return packed.getvalue()


def _gradient(colour: tuple[int, int, int]) -> Image.Image:
    column = Image.new("RGB", (1, SIZE[1]))
    for row in range(SIZE[1]):
        column.putpixel((0, row), _mix(colour, (12, 12, 20), 0.15 + 0.65 * row / SIZE[1]))
    return column.resize(SIZE)


def _mix(colour: tuple, other: tuple, share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))


def _draw_title(draw: ImageDraw.ImageDraw, name: str) -> None:
    """As large as fits into the width and the upper two thirds."""
    width, height = SIZE[0] - 2 * _MARGIN, SIZE[1] - 80
    for size in range(26, 9, -1):
        font = _font("DejaVuSans-Bold.ttf", size)
        lines = textwrap.wrap(name, int(width / (0.62 * size)), break_long_words=False)
        widest = max((draw.textlength(line, font=font) for line in lines), default=0)
        if widest <= width and len(lines) * size * 1.25 <= height:
            break
    else:
        lines = [*lines[: int(height / 14) - 1], "…"]
    draw.multiline_text((_MARGIN, 18), "\n".join(lines), font=font, fill="white", spacing=4)


@functools.cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / name, size)
