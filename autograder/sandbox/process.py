"""A running box: the line to it, and the watch over what it uses."""

import contextlib
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from autograder.box.wire import MAX_MESSAGE_BYTES, WireError, pack, receive
from autograder.sandbox.limits import Limits

_SECONDS_BETWEEN_LOOKS = 0.05
_CHILDREN = Path("/proc/thread-self/children")


class BoxEndedError(Exception):
    """The box is gone. `status` is an exercise status, the message says why."""

    def __init__(self, status: str, message: str):
        super().__init__(message)
        self.status = status
        self.message = message


class Box:
    """A running box. Use it as a context manager: nothing of it is left behind."""

    def __init__(self, command: list[str], environment: dict[str, str], limits: Limits):
        self._limits = limits
        self._verdict: BoxEndedError | None = None
        self._line, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [*command, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        self._watch: threading.Thread | None = None
        self._closing = threading.Event()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def wait_until_ready(self) -> None:
        """`BoxEndedError` when it does not start."""
        self._receive(time.monotonic() + self._limits.start_seconds)

    def load(self, cells: list[dict]) -> None:
        """Give it the cells of a submission, and watch from here on what it uses."""
        self._watch = threading.Thread(target=self._watch_usage, daemon=True)
        self._watch.start()
        self._send(
            {"order": "load", "cells": cells, "limits": self._limits.of_a_process()},
            time.monotonic() + self._limits.start_seconds,
        )

    def ask(self, exercise: str, question: str, args: list, options: dict, seconds: float) -> Any:
        """The reply to one question about `exercise`, unchecked but for its form.

        `BoxEndedError` when there is none; `WireError` when it is malformed.
        """
        # The runner stops an answer after `seconds`; the box is stopped if the runner does not.
        end = time.monotonic() + seconds + 5
        order = {"order": "ask", "exercise": exercise, "question": question, "seconds": seconds}
        self._send(order | {"args": args, "options": options}, end)
        return self._receive(end)

    def close(self) -> None:
        """Kill it, with everything in it."""
        self._line.close()
        self._kill()
        self._end_watch()

    def _send(self, message: dict, end: float) -> None:
        try:
            self._line.settimeout(max(0.01, end - time.monotonic()))
            self._line.sendall(pack(message))
        except OSError:
            raise self._ended() from None

    def _receive(self, end: float) -> Any:
        def read(count: int) -> bytes:
            if count > MAX_MESSAGE_BYTES + 12:
                raise WireError(f"a message of {count:,} bytes")
            parts = bytearray()
            while len(parts) < count:
                left = end - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                self._line.settimeout(left)
                part = self._line.recv(min(count - len(parts), 1 << 20))
                if not part:
                    raise ConnectionResetError
                parts += part
            return bytes(parts)

        try:
            return receive(read)
        except TimeoutError:
            self._verdict = BoxEndedError("timeout", "it ran longer than it may")
            self._kill()
            raise self._verdict from None
        except OSError:
            raise self._ended() from None

    def _ended(self) -> BoxEndedError:
        self._kill()
        self._end_watch()
        return self._verdict or BoxEndedError("crashed", "your code brought its whole box down")

    def _kill(self) -> None:
        """bwrap takes its namespace with it; what runs without bwrap is killed one by one."""
        with contextlib.suppress(psutil.NoSuchProcess):
            for process in [*_family(self._process.pid)]:
                with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    process.kill()
        self._process.wait()

    def _end_watch(self) -> None:
        self._closing.set()
        if self._watch:
            self._watch.join()

    def _watch_usage(self) -> None:
        while self._process.poll() is None:
            verdict = self._over_limit()
            if verdict:
                self._verdict = verdict
                self._kill()
                return
            if self._closing.wait(_SECONDS_BETWEEN_LOOKS):
                return

    def _over_limit(self) -> BoxEndedError | None:
        limits, own, shared, threads, processes = self._limits, 0, 0, 0, 0
        for pid in _pids(self._process.pid):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                process = psutil.Process(pid)
                memory = process.memory_info()
                # Libraries are mapped into every process of a box, and are there once. Counted each
                # time, a fork bomb would be one of memory on some runs.
                mapped = getattr(memory, "shared", 0)
                own, shared = own + memory.rss - mapped, max(shared, mapped)
                threads += process.num_threads()
                processes += 1
        if processes > limits.processes:
            return BoxEndedError("crashed", f"it started more than {limits.processes} processes")
        if threads > limits.threads:
            return BoxEndedError("crashed", f"it started more than {limits.threads} threads")
        if own + shared > limits.memory_bytes:
            return BoxEndedError("memory", f"it used more than {limits.memory_bytes >> 20:,} MB")
        return None


def _pids(pid: int) -> list[int]:
    """A process and its descendants, as the kernel lists them.

    psutil looks at every process of the machine, which 20 times a second is a tenth of a core. It
    serves where the kernel keeps no such lists.
    """
    if not _CHILDREN.exists():
        return [process.pid for process in _family(pid)]
    found, pending = [], [pid]
    while pending:
        found.append(pending.pop())
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for thread in Path(f"/proc/{found[-1]}/task").iterdir():
                pending += map(int, (thread / "children").read_text().split())
    return found


def _family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
