"""What a box uses, as the kernel counts it."""

import contextlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil

from autograder.sandbox.limits import Limits

_CHILDREN = Path("/proc/thread-self/children")


def over_limit(pid: int, limits: Limits) -> tuple[str, str] | None:
    """The exercise status and the message where a process and its descendants use too much."""
    # No more than it takes to judge: a fork bomb's multiply sooner than they are looked at.
    pids = list(islice(descendants(pid), limits.processes + 1))
    if len(pids) > limits.processes:
        return "crashed", f"it started more than {limits.processes} processes"
    resident, threads = 0, 0
    for member in pids:
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            process = psutil.Process(member)
            resident += process.memory_info().rss
            threads += process.num_threads()
    if threads > limits.threads:
        return "crashed", f"it started more than {limits.threads} threads"
    # Quick to ask, but what forked processes share counts for each of them.
    if resident > limits.memory_bytes and sum(map(_proportional, pids)) > limits.memory_bytes:
        return "memory", f"it used more than {limits.memory_bytes >> 20:,} MB"
    return None


def _proportional(pid: int) -> int:
    """Bytes of memory, with its share of each page that several processes have."""
    with contextlib.suppress(psutil.NoSuchProcess):
        try:
            return psutil.Process(pid).memory_full_info().pss
        except psutil.AccessDenied:
            return psutil.Process(pid).memory_info().rss
    return 0


def descendants(pid: int) -> Iterator[int]:
    """A process and its descendants, each as it is found: a fork bomb's would never all be."""
    pending = [pid]
    while pending:
        found = pending.pop()
        yield found
        pending += children(found)


def children(pid: int) -> list[int]:
    """The children of a process, as the kernel lists them; none where it has ended.

    psutil looks at every process of the machine, which 20 times a second is a tenth of a core. It
    serves where the kernel keeps no such lists.
    """
    found: list[int] = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, psutil.NoSuchProcess):
        if not _CHILDREN.exists():
            return [process.pid for process in psutil.Process(pid).children()]
        for thread in Path(f"/proc/{pid}/task").iterdir():
            # A thread that has just ended must not hide what the others have started.
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found += map(int, (thread / "children").read_text().split())
    return found


def family(pid: int) -> list[psutil.Process]:
    """A process and its descendants, as psutil finds them."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
