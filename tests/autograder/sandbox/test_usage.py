"""What a box uses: judged however it grows, and what processes share counts once."""

import os
import subprocess
import sys

import pytest

from autograder.sandbox import Limits, usage

MEGABYTE = 1 << 20
# A parent that fills 200 MB, and children that share them.
FAMILY = """
import os, sys, time
shared = b"x" * (200 << 20)
for _ in range(int(sys.argv[1])):
    if os.fork() == 0:
        break
os.write(1, b"ready\\n")
time.sleep(60)
"""


@pytest.fixture
def family():
    """Starts that parent with so many children; gives its number."""
    started = []

    def start(count: int) -> int:
        command = [sys.executable, "-c", FAMILY, str(count)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
        started.append(process)
        for _ in range(count + 1):
            assert process.stdout.readline() == b"ready\n"
        return process.pid

    yield start
    for process in started:
        os.killpg(process.pid, 9)
        process.wait()
        process.stdout.close()


def test_memory_that_processes_share_counts_once(family):
    pid = family(5)
    assert usage.over_limit(pid, Limits(memory_bytes=400 * MEGABYTE)) is None
    status, message = usage.over_limit(pid, Limits(memory_bytes=100 * MEGABYTE))
    assert (status, message) == ("memory", "it used more than 100 MB")


def test_processes_are_counted_with_the_first(family):
    pid = family(3)
    assert usage.over_limit(pid, Limits(processes=4)) is None
    assert usage.over_limit(pid, Limits(processes=3))[0] == "crashed"


def test_processes_that_multiply_while_they_are_counted_are_judged(monkeypatch):
    monkeypatch.setattr(usage, "children", lambda pid: [2 * pid, 2 * pid + 1])
    assert usage.over_limit(1, Limits()) == ("crashed", "it started more than 16 processes")


def test_threads_that_end_hide_no_process():
    program = """
import os, threading, time
for _ in range(3):
    if os.fork() == 0:
        time.sleep(60)
os.write(1, b"ready\\n")
while True:
    threads = [threading.Thread(target=int) for _ in range(50)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            process.stdout.readline()
            assert {len(usage.children(process.pid)) for _ in range(2000)} == {3}
        finally:
            os.killpg(process.pid, 9)


def test_what_has_ended_uses_nothing():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert usage.over_limit(ended.pid, Limits(processes=1)) is None
