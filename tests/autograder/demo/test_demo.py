"""The demo, as `make demo` runs it."""

import os
import subprocess
import sys

import pytest


def demo(course, **environment):
    return subprocess.run(
        [sys.executable, "-m", "autograder.demo"],
        cwd=course,
        capture_output=True,
        text=True,
        env=os.environ | {"COLUMNS": "120"} | environment,
    )


@pytest.mark.slow
def test_the_demo_grades_four_and_the_attacks_gain_nothing(course, sandbox):
    done = demo(course)
    assert done.returncode == 0, done.stdout + done.stderr
    (total,) = [line for line in done.stdout.splitlines() if "total" in line]
    # In the order of the names: all_right, blank, half_done, hostile.
    assert [part.split()[0] for part in total.split("│")[2:6]] == [
        "30/30",
        "0/30",
        "14/30",
        "16/30",
    ]
    assert "What the hostile submission got" in done.stdout
    for page in done.stdout.partition("Pages to look at:")[2].split():
        assert (course / page).stat().st_size > 3_000


@pytest.mark.slow
def test_without_a_sandbox_the_demo_says_so_and_never_runs_the_hostile_one(course, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    done = demo(course, PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The hostile submission was left out. No sandbox can be started here" in done.stdout
    assert "30/30" in done.stdout
    assert not (course / "build" / "demo" / "build" / "submitted" / "hostile").exists()
