"""The demo, as `make demo` runs it."""

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_the_demo_gives_full_marks_to_the_right_and_none_to_the_blank(course):
    command = [sys.executable, "-m", "autograder.demo"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (total,) = [line for line in done.stdout.splitlines() if "total" in line]
    assert "30/30" in total
    assert "0/30" in total
    for page in done.stdout.partition("Pages to look at:")[2].split():
        assert (course / page).stat().st_size > 10_000
