"""What students receive, as a folder that can be pushed as a public repository."""

import shutil
import tempfile
from pathlib import Path

from authoring.course import AuthoringError, Course
from authoring.leaks import find_leaks, secrets_of

TARGET = Path("build", "release")
_FOLDERS = ("helpers", "images", "data")
_FILES = ("LICENSE", "requirements.txt", ".gitignore")
_NOT_FOR_STUDENTS = shutil.ignore_patterns(
    "__pycache__", "*.pyc", ".ipynb_checkpoints", ".DS_Store", "*.partial"
)


def make_release(course: Course, with_self_study: bool) -> Path:
    """Build `build/release/` anew, or leave it as it was when something leaks.

    `AuthoringError` lists the leaks. With self-study, its solutions are meant to be public.
    """
    target = course.root / TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        staging = Path(scratch, "release")
        _copy_student_files(course, staging)
        _forbid_leaks(course, staging)
        if with_self_study:
            for practical in course.practicals:
                _copy(course.root / practical.self_study, staging / practical.self_study)
        shutil.rmtree(target, ignore_errors=True)
        staging.rename(target)
    return target


def student_readme(course: Course) -> str:
    """README.md of what students receive."""
    template = Path(__file__).with_name("student_readme.md").read_text()
    readme = template.replace("@@REPOSITORY@@", course.repository)
    return readme.replace("@@NOTEBOOK@@", course.practicals[0].graded.as_posix())


def _copy_student_files(course: Course, staging: Path) -> None:
    for folder in _FOLDERS:
        shutil.copytree(course.root / folder, staging / folder, ignore=_NOT_FOR_STUDENTS)
    for name in _FILES:
        _copy(course.root / name, staging / name)
    for practical in course.practicals:
        _copy(course.root / practical.graded, staging / practical.graded)
    (staging / "README.md").write_text(student_readme(course))


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        raise AuthoringError(f"{source} is missing; run `make build` first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _forbid_leaks(course: Course, staging: Path) -> None:
    for practical in course.practicals:
        leaks = find_leaks(secrets_of(course, practical), staging, helpers=course.root / "helpers")
        if leaks:
            raise AuthoringError("The release leaks:\n" + "\n".join(map(str, leaks)))
