"""Make the fonts of the posters and pictures anew: `python helpers/pictures/assets/build.py`.

Needs pip, npm and a network, and fonttools; the fonts it writes need nothing.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
ICON_PACKAGE = "fonticon-materialdesignicons7==7.2.96"
ICON_SHA256 = "187191b5e9e58c397396d876a6cea9f0a935b26f22056b1605ef6ad7808ffa1d"
TEXT_PACKAGE = "@fontsource/barlow-condensed@5.3.0"
TEXT_SHA256 = "759fcdd25df64b4ef41653808d849cdb9ba0a520999032ceb137ce035a17e2ea"
WEIGHTS = {"Medium": 500, "SemiBold": 600}
# Basic Latin to Latin Extended-A, S and T with comma, punctuation, minus.
CHARACTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), 0x1E9E,
              *range(0x2010, 0x2027), 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2212]  # fmt: skip
ICONS = [
    # genres
    "cactus", "castle", "compass-rose", "draw", "drama-masks", "emoticon-lol", "eye",
    "fingerprint", "fire", "ghost", "hat-fedora", "heart", "key-variant", "movie-open",
    "music-clef-treble", "rocket-launch", "tank", "teddy-bear", "video-vintage",
    # the pictures of the course
    "account", "account-group", "account-tie", "book-open-variant", "bookshelf", "cart", "check",
    "close", "cursor-default-click", "database", "eye-off", "filter-variant",
    "format-list-numbered", "glasses", "magnify", "robot-happy", "scale-balance", "sort-variant",
    "star", "tag-multiple", "thumb-up", "tune",
]  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        icons = _fetch(_pip_download, ICON_PACKAGE, ICON_SHA256, Path(scratch))
        with zipfile.ZipFile(icons) as wheel:
            source = wheel.extract("fonticon_mdi7/fonts/materialdesignicons-webfont.ttf", scratch)
        _write_icons(TTFont(source))
        text = _fetch(_npm_pack, TEXT_PACKAGE, TEXT_SHA256, Path(scratch))
        with tarfile.open(text) as tarball:
            tarball.extractall(scratch, filter="data")
        for name, weight in WEIGHTS.items():
            _write_text(name, weight, Path(scratch, "package", "files"), Path(scratch))


def _fetch(download, package: str, sha256: str, scratch: Path) -> Path:
    before = set(scratch.iterdir())
    download(package, scratch)
    (archive,) = set(scratch.iterdir()) - before
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{package} has the checksum {found}, not {sha256}.")
    return archive


def _pip_download(package: str, scratch: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", package]
    subprocess.run(command, cwd=scratch, check=True)


def _npm_pack(package: str, scratch: Path) -> None:
    subprocess.run(["npm", "pack", "--silent", package], cwd=scratch, check=True)


def _write_icons(font: TTFont) -> None:
    code_of = {name: code for code, name in font.getBestCmap().items() if name in ICONS}
    _subset(font, sorted(code_of.values()), HERE / "icons.ttf")
    table = {name: f"{code_of[name]:X}" for name in sorted(ICONS)}
    (HERE / "icons.json").write_text(json.dumps(table, indent=1) + "\n")


def _write_text(name: str, weight: int, files: Path, scratch: Path) -> None:
    parts = []
    for script in ("latin", "latin-ext"):
        part = TTFont(files / f"barlow-condensed-{script}-{weight}-normal.woff")
        part.flavor = None
        for table in ("GSUB", "GDEF", "gasp"):
            del part[table]
        parts.append(scratch / f"{script}-{weight}.ttf")
        part.save(parts[-1])
    merged = Merger().merge([str(part) for part in parts])
    _subset(merged, CHARACTERS, HERE / f"BarlowCondensed-{name}.ttf")


def _subset(font: TTFont, characters: list[int], target: Path) -> None:
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 0
    font.save(target)
    print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
