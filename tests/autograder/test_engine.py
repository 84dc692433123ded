"""Local workers: a core each, and interrupts are for the command alone."""

import os
import signal
import subprocess
import sys

import pytest

from autograder.engine import connect


@pytest.fixture(scope="module")
def client():
    with connect(2, None) as client:
        yield client


def test_each_local_worker_keeps_to_a_core_of_its_own(client):
    cores = list(client.run(os.sched_getaffinity, 0).values())
    assert [len(own) for own in cores] == [1, 1]
    assert len(set.union(*cores)) == min(2, len(os.sched_getaffinity(0)))


def test_what_a_worker_starts_is_on_its_core_too(client):
    started = client.submit(subprocess.check_output, ["nproc"], pure=False)
    assert started.result() == b"1\n"


def test_an_interrupt_is_left_to_the_command(client):
    assert set(client.run(signal.getsignal, signal.SIGINT).values()) == {signal.SIG_IGN}
    held_back = client.run(signal.pthread_sigmask, signal.SIG_BLOCK, ()).values()
    assert not set.union(*held_back)


def test_what_a_worker_imports_is_light(course):
    program = (
        "import sys, autograder.engine\n"
        "heavy = {'jax', 'flax', 'IPython', 'nbgrader', 'pandas'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", program], cwd=course, check=True)
