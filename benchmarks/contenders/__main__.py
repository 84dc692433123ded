"""Run one contender in a process of its own: `python -m benchmarks.contenders NAME SPLIT`."""

import importlib
import json
import resource
import sys
from pathlib import Path

from benchmarks.practical import Split


def main(name: str, split: str) -> None:
    """Print one line of JSON: its results and the memory it took, or why it cannot run here."""
    ratings = Split.read(Path(split))
    try:
        module = importlib.import_module(f"benchmarks.contenders.{name}")
    except (ImportError, RuntimeError, OSError) as error:
        print(json.dumps({"missing": f"{type(error).__name__}: {error}"}))
        return
    before = _peak_megabytes()
    results = module.run(ratings)
    print(
        json.dumps(
            {
                "results": [result.as_dict() for result in results],
                "peak_mb": _peak_megabytes(),
                "import_mb": before,
            }
        )
    )


def _peak_megabytes() -> float:
    """The most memory this program has held; getrusage(2) begins with what its parent held."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


main(*sys.argv[1:])
