"""Import once, then fork a box for each submission: JAX alone takes half a second to import.

No student's code runs in this process, nor in anything that can name it: each box has namespaces
of its own, which end with it.
"""

import os
import socket
import sys

from autograder.box.namespaces import leave, settle
from autograder.box.runner import SCRATCH, get_ready, serve
from autograder.box.wire import REFUSED, STARTED


def main(control: socket.socket, scratch_bytes: int) -> None:
    """For each line that comes over `control`, fork who serves it; end when `control` ends."""
    while True:
        try:
            content, lines, _, _ = socket.recv_fds(control, 1, 1)
        except ConnectionResetError:
            return
        if not content:
            return
        with socket.socket(fileno=lines[0]) as line:
            os.waitpid(_fork(control, line, scratch_bytes), 0)
        _reap()


def _fork(control: socket.socket, line: socket.socket, scratch_bytes: int) -> int:
    """Who enters new namespaces is not in that of processes: its child is, as the first."""
    child = os.fork()
    if child:
        return child
    try:
        if _settled(control, scratch_bytes):
            serve(line)
    finally:
        os._exit(0)


def _settled(control: socket.socket, scratch_bytes: int) -> bool:
    """Whether this process is the new box, now that there are two."""
    try:
        leave()
        if os.fork():
            return False
        settle(SCRATCH, scratch_bytes)
    except OSError:
        control.sendall(REFUSED)
        return False
    # With it the kernel tells the grader who it is.
    control.sendall(STARTED)
    control.close()
    return True


def _reap() -> None:
    """Boxes that have ended are children of the first process, which this is."""
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                return
        except ChildProcessError:
            return


if __name__ == "__main__":
    get_ready()
    with socket.socket(fileno=int(sys.argv[1])) as opened:
        opened.sendall(STARTED)
        main(opened, int(sys.argv[2]))
