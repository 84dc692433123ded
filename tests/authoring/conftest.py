"""A course of one exercise, small enough to be built in a test."""

import json
import shutil

import pytest

from authoring.build import build
from authoring.course import Course
from authoring.verify import course_faults, practical_faults

SOURCE = '''# %% [markdown]
# # Halving
#
# [![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/github/@@REPOSITORY@@/blob/main/@@NOTEBOOK@@)
#
# ![a dot](../../images/dot.svg)

# %% nbgrader={"grade": false, "grade_id": "halve", "locked": false, "schema_version": 3, "solution": true, "task": false}
def halve(number: float) -> float:
    """Half of `number`."""
    ### BEGIN SOLUTION
    half_of_the_number = number / 2
    return half_of_the_number
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "halve-tests", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
assert halve(2) == 1
### BEGIN HIDDEN TESTS
assert halve(7) == 3.5, "hidden"
### END HIDDEN TESTS

# %%
print("last cell")
'''  # noqa: E501


@pytest.fixture
def small(course, tmp_path):
    """The small course, not built yet."""
    _write_course(course, tmp_path)
    return Course(tmp_path)


@pytest.fixture(scope="session")
def _built_once(course, tmp_path_factory):
    root = tmp_path_factory.mktemp("built")
    _write_course(course, root)
    build(Course(root), *Course(root).practicals, False, lambda *_: None)
    return root


@pytest.fixture
def built(small, _built_once):
    """The small course, built."""
    shutil.copytree(_built_once, small.root, dirs_exist_ok=True)
    return small


def _write_course(course, tmp_path):
    for name in ("nbgrader_config.py", "LICENSE", "requirements.txt", ".gitignore"):
        shutil.copy(course / name, tmp_path)
    files = {
        "pyproject.toml": '[project.urls]\nRepository = "https://github.com/someone/course"\n',
        "README.md": "# Small\n<!-- badges:begin -->\n<!-- badges:end -->\n",
        "solutions/halving/Halving.py": SOURCE,
        "images/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "helpers/__init__.py": '"""Helpers."""\n',
        "grading_tests/halving.py": "expected_half_of_seven = 3.5\n",
        "data/README.md": "# Data\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "authoring").mkdir()


@pytest.fixture
def rewrite(small):
    """Replace text in the source of the small course."""
    path = small.root / "solutions/halving/Halving.py"

    def replace(old, new):
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return replace


@pytest.fixture
def make(small):
    """Build the small course; returns what changed, as text."""

    def run(force=False):
        return [
            str(path)
            for path in build(Course(small.root), *small.practicals, force, lambda *_: None)
        ]

    return run


@pytest.fixture
def faults(small):
    """What `check` finds, as sentences."""

    def run():
        fresh = Course(small.root)
        return [*course_faults(fresh), *practical_faults(fresh, *fresh.practicals)]

    return run


@pytest.fixture
def cells(small):
    """Cells of an edition, as plain JSON."""
    return lambda path: json.loads((small.root / path).read_text())["cells"]
