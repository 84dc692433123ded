"""Is everything here that the practical needs, and in versions that it was tested with?"""

import importlib
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from helpers.errors import CourseError

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements.txt"
NEEDED, OPTIONAL = "# students: the practical", "# students: the projector"
_OLDEST_PYTHON = (3, 11)


class UnsupportedVersionError(CourseError):
    """A version that the course cannot work with."""


def prepare_environment(requirements: Path = REQUIREMENTS) -> None:
    """Install what is missing, say which versions are here, and refuse those that are too old.

    `CourseError` where an installation fails, `UnsupportedVersionError` for an old version. What
    only the projector needs is never installed: it is large, and the practical works without.
    """
    if sys.version_info < _OLDEST_PYTHON:
        raise UnsupportedVersionError(
            f"This is Python {platform.python_version()}; the course needs 3.11 or newer."
        )
    needed = list(_part(requirements, NEEDED))
    _install([package for package in needed if _version(package) is None])
    for package in needed:
        _refuse_if_too_old(package)
    found = [f"{package.name} {_version(package)}" for package in needed]
    print(f"Python {platform.python_version()}, {', '.join(found)}")
    _remark([*needed, *_part(requirements, OPTIONAL)])


def _part(requirements: Path, title: str) -> Iterator[Requirement]:
    """The requirements between the comment `title` and the next comment."""
    inside = False
    if not requirements.exists():
        raise CourseError(f"{requirements} is missing. Download the course anew.")
    for line in requirements.read_text().splitlines():
        if line.startswith("#"):
            inside = line.startswith(title)
        elif inside and line:
            yield Requirement(line)


def _version(package: Requirement) -> Version | None:
    try:
        return Version(metadata.version(package.name))
    except metadata.PackageNotFoundError:
        return None


def _install(missing: list[Requirement]) -> None:
    if not missing:
        return
    names = ", ".join(package.name for package in missing)
    print(f"Installing {names} ...")
    command = [sys.executable, "-m", "pip", "install", "--quiet", *map(str, missing)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip() or "pip said nothing").splitlines()[-1]
        raise CourseError(
            f"{names} could not be installed ({reason}). With a network, run: {_pip_line(missing)}"
        )
    importlib.invalidate_caches()


def _refuse_if_too_old(package: Requirement) -> None:
    version, oldest = _version(package), _bound(package, ">=", "==")
    if version is not None and oldest is not None and version < oldest:
        raise UnsupportedVersionError(
            f"{package.name} {version} is older than this course can use ({oldest} or newer). "
            f"Run {_pip_line([package])}, restart the kernel, and run this cell again."
        )


def _remark(packages: list[Requirement]) -> None:
    for package in packages:
        version, limit = _version(package), _bound(package, "<")
        if version is None:
            print(
                f"Without {package.name} the Embedding Projector stays closed; the map in the "
                "notebook shows the same movies."
            )
        elif limit is not None and version >= limit:
            print(
                f"{package.name} {version} is newer than the course was tested with. Should it "
                f"break something: {_pip_line([package])}"
            )


def _bound(package: Requirement, *operators: str) -> Version | None:
    bounds = [spec.version for spec in package.specifier if spec.operator in operators]
    return Version(bounds[0]) if bounds else None


def _pip_line(packages: list[Requirement]) -> str:
    return "%pip install " + " ".join(f'"{package}"' for package in packages)
