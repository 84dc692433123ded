"""The process that has imported everything, and forks a box when it is asked for one."""

import os
import select
import socket
import struct
import subprocess
import weakref

from autograder.box.wire import STARTED
from autograder.sandbox.process import Process, start_process

_CREDENTIALS = struct.Struct("3i")


class NoForkError(Exception):
    """No box came of it: the server is gone, or may not make namespaces here."""


class ForkServer:
    """A running `autograder.box.fork_server`; `command` starts it.

    `NoForkError` when it does not start within `seconds`, which bound each fork too.
    """

    def __init__(self, command: list[str], scratch_bytes: int, seconds: float):
        self._control, theirs = socket.socketpair()
        self._control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._control.settimeout(seconds)
        with theirs:
            arguments = [str(theirs.fileno()), str(scratch_bytes)]
            self._process = start_process([*command, *arguments], theirs, {})
        # Each of its boxes has this too: it ends with the last of them.
        self.close = weakref.finalize(self, _end, self._control, self._process)
        try:
            self._who_says_started()
        except NoForkError:
            self.close()
            raise

    def fork(self) -> tuple[socket.socket, Process]:
        """The line to a new box, and its first process."""
        line, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"?"], [theirs.fileno()])
                return line, _Forked(self._who_says_started(), self)
            except (OSError, NoForkError) as error:
                line.close()
                raise NoForkError(str(error)) from None

    def _who_says_started(self) -> int:
        """Its number here, told by the kernel: unix(7), SCM_CREDENTIALS."""
        try:
            content, extra, _, _ = self._control.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
        except OSError as error:
            raise NoForkError(str(error)) from None
        if content != STARTED:
            raise NoForkError("no namespaces" if content else "it has ended")
        return _CREDENTIALS.unpack(extra[0][2])[0]


def _end(control: socket.socket, process: subprocess.Popen) -> None:
    control.close()
    process.kill()
    process.wait()


class _Forked:
    """A process that is no child of this one."""

    def __init__(self, pid: int, server: ForkServer):
        self.pid = pid
        self._server = server
        self._ended = os.pidfd_open(pid)
        weakref.finalize(self, os.close, self._ended)

    def poll(self) -> int | None:
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        return 0 if select.select([self._ended], [], [], timeout)[0] else None
