"""Start the next box while the last one is in use: nobody waits for its imports."""

import threading

from autograder.sandbox import Box, Limits, Sandbox


class BoxesAhead:
    """A sandbox that keeps one box ready. Threads may share it; `close` it when done."""

    def __init__(self, sandbox: Sandbox):
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._spare: Box | None = None
        self._closed = False

    @property
    def limits(self) -> Limits:
        """Those of the sandbox."""
        return self._sandbox.limits

    def start(self) -> Box:
        """A box that has not been asked anything yet: the one that was kept, or a new one."""
        with self._lock:
            box = self._spare
            if box is not None and not box.running:
                # What ended it while it waited is nobody's answer.
                box.close()
                box = None
            box = box or self._sandbox.start()
            self._spare = None if self._closed else self._sandbox.start()
        return box

    def close(self) -> None:
        """Stop the box that is kept; boxes that are in use are their users' to close."""
        with self._lock:
            self._closed = True
            box, self._spare = self._spare, None
        if box:
            box.close()
