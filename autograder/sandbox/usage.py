"""What a box uses, as the kernel counts it."""

import contextlib
from pathlib import Path

import psutil

from autograder.sandbox.limits import Limits

_CHILDREN = Path("/proc/thread-self/children")


def over_limit(pid: int, limits: Limits) -> tuple[str, str] | None:
    """The exercise status and the message where a process and its descendants use too much."""
    pids = descendants(pid)
    # At once: to look at each of a fork bomb's processes would take longer than they to multiply.
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


def descendants(pid: int) -> list[int]:
    """A process and its descendants, as the kernel lists them.

    psutil looks at every process of the machine, which 20 times a second is a tenth of a core. It
    serves where the kernel keeps no such lists.
    """
    if not _CHILDREN.exists():
        return [process.pid for process in family(pid)]
    found, pending = [], [pid]
    while pending:
        found.append(pending.pop())
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for thread in Path(f"/proc/{found[-1]}/task").iterdir():
                pending += map(int, (thread / "children").read_text().split())
    return found


def family(pid: int) -> list[psutil.Process]:
    """A process and its descendants, as psutil finds them."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
