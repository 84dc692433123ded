"""Start boxes for one course folder, all alike."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from importlib.metadata import version
from pathlib import Path

from packaging.version import Version

from autograder.box.wire import WireError
from autograder.sandbox.bwrap import CACHE, COURSE, HOME, SandboxError, find_bwrap, walls
from autograder.sandbox.fork_server import ForkServer, NoForkError
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Box, BoxEndedError, Process, start_process

_XLA_FLAGS = ["--xla_cpu_multi_thread_eigen=false", "--xla_backend_optimization_level=0"]
# An XLA that does not know a flag ends the process.
if Version(version("jax")) < Version("0.11"):
    _XLA_FLAGS.append("--xla_cpu_use_fusion_emitters=false")

_SETTINGS = {
    # One core for one box: a class is parallel by submissions.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "XLA_FLAGS": " ".join(_XLA_FLAGS),
    "JAX_PLATFORMS": "cpu",
    # Nobody sees a traceback from inside a box.
    "JAX_TRACEBACK_IN_LOCATIONS_LIMIT": "0",
    "JAX_TRACEBACK_FILTERING": "off",
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
    # Else the place of the cache would be part of its keys.
    "JAX_PERSISTENT_CACHE_ENABLE_XLA_CACHES": "none",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "agg",
    "LANG": "C.UTF-8",
}


class Sandbox:
    """Makes boxes; `SandboxError` at once where there is no bubblewrap.

    Use it as a context manager where the boxes shall end before this process does.
    `trusted` runs the same without walls. `cache` is a folder of compiled programs that boxes
    read, and write only with `fill_cache`, which is for code of ours.
    """

    def __init__(
        self,
        course: Path,
        limits: Limits | None = None,
        trusted: bool = False,
        cache: Path | None = None,
        fill_cache: bool = False,
    ):
        self.course = course.resolve()
        self.limits = limits or Limits()
        self.trusted = trusted
        self._cache = cache.resolve() if cache and cache.is_dir() else None
        self._fill_cache = fill_cache
        self._bwrap = None if trusted else find_bwrap()
        self._forks = not trusted
        self._server: ForkServer | None = None
        self._forking = threading.Lock()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End what makes boxes, and those that there are."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def start(self) -> Box:
        """A box that has not been asked anything yet.

        Forked from a server where the machine allows namespaces within namespaces, else a program
        of its own, which takes half a second longer and is as safe.
        """
        if self._forks:
            try:
                return Box(*self._fork(), self.limits)
            except NoForkError:
                self._forks = False
                self.close()
        line, theirs = socket.socketpair()
        with theirs:
            command = [*self._command("runner"), str(theirs.fileno())]
            process = start_process(command, theirs, self._settings() if self.trusted else {})
        return Box(line, process, self.limits)

    def prove(self) -> None:
        """Start one and stop it: `SandboxError` when grading cannot be safe here."""
        with self.start() as box:
            try:
                box.wait_until_ready()
            except (BoxEndedError, WireError):
                raise SandboxError(self._why_not()) from None

    def _fork(self) -> tuple[socket.socket, Process]:
        with self._forking:
            if self._server is not None:
                # It is gone where the thread that started it is.
                with contextlib.suppress(NoForkError):
                    return self._server.fork()
                self._server.close()
            command = self._command("fork_server", proc=True)
            limits = self.limits
            self._server = ForkServer(command, limits.scratch_bytes, limits.start_seconds)
            return self._server.fork()

    def _command(self, module: str, proc: bool = False) -> list[str]:
        python = [sys.executable, "-s", "-P", "-m", f"autograder.box.{module}"]
        if self.trusted:
            return python
        settings = self._settings()
        options = [part for name in settings for part in ("--setenv", name, settings[name])]
        return [self._bwrap, *self._walls(proc), *options, "--", *python]

    def _walls(self, proc: bool = False) -> list[str]:
        return walls(self.course, self.limits, self._cache, self._fill_cache, proc)

    def _settings(self) -> dict[str, str]:
        if self.trusted:
            place = {"PYTHONPATH": str(self.course), "HOME": "/tmp", "PATH": os.defpath}
        else:
            place = {"PYTHONPATH": COURSE, "HOME": HOME, "PATH": "/usr/bin:/bin"}
        if self._cache:
            place["JAX_COMPILATION_CACHE_DIR"] = str(self._cache) if self.trusted else CACHE
        return _SETTINGS | place

    def _why_not(self) -> str:
        if self.trusted:
            return "The runner does not start: does `make test` pass on this machine?"
        probe = [self._bwrap, *self._walls(), "--", sys.executable, "-c", "import jax"]
        done = subprocess.run(probe, capture_output=True, text=True, env={})
        lines = done.stderr.strip().splitlines() or ["no message"]
        return (
            f"No sandbox can be started here (bwrap says: {lines[-1]}). Allow user namespaces "
            "(sysctl kernel.unprivileged_userns_clone=1, and no AppArmor rule against them), or "
            "run as root; or grade with --trusted, which runs students' code with your own rights."
        )
