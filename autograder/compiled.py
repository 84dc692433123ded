"""A cache of compiled programs that every box reads and no submission can write."""

import fcntl
import hashlib
import platform
import re
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from autograder.course import Course
from autograder.grading import grade
from autograder.reading.submission import Handed, normalise
from autograder.sandbox import Sandbox

_CPU = re.compile(r"^(?:model name|flags|Features)\s*:.*$", re.MULTILINE)


def compilation_cache(course: Course, trusted: bool) -> Path | None:
    """The folder of programs that grading the solved practical compiles, filled where it is new.

    None without a solved practical: grading is then slower, with the same results.
    """
    solved = course.root / "solutions" / course.assignment.name / course.assignment.notebook
    if not solved.is_file():
        return None
    folder = course.root / "build" / "compiled" / f"{_machine()}-{course.digest[:16]}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / ".lock").open("w") as lock:
        # Workers that start together wait for the first one instead of compiling the same.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fill(folder, solved, course, trusted)
    return folder


def _fill(folder: Path, solved: Path, course: Course, trusted: bool) -> None:
    filling = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".filling-"))
    try:
        handed = Handed("the solved practical", solved.read_bytes())
        with Sandbox(course.root, trusted=trusted, cache=filling, fill_cache=True) as sandbox:
            sandbox.prove()
            grade(normalise(handed, course.assignment), course, sandbox)
        filling.rename(folder)
    except OSError:
        # Another machine that shares the folder was quicker: locks do not always reach that far.
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(filling, ignore_errors=True)


def _machine() -> str:
    """Compiled programs fit one kind of processor and one version of the compiler."""
    about = [platform.machine(), version("jaxlib"), version("jax")]
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        about += sorted(set(_CPU.findall(cpuinfo.read_text())))
    return hashlib.sha256("\0".join(about).encode()).hexdigest()[:12]
