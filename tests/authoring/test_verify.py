"""`check` finds each thing that can be off, and nothing in a course that was just built."""

import subprocess
import sys

import pytest

EDITIONS = "notebooks/halving/Halving.ipynb", "notebooks/self_study/Halving.ipynb"
GRADED = EDITIONS[0]
SOLVED = "solutions/halving/Halving.ipynb"


pytestmark = pytest.mark.usefixtures("built")


def test_a_built_course_has_no_faults(faults):
    assert faults() == []


@pytest.mark.parametrize("edition", [SOLVED, *EDITIONS])
def test_one_changed_character_is_found(edition, small, faults):
    path = small.root / edition
    path.write_text(path.read_text().replace("Halving", "Halvinh", 1))
    assert f"{edition} is not what the source gives; run `make build`" in faults()


def test_a_missing_edition(small, faults):
    (small.root / GRADED).unlink()
    assert f"{GRADED} is missing; run `make build`" in faults()


def test_a_stray_file_beside_the_release(small, faults):
    (small.root / "notebooks/halving/answers.txt").write_text("42")
    assert "notebooks/halving/answers.txt must not be in the release folder" in faults()


def test_a_file_that_nbgrader_would_release_too(small, faults):
    config = small.root / "nbgrader_config.py"
    config.write_text(config.read_text().replace(', "*.py"]', "]"))
    assert any("nbgrader would release notebooks/halving/Halving.py" in f for f in faults())


def test_code_changed_without_a_new_run(rewrite, faults):
    rewrite("number / 2", "number * 0.5")
    assert f"{SOLVED}: its outputs come from other code; run `make build`" in faults()


def test_a_solution_line_in_the_student_edition(small, faults):
    path = small.root / GRADED
    text = path.read_text()
    path.write_text(text.replace("raise NotImplementedError()", "half_of_the_number = number / 2"))
    found = faults()
    assert any("line of `halve`: 'half_of_the_number = number / 2'" in fault for fault in found)
    assert any("halve does not raise NotImplementedError" in fault for fault in found)


def test_a_picture_that_is_missing_heavy_or_without_words(small, rewrite, make, faults):
    rewrite("![a dot](../../images/dot.svg)", "![](../../images/dot.svg) ![x](../../images/no.svg)")
    make()
    (small.root / "images/dot.svg").write_text("<svg/>" + " " * 160_000)
    found = " ".join(faults())
    assert "picture ../../images/dot.svg has no alt text" in found
    assert "../../images/no.svg does not exist" in found
    assert "../../images/dot.svg weighs 160,006 bytes" in found


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("(number: float)", "(number)", "halve lacks types: number"),
        ('    """Half of `number`."""\n', "", "halve has no docstring"),
        ('grade_id": "halve-tests"', 'grade_id": "other-tests"', "`halve-tests` has no partner"),
        ('"points": 2', '"points": 0', "`halve-tests` is worth no points"),
    ],
)
def test_a_stub_or_pairing_that_is_off(make, rewrite, faults, old, new, sentence):
    rewrite(old, new)
    make()
    assert any(sentence in fault for fault in faults())


def test_a_stub_that_does_not_parse(make, rewrite, faults):
    rewrite("    ### BEGIN SOLUTION", "  ### BEGIN SOLUTION")
    rewrite("  ### BEGIN SOLUTION\n    half", "    x = 1\n  ### BEGIN SOLUTION\n    half")
    make()
    assert any("does not parse" in fault for fault in faults())


def test_an_edition_over_a_megabyte(make, rewrite, faults):
    rewrite('print("last cell")', 'print("x" * 1_000_001)')
    make()
    assert any("over 1,000,000" in fault for fault in faults())


def test_a_readme_with_another_address(small, faults):
    path = small.root / "README.md"
    path.write_text(path.read_text().replace("someone/course", "other/course"))
    assert any(fault.startswith("README.md: the badges") for fault in faults())


@pytest.mark.parametrize(
    ("edition", "content"), [(SOLVED, "{}"), (SOLVED, ""), (GRADED, "[1]"), (GRADED, "not JSON")]
)
def test_a_file_that_is_no_notebook_is_one_sentence(edition, content, small, course):
    (small.root / edition).write_text(content)
    command = [sys.executable, "-m", "authoring", "check", "--course", str(small.root)]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert f"{edition} is" in done.stdout + done.stderr
