"""What grading needs of the course: its folder, the released notebook, and the key of seeds."""

import hashlib
import os
import platform
import secrets
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from autograder.reading.assignment import Assignment, read_assignment

# What a verdict depends on: the checks and everything that they run.
_JUDGING = ("grading_tests", "helpers", "autograder/box", "autograder/reading")
_JUDGING_FILES = (
    "autograder/grading.py",
    "autograder/remote.py",
    "autograder/sandbox/limits.py",
    "autograder/sandbox/start.py",
)
_PACKAGES = ("jax", "jaxlib", "flax", "optax", "clu", "numpy", "annoy", "ipython")


class CourseFolderError(Exception):
    """The folder is no course, or not this one; the message says what to do."""


@dataclass(frozen=True)
class Course:
    """A course folder with one assignment; `key` makes the inputs of its checks unguessable."""

    root: Path
    assignment: Assignment
    key: str

    @classmethod
    def open(cls, root: Path, assignment: str, key: str) -> "Course":
        """`CourseFolderError` when there is no student edition of this assignment."""
        found = sorted((root / "notebooks" / assignment).glob("*.ipynb"))
        if len(found) != 1:
            known = sorted(path.name for path in (root / "solutions").glob("*") if path.is_dir())
            raise CourseFolderError(
                f"There is no student edition of {assignment!r} in {root / 'notebooks'}. Make it "
                f"with `make build`; assignments here: {', '.join(known) or 'none'}."
            )
        return cls(root, read_assignment(assignment, found[0].name, found[0].read_bytes()), key)

    @cached_property
    def digest(self) -> str:
        """Of the checks, the released notebook and the versions that a verdict depends on."""
        files = [path for room in _JUDGING for path in (self.root / room).rglob("*.py")]
        files += [self.root / name for name in _JUDGING_FILES]
        released = self.root / "notebooks" / self.assignment.name / self.assignment.notebook
        digest = hashlib.sha256()
        for path in [*sorted(files), released]:
            digest.update(f"{path.relative_to(self.root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        versions = [f"{name} {version(name)}" for name in _PACKAGES]
        digest.update("\0".join([platform.python_version(), *versions]).encode())
        return digest.hexdigest()


def course_key(root: Path) -> str:
    """The key in `.course_key`, made at random the first time; git ignores the file."""
    path = root / ".course_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_text().strip()
        if not key:
            raise CourseFolderError(f"{path} is empty. Delete it, and a new key is made.") from None
        return key
    key = secrets.token_hex(16)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(f"{key}\n")
    return key
