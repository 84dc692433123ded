"""Find the file that each student handed in: `SUBMITTED/<student>/<assignment>/...`."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from autograder.reading.archive import read_archive
from autograder.reading.assignment import Assignment
from autograder.reading.notebook import MAX_BYTES, UnreadableError, read_cells
from autograder.reading.submission import Handed, exercises_of

MAX_FILES = 100
_SKIPPED = (".", "__MACOSX", "__pycache__")


def find_students(submitted: Path, assignment: str) -> list[str]:
    """The folders of students who handed something in, sorted.

    `FileNotFoundError` where `submitted` is no folder.
    """
    with os.scandir(submitted) as entries:
        names = [e.name for e in entries if e.is_dir(follow_symlinks=False) and e.name[0] != "."]
    return sorted(name for name in names if _folder_of(submitted / name, assignment))


def read_handed(submitted: Path, student: str, assignment: Assignment) -> Handed:
    """The student's notebook: by its name, else the file with the most of the course in it."""
    folder = _folder_of(submitted / student, assignment.name)
    name = printable(student)
    notes: list[str] = []
    if folder is None:
        return Handed(name, None, "There is no folder for this assignment.")
    best, chosen = None, None
    for path, content in _candidates(folder, notes):
        known = _familiar_cells(content, assignment)
        exact = path == assignment.notebook
        # A file of the right name that has nothing in it must not hide one that has.
        rank = (not (exact and known), -known, not exact, path)
        if best is None or rank < best:
            best, chosen = rank, (path, content)
    if chosen is None:
        others = ", ".join(sorted(path.name for path in _files(folder, []))[:5])
        only = f" (only {printable(others)})" if others else ""
        return Handed(name, None, f"No notebook was handed in{only}.", tuple(notes))
    if chosen[0] != assignment.notebook:
        notes.append(f"the notebook was called {printable(chosen[0])!r}")
    return Handed(name, chosen[1], notes=tuple(notes))


def printable(text: str) -> str:
    """`text` as it can be written anywhere: undecodable bytes and control characters escaped."""
    text = text.encode("utf-8", "backslashreplace").decode()
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def _folder_of(student: Path, assignment: str) -> Path | None:
    """The assignment's folder, or the student's own where files lie directly in it."""
    folder = student / assignment
    if folder.is_dir() and not folder.is_symlink():
        return folder
    if folder.is_symlink():
        return student
    with os.scandir(student) as entries:
        return student if any(entry.is_file(follow_symlinks=False) for entry in entries) else None


def _candidates(folder: Path, notes: list[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file that may be a notebook, those of archives included."""
    for path in _files(folder, notes):
        name = path.relative_to(folder).as_posix()
        content = _read_file(path)
        if content is None:
            continue
        if path.suffix == ".zip":
            try:
                members = read_archive(content)
            except UnreadableError as error:
                notes.append(f"{printable(name)!r}: {error}")
                continue
            for member, text in members.items():
                yield f"{name}/{member}", text
        elif ".ipynb" in path.name or path.suffix in (".json", ".txt"):
            yield name, content


def _files(folder: Path, notes: list[str]) -> Iterator[Path]:
    """Regular files under `folder`, sorted; links are never followed."""
    count = 0
    for parent, folders, names in os.walk(folder, followlinks=False):
        links = [n for n in (*folders, *names) if Path(parent, n).is_symlink()]
        notes += [
            f"{printable(name)!r} is a link; links are not followed" for name in sorted(links)
        ]
        folders[:] = sorted(n for n in folders if not n.startswith(_SKIPPED) and n not in links)
        for name in sorted(names):
            count += 1
            if count > MAX_FILES:
                return
            if name not in links and not name.startswith(_SKIPPED):
                yield Path(parent, name)


def _read_file(path: Path) -> bytes | None:
    """Its bytes, one more than allowed at most; None for what is no regular file."""
    try:
        # O_NOFOLLOW and O_NONBLOCK: neither a link nor a pipe put there meanwhile is followed.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return stream.read(MAX_BYTES + 1)


def _familiar_cells(content: bytes, assignment: Assignment) -> int:
    try:
        return sum(bool(exercises_of(cell, assignment)) for cell in read_cells(content))
    except UnreadableError:
        return 0
