"""Run `python -m autograder grade` on a class, and watch how long it takes and what it uses."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import psutil

from benchmarks.synthetic import ROOT

# A look reads the pages of every process: each second it took 2 % of what it measured.
_SECONDS_BETWEEN_LOOKS = 3.0
_NOT_COPIED = shutil.ignore_patterns(".*", "build", "__pycache__")


@dataclass
class Memory:
    """Megabytes over time: the command itself, and the largest worker with all of its boxes."""

    seconds: list[float] = field(default_factory=list)
    command: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)

    def peaks(self, parts: int) -> list[tuple[float, float]]:
        """Peak of the command and of the largest worker in each of `parts` of the time."""
        cuts = [len(self.seconds) * part // parts for part in range(parts + 1)]
        return [
            (max(self.command[a:b], default=0.0), max(self.worker[a:b], default=0.0))
            for a, b in pairwise(cuts)
        ]


@dataclass(frozen=True)
class Run:
    """What came of one command. `said` is its line of JSON, None where it was killed."""

    seconds: float
    memory: Memory
    said: dict | None


def copy_course(folder: Path) -> Path:
    """The course without anything made in it: what a run records does not touch the real one."""
    target = folder / "course"
    shutil.copytree(ROOT, target, ignore=_NOT_COPIED)
    return target


def grade(
    course: Path,
    submitted: Path,
    out: Path,
    workers: int,
    kill: Callable[[], bool] = lambda: False,
) -> Run:
    """Grade into `out`, gradebook included; SIGKILL to the command once `kill` says so."""
    command = [sys.executable, "-m", "autograder", "grade", str(submitted)]
    command += ["--out", str(out), "--workers", str(workers), "--key", "benchmark"]
    begun, memory = time.monotonic(), Memory()
    running = subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, text=True)
    while running.poll() is None:
        if kill():
            running.send_signal(signal.SIGKILL)
        memory.seconds.append(time.monotonic() - begun)
        own, workers_now = _look(running.pid)
        memory.command.append(own)
        memory.worker.append(max(workers_now, default=0.0))
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(_SECONDS_BETWEEN_LOOKS)
    said = running.stdout.read()
    if running.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"grading ended with {running.returncode}: {said}")
    return Run(time.monotonic() - begun, memory, json.loads(said) if said else None)


def megabytes(process: psutil.Process) -> float:
    """Of a process and all below it: what each has for itself, and its share of what is shared."""
    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        for member in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                total += _proportional(member)
    return total


def _look(pid: int) -> tuple[float, list[float]]:
    with contextlib.suppress(psutil.NoSuchProcess):
        command = psutil.Process(pid)
        workers = [child for child in command.children() if _is_worker(child)]
        return _proportional(command), [megabytes(worker) for worker in workers]
    return 0.0, []


def _is_worker(process: psutil.Process) -> bool:
    """Dask may rename its workers, but not multiprocessing's tracker beside them."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return "resource_tracker" not in " ".join(process.cmdline())
    return False


def _proportional(process: psutil.Process) -> float:
    try:
        return process.memory_full_info().pss / 2**20
    except (psutil.AccessDenied, AttributeError):
        return process.memory_info().rss / 2**20


def describe_machine() -> str:
    """Processor, cores, Python and what else runs there, for a line above the figures."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), "unknown")
    load = os.getloadavg()[2]
    python = sys.version.split()[0]
    return f"{model}, {os.cpu_count()} cores, Python {python}, mean load {load:.1f}"


@contextlib.contextmanager
def on_cores(count: int) -> Iterator[None]:
    """What is started meanwhile has so many cores, as so many workers of this course have."""
    if not hasattr(os, "sched_setaffinity"):
        raise RuntimeError("Processes are kept to some of the cores on Linux only.")
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(cores)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def watch(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds that a command takes in `folder`, and the most megabytes of all its processes.

    `RuntimeError` with the end of its output where it fails.
    """
    begun, peak = time.monotonic(), 0.0
    with tempfile.TemporaryFile("w+") as output:
        running = subprocess.Popen(
            command, cwd=folder, env=os.environ | environment, stdout=output, stderr=output
        )
        while running.poll() is None:
            with contextlib.suppress(psutil.NoSuchProcess):
                peak = max(peak, megabytes(psutil.Process(running.pid)))
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(_SECONDS_BETWEEN_LOOKS)
        seconds = time.monotonic() - begun
        if running.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[0]} failed: {output.read()[-2000:]}")
    return seconds, peak
