"""Otter-Grader on the course's exercises: the same hidden checks, as tests in Otter's form."""

import subprocess
import sysconfig
import venv
from pathlib import Path

from benchmarks.synthetic import ROOT
from grading_tests import EXERCISES, hidden_checks

PACKAGE = "otter-grader==7.0.0"
_TEST = """from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = {points}


@test_case(points={points})
def test_{name}(env):
    from grading_tests import grade

    assert grade("{name}", env) == {points}
"""


class NoOtterError(Exception):
    """It cannot be had here; the message says why."""


def install(folder: Path) -> Path:
    """An environment that adds Otter to this one's packages; gives its `otter` command."""
    command = folder / "bin" / "otter"
    if command.is_file():
        return command
    venv.create(folder, with_pip=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "course.pth").write_text(sysconfig.get_path("purelib"))
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", PACKAGE]
    done = subprocess.run(pip, capture_output=True, text=True)
    if done.returncode:
        raise NoOtterError(f"pip cannot install it: {done.stderr.strip().splitlines()[-1]}")
    return command


def build_autograder(otter: Path, folder: Path) -> Path:
    """The zip that `otter run` takes, with a test per exercise."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for name in EXERCISES:
        points = sum(check.points for check in hidden_checks(name, "stock"))
        (tests / f"{name}.py").write_text(_TEST.format(name=name, points=points))
    command = [otter, "generate", "-t", tests, "-o", folder / "autograder.zip", "--no-environment"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    zips = list(folder.glob("*.zip"))
    if done.returncode or not zips:
        raise NoOtterError(f"otter generate: {(done.stderr or done.stdout)[-300:]}")
    return zips[0]
