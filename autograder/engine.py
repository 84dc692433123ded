"""Grade many submissions on Dask: on this machine's cores, or on any cluster."""

import json
import logging
import os
import signal
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import dask
from distributed import Client, Future, LocalCluster, Worker, WorkerPlugin, as_completed

from autograder.compiled import compilation_cache
from autograder.course import Course, CourseFolderError
from autograder.grading import grade
from autograder.reading.submission import Submission
from autograder.sandbox import Sandbox, SandboxError

# A worker of a cluster has its own.
ROOT = Path(__file__).resolve().parent.parent
_IN_FLIGHT_PER_WORKER = 3


@dataclass(frozen=True)
class Task:
    """What a worker needs to know beside the submission and its own course folder."""

    assignment: str
    course_digest: str
    key: str
    trusted: bool = False


@dataclass(frozen=True)
class Graded:
    """What came back from a worker."""

    result: dict
    seconds: dict[str, float]


@dataclass(frozen=True)
class _Tools:
    course: Course
    sandbox: Sandbox


def grade_bytes(submission: bytes, only: tuple[str, ...], task: Task) -> bytes:
    """The unit of work: answers as bytes to `{"result", "seconds"}` as JSON bytes.

    `only` names the exercises to grade, all where it is empty.
    `CourseFolderError` where this worker's course folder is another than the instructor's,
    `SandboxError` where it cannot start a box.
    """
    tools = _tools(task)
    answers = Submission.from_bytes(submission)
    result, seconds = grade(answers, tools.course, tools.sandbox, only)
    return json.dumps({"result": result, "seconds": seconds}).encode()


_AT_HAND: dict[Task, _Tools] = {}
_OPENING = threading.Lock()


def _tools(task: Task) -> _Tools:
    """A worker serves one class at a time: what it has for another is put away."""
    with _OPENING:
        if task not in _AT_HAND:
            _AT_HAND.clear()
            course = Course.open(ROOT, task.assignment, task.key)
            if course.digest != task.course_digest:
                raise CourseFolderError(
                    f"The course folder of a worker ({ROOT} on {socket.gethostname()}) or its "
                    "package versions differ from those of the machine that asks. Bring both to "
                    "the same state."
                )
            cache = compilation_cache(course, task.trusted)
            sandbox = Sandbox(course.root, trusted=task.trusted, cache=cache)
            sandbox.prove()
            _AT_HAND[task] = _Tools(course, sandbox)
        return _AT_HAND[task]


@contextmanager
def connect(workers: int, scheduler: str | None) -> Iterator[Client]:
    """A client of the cluster at `scheduler`, or of `workers` processes of this machine."""
    quiet = {
        "distributed.comm.timeouts.connect": "30s",
        # A submission that takes its worker down three times is reported, not tried for ever.
        "distributed.scheduler.allowed-failures": 3,
        "distributed.worker.memory.terminate": False,
        # Looking at itself a hundred times a second is a tenth of a worker's core.
        "distributed.worker.profile.enabled": False,
        "distributed.admin.tick.interval": "1s",
        "distributed.admin.system-monitor.interval": "5s",
        "distributed.scheduler.active-memory-manager.start": False,
    }
    with dask.config.set(quiet):
        if scheduler:
            with Client(scheduler, timeout="10s") as client:
                client.wait_for_workers(1, timeout=60)
                yield client
            return
        with _interrupts_held_back():
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                memory_limit=0,
                silence_logs=logging.CRITICAL,
            )
        with cluster, Client(cluster) as client:
            client.register_plugin(LocalWorker())
            yield client


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl-C reaches a terminal's whole group of processes. Workers, which inherit this, leave it
    to the command, which stops them."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


class LocalWorker(WorkerPlugin):
    """Keeps each local worker, and the boxes that it starts, on a core of its own.

    A submission that starts fifty threads then takes its own time, and not that of the honest one
    beside it, whose seconds are counted.
    """

    name = "local-worker"

    def setup(self, worker: Worker) -> None:
        # Held back it would be in boxes too; ignored it is until a box says otherwise.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        if not hasattr(os, "sched_setaffinity"):
            return
        cores = sorted(os.sched_getaffinity(os.getppid()))
        core = cores[int(worker.name) % len(cores)]
        for thread in Path("/proc/self/task").iterdir():
            os.sched_setaffinity(int(thread.name), {core})


def grade_all(
    client: Client, submissions: Iterable[tuple[Submission, tuple[str, ...]]], task: Task
) -> Iterator[tuple[Submission, Graded | Exception]]:
    """Each submission with its result as they are ready, or with why there is none.

    `submissions` come with the exercises to grade in them (`only` of `grade_bytes`).

    Only a few submissions per worker are in flight, so memory stays flat however many there are.
    What concerns the whole run (`SandboxError`, `CourseFolderError`) is raised.
    """
    waiting = iter(submissions)
    workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    running: dict[Future, Submission] = {}

    def submit(submission: Submission, only: tuple[str, ...]) -> Future:
        content = submission.to_bytes()
        future = client.submit(grade_bytes, content, only, task, pure=False, retries=2)
        running[future] = submission
        return future

    window = islice(waiting, workers * _IN_FLIGHT_PER_WORKER)
    ready = as_completed([submit(*one) for one in window])
    for future in ready:
        submission = running.pop(future)
        yield submission, _result_of(future)
        future.release()
        for following in islice(waiting, 1):
            ready.add(submit(*following))


def _result_of(future: Future) -> Graded | Exception:
    try:
        return Graded(**json.loads(future.result()))
    except (SandboxError, CourseFolderError):
        raise
    except Exception as error:  # reported by name, and the class goes on
        return error
