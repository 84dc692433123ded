"""Inside the box: answer each exercise's questions in a child of its own.

The first process of the box stays clear of student code: it forks, passes questions on, reads the
answers with a bound on time and size, and kills whatever an exercise leaves behind. Being pid 1 of
its namespace, it cannot be killed from inside.
"""

import contextlib
import gc
import importlib.metadata
import os
import resource
import select
import shutil
import signal
import socket
import sys
import time
from pathlib import Path

# Nothing of what is imported is garbage: looking for some takes a sixth of the time to import.
gc.disable()
# JAX reads the metadata of every package, here and before it opens a device, for plugins of devices
# that a box does not have.
importlib.metadata.distributions = lambda **_: ()

from autograder.box.answering import answer_questions  # noqa: E402
from autograder.box.cells import ParsedCell, parse_cells  # noqa: E402
from autograder.box.forbidden import forbid_calls  # noqa: E402
from autograder.box.namespaces import hide  # noqa: E402
from autograder.box.wire import MAX_MESSAGE_BYTES, WireError, exactly, pack, receive  # noqa: E402

_LENGTH_BYTES = 8
_HEAD_BYTES = 12
# Where a box may write.
SCRATCH = ["/tmp", "/dev/shm", os.environ["HOME"]]


class _GoneError(Exception):
    """The child ended or closed its side."""


class _Child:
    """A process that holds one exercise's namespace."""

    def __init__(
        self, outside: socket.socket, cells: list[ParsedCell], exercise: str, limits: dict
    ):
        self.socket, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            outside.close()
            self.socket.close()
            _confine(limits, theirs.fileno())
            answer_questions(theirs, cells, exercise)
            os._exit(0)
        theirs.close()

    def ask(self, question: bytes, seconds: float) -> bytes:
        """The raw message that answers; `TimeoutError`, `_GoneError`, or `WireError`."""
        if select.select([self.socket], [], [], 0)[0]:
            raise self._gone_or(WireError("an answer to no question"))
        end = time.monotonic() + seconds
        try:
            self.socket.settimeout(seconds)
            self.socket.sendall(question)
            head = self._read(_HEAD_BYTES, end)
            length = int.from_bytes(head[:_LENGTH_BYTES])
            if length > MAX_MESSAGE_BYTES:
                raise WireError(f"an answer of {length:,} bytes")
            return head + self._read(length, end)
        except (BrokenPipeError, ConnectionResetError):
            raise _GoneError from None

    def _gone_or(self, error: Exception) -> Exception:
        return error if self.socket.recv(1, socket.MSG_PEEK) else _GoneError()

    def _read(self, count: int, end: float) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.socket.settimeout(left)
            part = self.socket.recv(min(count - len(parts), 1 << 20))
            if not part:
                raise _GoneError
            parts += part
        return bytes(parts)

    def end(self) -> int | None:
        """Kill it and all that it started; its wait status if it had ended by itself."""
        self.socket.close()
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        if os.getpid() == 1:
            _kill_all_others()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        if not ended:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
        return status if ended else None


def get_ready() -> None:
    """What the first process does once, when all is imported and before it forks."""
    # Python would turn an interrupt from inside the box into an exception of ours.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hide()
    # Else every child's collector would touch, and thereby copy, all that was imported.
    gc.freeze()
    # A child lives for a second: it may leave its garbage until there is a lot.
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


def serve(outside: socket.socket) -> None:
    """Say that the box is ready, and obey the grader until it closes its side."""
    outside.sendall(pack({"status": "ready"}))
    read = exactly(outside.makefile("rb"))
    cells, limits = [], {}
    child, exercise = None, None

    while True:
        try:
            order = receive(read, questions=True)
        except EOFError:
            return
        if order["order"] == "load":
            cells, limits = parse_cells(order["cells"]), order["limits"]
            continue
        if child is not None and order["exercise"] != exercise:
            child.end()
            child = None
            _empty_scratch()
        exercise = order["exercise"]
        try:
            child = child or _Child(outside, cells, exercise, limits)
            outside.sendall(child.ask(pack(order), order["seconds"]))
        except TimeoutError:
            outside.sendall(_failure("timeout", "it ran longer than it may"))
        except WireError as error:
            outside.sendall(_failure("error", f"the box answered with {error}"))
        except _GoneError:
            # A moment, so that the status of a process that is just ending can be had.
            time.sleep(0.05)
            outside.sendall(_failure(*_how_it_ended(child.end())))
            child = None
        else:
            continue
        if child is not None:
            child.end()
            child = None


def _how_it_ended(status: int | None) -> tuple[str, str]:
    if status is None:
        return "crashed", "your code closed the line to the grader"
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        if name == "SIGXCPU":
            return "timeout", "it used more processor time than it may"
        return "crashed", f"your code ended the process with {name}"
    return "crashed", f"your code ended the process (exit code {os.WEXITSTATUS(status)})"


def _failure(status: str, message: str) -> bytes:
    return pack({"status": status, "message": message})


def _kill_all_others() -> None:
    while True:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _confine(limits: dict, keep: int) -> None:
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.closerange(3, keep)
    os.closerange(keep + 1, 4096)
    for name, value in limits.items():
        number = getattr(resource, f"RLIMIT_{name}")
        # The soft limit of processor time sends SIGXCPU, which says what happened.
        resource.setrlimit(number, (value, value + 1 if name == "CPU" else value))
    forbid_calls()


def _empty_scratch() -> None:
    """What one exercise writes, the next does not find."""
    if os.getpid() != 1:
        return
    for folder in SCRATCH:
        for path in Path(folder).iterdir():
            shutil.rmtree(path, ignore_errors=True)
            with contextlib.suppress(OSError):
                path.unlink()
    os.chdir(os.environ["HOME"])


if __name__ == "__main__":
    get_ready()
    with socket.socket(fileno=int(sys.argv[1])) as line:
        serve(line)
