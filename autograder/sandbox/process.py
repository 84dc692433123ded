"""A running box: the line to it, and its end."""

import contextlib
import socket
import subprocess
import threading
import time
from typing import Any, Protocol

import psutil

from autograder.box.wire import MAX_MESSAGE_BYTES, WireError, pack, receive
from autograder.sandbox.limits import Limits
from autograder.sandbox.usage import family, over_limit

_SECONDS_BETWEEN_LOOKS = 0.05


class BoxEndedError(Exception):
    """The box is gone. `status` is an exercise status, the message says why."""

    def __init__(self, status: str, message: str):
        super().__init__(message)
        self.status = status
        self.message = message


class Process(Protocol):
    """The first process of a box, as `subprocess.Popen` has it."""

    pid: int

    def poll(self) -> int | None: ...

    def wait(self) -> int: ...


def start_process(
    command: list[str], line: socket.socket, environment: dict[str, str]
) -> subprocess.Popen:
    """Start a program that has `line`, and nothing else of this process."""
    return subprocess.Popen(
        command,
        pass_fds=[line.fileno()],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


class Box:
    """A running box. Use it as a context manager: nothing of it is left behind."""

    def __init__(self, line: socket.socket, process: Process, limits: Limits):
        self._limits = limits
        self._verdict: BoxEndedError | None = None
        self._line, self._process = line, process
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
        """The first of a namespace takes all of it along; what has none is killed one by one."""
        for process in family(self._process.pid):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                process.kill()
        self._process.wait()

    def _end_watch(self) -> None:
        self._closing.set()
        if self._watch:
            self._watch.join()

    def _watch_usage(self) -> None:
        while self._process.poll() is None:
            over = over_limit(self._process.pid, self._limits)
            if over:
                self._verdict = BoxEndedError(*over)
                self._kill()
                return
            if self._closing.wait(_SECONDS_BETWEEN_LOOKS):
                return
