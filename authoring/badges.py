"""The Colab badges of the README, from the one address in pyproject.toml."""

import re
from pathlib import Path

from authoring.course import AuthoringError, Course
from authoring.files import write_if_changed

_README = Path("README.md")
_BEGIN, _END = "<!-- badges:begin -->", "<!-- badges:end -->"
_BADGE = "https://colab.research.google.com/assets/colab-badge.svg"


def stamped_readme(course: Course) -> bytes:
    """README.md with one badge for each student edition between its markers."""
    text = (course.root / _README).read_text()
    if _BEGIN not in text or _END not in text:
        raise AuthoringError(f"README.md needs the markers {_BEGIN} and {_END}.")
    lines = [
        f"{label}: [![Open in Colab]({_BADGE})](https://colab.research.google.com/github/"
        f"{course.repository}/blob/main/{path.as_posix()})"
        for practical in course.practicals
        for label, path in (
            (f"{practical.name.replace('_', ' ')}, to be graded", practical.graded),
            ("with solutions, for self-study", practical.self_study),
        )
    ]
    badges = "  \n".join(lines)
    block = f"{_BEGIN}\n{badges}\n{_END}"
    return re.sub(f"{_BEGIN}.*?{_END}", lambda _: block, text, flags=re.DOTALL).encode()


def stamp_readme(course: Course) -> list[Path]:
    """Write the badges; returns README.md when it changed."""
    changed = write_if_changed(course.root / _README, stamped_readme(course))
    return [_README] if changed else []
