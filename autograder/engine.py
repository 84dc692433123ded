"""Grade many submissions on Dask: on this machine's cores, or on any cluster."""

import functools
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import dask
from distributed import Client, Future, LocalCluster, as_completed

from autograder.compiled import compilation_cache
from autograder.course import Course, CourseFolderError
from autograder.grading import grade
from autograder.reading.submission import Submission
from autograder.sandbox import Sandbox, SandboxError

_IN_FLIGHT_PER_WORKER = 3


@dataclass(frozen=True)
class Task:
    """What a worker needs to know beside the submission."""

    course_root: str
    assignment: str
    course_digest: str
    key: str
    only: tuple[str, ...] = ()
    trusted: bool = False


def grade_bytes(submission: bytes, task: Task) -> bytes:
    """The unit of work: answers as bytes to `{"result", "seconds"}` as JSON bytes.

    `CourseFolderError` where this worker's course folder is another than the instructor's.
    """
    course, sandbox = _tools(task)
    result, seconds = grade(Submission.from_bytes(submission), course, sandbox, task.only)
    return json.dumps({"result": result, "seconds": seconds}).encode()


@dataclass(frozen=True)
class Graded:
    """What came back from a worker."""

    result: dict
    seconds: dict[str, float]


@functools.lru_cache(maxsize=2)
def _tools(task: Task) -> tuple[Course, Sandbox]:
    course = Course.open(Path(task.course_root), task.assignment, task.key)
    if course.digest != task.course_digest:
        raise CourseFolderError(
            "This worker's course folder or its package versions differ from those of the machine "
            "that asks. Bring both to the same state."
        )
    cache = compilation_cache(course, task.trusted)
    return course, Sandbox(course.root, trusted=task.trusted, cache=cache)


@contextmanager
def connect(workers: int, scheduler: str | None) -> Iterator[Client]:
    """A client of the cluster at `scheduler`, or of `workers` processes of this machine."""
    quiet = {
        "distributed.logging.distributed": "error",
        "distributed.comm.timeouts.connect": "30s",
        # A submission that takes its worker down three times is reported, not tried for ever.
        "distributed.scheduler.allowed-failures": 3,
        "distributed.worker.memory.terminate": False,
    }
    with dask.config.set(quiet):
        if scheduler:
            with Client(scheduler, timeout="30s") as client:
                client.wait_for_workers(1, timeout=60)
                yield client
            return
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",
            memory_limit=0,
            silence_logs=logging.ERROR,
        )
        with cluster, Client(cluster) as client:
            yield client


def grade_all(
    client: Client, submissions: Iterable[Submission], task: Task
) -> Iterator[tuple[Submission, Graded | Exception]]:
    """Each submission with its result as they are ready, or with why there is none.

    Only a few submissions per worker are in flight, so memory stays flat however many there are.
    What concerns the whole run (`SandboxError`, `CourseFolderError`) is raised.
    """
    waiting = iter(submissions)
    workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    running: dict[Future, Submission] = {}

    def submit(submission: Submission) -> Future:
        content = submission.to_bytes()
        future = client.submit(grade_bytes, content, task, pure=False, retries=2)
        running[future] = submission
        return future

    window = islice(waiting, workers * _IN_FLIGHT_PER_WORKER)
    ready = as_completed([submit(submission) for submission in window])
    for future in ready:
        submission = running.pop(future)
        yield submission, _result_of(future)
        future.release()
        for following in islice(waiting, 1):
            ready.add(submit(following))


def _result_of(future: Future) -> Graded | Exception:
    try:
        return Graded(**json.loads(future.result()))
    except (SandboxError, CourseFolderError):
        raise
    except Exception as error:  # reported by name, and the class goes on
        return error
