"""Boxes come from one server, know nothing of each other, and come without it where they must."""

import os
import subprocess
import sys
import tempfile

import psutil
import pytest

from autograder.sandbox import Sandbox, find_bwrap

# What an answer does to all that it can name and write to, for the next to find.
LEAVES_BEHIND = """
import contextlib, os, resource

def sparsity():
    left = []
    for folder in (".", os.environ["HOME"], "/tmp", "/dev/shm", "/proc", "/"):
        with contextlib.suppress(OSError):
            with open(f"{folder}/left", "w") as stream:
                stream.write("here")
            left.append(folder)
    for pid in range(1, 100):
        with contextlib.suppress(OSError):
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (32, 32))
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, pid, 19)
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_USER, os.getuid(), 19)
    return left
"""
LOOKS_FOR_IT = """
import os, resource

def sparsity():
    folders = (".", os.environ["HOME"], "/tmp", "/dev/shm", "/proc", "/")
    found = [folder for folder in folders if os.path.exists(f"{folder}/left")]
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return [found, limit, os.getpriority(os.PRIO_PROCESS, 0), os.getpid()]
"""

# A magic takes IPython, which is imported when it is needed.
ASK_TWICE = """
import sys
from pathlib import Path
from autograder.sandbox import Sandbox

with Sandbox(Path(sys.argv[1])) as sandbox:
    for source in sys.argv[2:]:
        with sandbox.start() as box:
            box.wait_until_ready()
            box.load([{"source": "%matplotlib inline\\n" + source, "exercise": "sparsity"}])
            print(box.ask("sparsity", "call", ["sparsity"], {"stand_ins": None}, 20.0)["value"])
"""


@pytest.fixture
def own(opened, sandbox):
    """A sandbox for one test alone."""
    with Sandbox(opened.root) as made:
        yield made


def test_a_submission_leaves_nothing_to_the_next(own, ask):
    before = ask(own, LOOKS_FOR_IT)["value"]
    assert ask(own, LEAVES_BEHIND)["value"] == [".", "/home/student", "/tmp", "/dev/shm"]
    assert ask(own, LOOKS_FOR_IT)["value"] == before
    assert before[0] == []


def test_what_has_imported_everything_stays_for_the_next_box(own, ask):
    ask(own, LOOKS_FOR_IT)
    server = living_children()
    ask(own, LOOKS_FOR_IT)
    assert server
    assert living_children() == server


def test_python_may_be_installed_where_a_box_may_write(course, sandbox):
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="a folder ") as folder:
        elsewhere = [find_bwrap(), "--dev-bind", "/", "/", "--bind", sys.prefix, f"{folder}/venv"]
        command = [*elsewhere, f"{folder}/venv/bin/python", "-c", ASK_TWICE, str(course)]
        command += [LEAVES_BEHIND, LOOKS_FOR_IT]
        done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    left, found = done.stdout.splitlines() or ["", ""]
    assert left == "['.', '/home/student', '/tmp', '/dev/shm']", done.stderr
    assert found.startswith("[[], ")


def test_two_boxes_at_a_time_do_not_see_each_other(own):
    with own.start() as one, own.start() as other:
        for box in (one, other):
            box.wait_until_ready()
            box.load([{"source": LEAVES_BEHIND, "exercise": "sparsity"}])
        assert "/tmp" in call(one)
        other.load([{"source": LOOKS_FOR_IT, "exercise": "sparsity"}])
        assert call(other)[0] == []


def test_a_server_that_is_gone_is_started_anew(own, ask, sandbox):
    others = living_children()
    ask(own, LOOKS_FOR_IT)
    for process in living_children() - others:
        process.kill()
    assert ask(own, "def sparsity():\n    return 7")["value"] == 7


def test_boxes_without_a_sandbox_go_on(opened, sandbox):
    box = Sandbox(opened.root).start()
    with box:
        box.wait_until_ready()
        box.load([{"source": "def sparsity():\n    return 7", "exercise": "sparsity"}])
        assert call(box) == 7


def test_where_namespaces_hold_no_others_each_box_is_a_program(opened, tmp_path, monkeypatch, ask):
    stricter = tmp_path / "bwrap"
    stricter.write_text(f'#!/bin/sh\nexec {find_bwrap()} --unshare-user --disable-userns "$@"\n')
    stricter.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert find_bwrap() == str(stricter)
    before = living_children()
    with Sandbox(opened.root) as boxes:
        boxes.prove()
        ask(boxes, LEAVES_BEHIND)
        assert ask(boxes, LOOKS_FOR_IT)["value"][0] == []
        # None of it is there between two boxes.
        assert living_children() == before


def test_closing_ends_the_server(opened, sandbox):
    before = living_children()
    with Sandbox(opened.root) as boxes:
        boxes.prove()
        assert living_children() - before
    assert living_children() == before


def call(box):
    return box.ask("sparsity", "call", ["sparsity"], {"stand_ins": None}, 20.0)["value"]


def living_children() -> set[psutil.Process]:
    found = psutil.Process().children(recursive=True)
    return {process for process in found if process.status() != psutil.STATUS_ZOMBIE}
