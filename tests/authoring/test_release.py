"""What students receive: everything they need, and nothing that answers an exercise."""

import pytest

from authoring.course import AuthoringError, Course
from authoring.leaks import find_leaks, secrets_of
from authoring.release import make_release

pytestmark = pytest.mark.usefixtures("built")


def names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_release_holds_what_a_student_needs_and_no_more(small):
    released = names(make_release(small, with_self_study=False))
    assert released == {
        "README.md",
        "LICENSE",
        "requirements.txt",
        ".gitignore",
        "data/README.md",
        "helpers/__init__.py",
        "images/dot.svg",
        "notebooks/halving/Halving.ipynb",
    }


def test_self_study_goes_out_only_when_asked_for(small):
    released = names(make_release(small, with_self_study=True))
    assert "notebooks/self_study/Halving.ipynb" in released


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("helpers/hints.py", "    half_of_the_number = number / 2"),
        ("helpers/hints.py", "expected_half_of_seven = 3.5"),
        ("data/README.md", "see grading_tests"),
        ("helpers/hints.py", '"assert halve(7) == 3.5, "hidden"'),
    ],
)
def test_a_leak_stops_the_release_and_the_last_one_stays(small, file, line):
    target = make_release(small, with_self_study=False)
    if "hidden" in line:
        line = line.strip('"') + '"'
    (small.root / file).write_text(f"{line}\n")
    if file.startswith("helpers"):
        # What helpers hold is public: the line must leak somewhere else to be found.
        (small.root / file).rename(small.root / "images" / "hints.py")
    with pytest.raises(AuthoringError, match="The release leaks"):
        make_release(small, with_self_study=False)
    assert "images/hints.py" not in names(target)


def test_known_mistakes_hold_no_line_of_a_solution(course):
    opened = Course(course)
    for practical in opened.practicals:
        secrets = secrets_of(opened, practical)
        leaks = find_leaks(secrets, course / "helpers" / "checks" / "mistakes")
        assert not [leak for leak in leaks if leak.origin.startswith("`")]
