"""Wait less for the compiler: keep programs on disk, and compile sooner what runs seldom."""

import functools
import hashlib
import os
import platform
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import jax

# What is quicker than this to compile is not worth a file.
_WORTH_SECONDS = 0.1
_SWITCH = "RECSYS_COMPILATION_CACHE"
# Later ones refuse the option.
_EMITTERS_ARE_OPTIONAL = jax.__version_info__ < (0, 11)


@functools.cache
def keep_compiled_programs() -> Path | None:
    """Let JAX keep its programs in the user's cache folder, once per process; None if it does not.

    A model's programs take about 200 kB. Where somebody has chosen a folder
    (`JAX_COMPILATION_CACHE_DIR`) that one stays. It is off with `RECSYS_COMPILATION_CACHE=0`, and
    where the folder cannot be written.
    """
    if os.environ.get(_SWITCH) == "0" or jax.config.jax_compilation_cache_dir is not None:
        return None
    folder = _user_cache() / "recommender-systems-course" / f"compiled-{_machine()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(folder, os.W_OK):
        return None
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", _WORTH_SECONDS)
    return folder


def compiled_sooner(level: int) -> dict | None:
    """Options of `jax.jit` for a program that is compiled sooner than JAX would by itself.

    Level 0 is for what runs once, and takes a third of the time to compile; 1 for what runs seldom;
    2 for what runs often: an epoch compiles in seven eighths of the time and is as fast. Below 2
    XLA leaves its fusion emitters out, where it lets us choose; an epoch would take three times as
    long without them. None where there is more than a processor, which has options of its own.
    """
    if jax.default_backend() != "cpu":
        return None
    options = {"xla_backend_optimization_level": level}
    if level < 2 and _EMITTERS_ARE_OPTIONAL:
        options["xla_cpu_use_fusion_emitters"] = False
    return options


def compile_beside(lowered: jax.stages.Lowered) -> Future:
    """Let another thread compile `lowered` while this one goes on; wait with `result()`.

    JAX then finds the program compiled when the function is called with such arguments.
    """
    thread = ThreadPoolExecutor(1, "compile")
    compiling = thread.submit(lowered.compile)
    thread.shutdown(wait=False)
    return compiling


def _user_cache() -> Path:
    if sys.platform == "win32" and "LOCALAPPDATA" in os.environ:
        return Path(os.environ["LOCALAPPDATA"])
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _machine() -> str:
    """Programs fit one kind of processor: a home folder may be shared by machines that differ."""
    about = [platform.machine(), platform.processor(), jax.__version__]
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        kinds = {line for line in cpuinfo.read_text().splitlines() if line.startswith("flags")}
        about += sorted(kinds)
    return hashlib.sha256("\n".join(about).encode()).hexdigest()[:12]
