"""Where everything of a course lies."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


class AuthoringError(Exception):
    """Something that an author can mend, in one sentence."""


@dataclass(frozen=True)
class Practical:
    """One text source and the paths of its editions, relative to the course."""

    assignment: str
    name: str

    @property
    def source(self) -> Path:
        return Path("solutions", self.assignment, f"{self.name}.py")

    @property
    def solved(self) -> Path:
        return self.source.with_suffix(".ipynb")

    @property
    def graded(self) -> Path:
        return Path("notebooks", self.assignment, f"{self.name}.ipynb")

    @property
    def self_study(self) -> Path:
        return Path("notebooks", "self_study", f"{self.name}.ipynb")


@dataclass(frozen=True)
class Course:
    """A course folder."""

    root: Path

    @property
    def practicals(self) -> list[Practical]:
        """Every `solutions/<assignment>/<Name>.py`, in order."""
        sources = sorted(self.root.glob("solutions/*/*.py"))
        if not sources:
            raise AuthoringError(f"There is no solutions/<assignment>/<Name>.py in {self.root}.")
        return [Practical(source.parent.name, source.stem) for source in sources]

    @cached_property
    def repository(self) -> str:
        """`owner/name` on GitHub, from the one place that says it: pyproject.toml."""
        try:
            address = self._project["urls"]["Repository"]
        except KeyError:
            raise AuthoringError("pyproject.toml must have [project.urls] Repository.") from None
        return address.removeprefix("https://github.com/").strip("/")

    @cached_property
    def release_tag(self) -> str:
        """The git tag of the released edition, `v` and the version in pyproject.toml."""
        try:
            return f"v{self._project['version']}"
        except KeyError:
            raise AuthoringError("pyproject.toml must have [project] version.") from None

    @property
    def _project(self) -> dict:
        try:
            return tomllib.loads((self.root / "pyproject.toml").read_text())["project"]
        except (FileNotFoundError, KeyError):
            raise AuthoringError("pyproject.toml must have [project.urls] Repository.") from None
