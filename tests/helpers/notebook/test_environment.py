"""What the set-up cell finds, installs and refuses."""

import subprocess
import sys
from importlib import metadata

import pytest

from helpers import prepare_environment
from helpers.errors import CourseError
from helpers.notebook import environment

NEEDED = "# students: the practical\n"


@pytest.fixture
def requirements(tmp_path):
    def write(needed, optional=""):
        path = tmp_path / "requirements.txt"
        path.write_text(f"{NEEDED}{needed}\n# students: the projector\n{optional}\n# other\nx==1\n")
        return path

    return write


@pytest.fixture
def pip(monkeypatch):
    """Records what would be installed; `pip.code` is what it returns."""

    class Pip:
        code, calls = 0, []

        def run(self, command, **_):
            self.calls.append(command[5:])
            installed.update({"absent-package": "2.0"})
            return subprocess.CompletedProcess(command, self.code, "", "working\nno network")

    installed, version, fake = {}, metadata.version, Pip()
    fake.calls = []
    monkeypatch.setattr(environment.subprocess, "run", fake.run)
    monkeypatch.setattr(
        environment.metadata, "version", lambda name: installed.get(name) or version(name)
    )
    return fake


def test_here_everything_is_there(capsys, pip):
    prepare_environment()
    said = capsys.readouterr().out
    assert f"jax {metadata.version('jax')}" in said
    assert "Installing" not in said
    assert pip.calls == []


def test_only_what_is_missing_is_installed_within_its_bounds(requirements, pip, capsys):
    prepare_environment(requirements("numpy>=1\nabsent-package>=1.5,<3"))
    assert pip.calls == [["absent-package<3,>=1.5"]]
    assert "absent-package 2.0" in capsys.readouterr().out


def test_without_a_network_one_sentence(requirements, pip):
    pip.code = 1
    with pytest.raises(CourseError, match=r"could not be installed \(no network\).*%pip install"):
        prepare_environment(requirements("absent-package>=1.5,<3"))


def test_an_old_version_is_a_sentence_with_the_way_out(requirements):
    with pytest.raises(CourseError, match=r'numpy .* older .*%pip install "numpy.*restart'):
        prepare_environment(requirements("numpy>=99,<100"))


def test_a_newer_version_is_only_remarked(requirements, capsys):
    prepare_environment(requirements("numpy>=1.0,<1.1"))
    assert "newer than the course was tested with" in capsys.readouterr().out


def test_the_projector_is_optional(requirements, pip, capsys):
    prepare_environment(requirements("numpy>=1", "absent-package>=1"))
    assert pip.calls == []
    assert "Without absent-package the Embedding Projector stays closed" in capsys.readouterr().out


def test_a_course_without_its_requirements_is_one_sentence(tmp_path):
    with pytest.raises(CourseError, match=r"requirements\.txt is missing"):
        prepare_environment(tmp_path / "requirements.txt")


def test_an_old_python_is_refused(monkeypatch):
    monkeypatch.setattr(environment.sys, "version_info", (3, 10, 1))
    with pytest.raises(CourseError, match=r"needs 3\.11 or newer"):
        prepare_environment()


def test_the_environment_is_looked_at_before_anything_is_imported(course):
    program = (
        "import sys; from helpers import prepare_environment; prepare_environment()\n"
        "assert not {'jax', 'numpy', 'pandas'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=course, check=True)
