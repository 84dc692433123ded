"""Compiled programs on disk."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import jax
from helpers.engine.compiled import keep_compiled_programs
print(keep_compiled_programs())
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
jax.jit(lambda x: x * 2)(1.0)
"""


@pytest.fixture
def run(course, tmp_path):
    """Run the program with a cache folder of its own; returns what it said and the files made."""

    def start(**environment):
        home = {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("RECSYS_COMPILATION_CACHE", "JAX_COMPILATION_CACHE_DIR")
        }
        result = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=course,
            env=kept | home | environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return result.stdout.strip(), list(tmp_path.rglob("*-cache"))

    return start


@pytest.mark.skipif(sys.platform != "linux", reason="the folder has another name elsewhere")
def test_programs_lie_in_the_users_cache_folder(run, tmp_path):
    said, files = run()
    assert said.startswith(str(tmp_path / "recommender-systems-course"))
    assert files
    assert all(str(path).startswith(said) for path in files)


def test_it_can_be_switched_off(run):
    assert run(RECSYS_COMPILATION_CACHE="0") == ("None", [])


def test_a_folder_chosen_by_somebody_else_stays(run, tmp_path):
    said, files = run(JAX_COMPILATION_CACHE_DIR=str(tmp_path / "chosen"))
    assert said == "None"
    assert {path.parent for path in files} == {tmp_path / "chosen"}


def test_a_home_that_cannot_be_written_is_no_error(run, tmp_path):
    (tmp_path / "file").write_text("")
    said, files = run(XDG_CACHE_HOME=str(tmp_path / "file"))
    assert said == "None"
    assert not files
