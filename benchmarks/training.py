"""The bias model learnt by this course, by the original's loop and by peers, on the same split.

    python -m benchmarks.training            # table and plot, written into benchmarks/README.md
    python -m benchmarks.training --json     # one JSON object on standard output, nothing written

Each contender runs in a process of its own, one after the other; peers that are not installed
(benchmarks/requirements.txt) or do not end are named as such.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.bandwidth import bytes_per_second
from benchmarks.contenders.results import Result
from benchmarks.practical import ROOT, edition, make_split
from benchmarks.tables import write_section
from benchmarks.training_report import report, summary

CONTENDERS = (
    "ours",
    "original",
    "torch_loop",
    "surprise_svd",
    "implicit_als",
    "fastai_collab",
)
PLOT = Path(__file__).with_name("training.svg")
_PATIENCE_SECONDS = 240
_REPEATS = 3


def main(
    ratings: Annotated[
        Path | None, typer.Option(help="GroupLens's ratings.csv; the embedded ratings if left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object only.")] = False,
    seed: int = 42,
    only: Annotated[
        list[str] | None, typer.Option(help="Peers to measure beside ours and the original's.")
    ] = None,
) -> None:
    """Measure everybody in one run."""
    names = CONTENDERS if only is None else (*CONTENDERS[:2], *only)
    console = Console(stderr=True)
    results, missing, memory = [], {}, {}
    with tempfile.TemporaryDirectory() as folder, console.status("") as status:
        path = Path(folder, "split.npz")
        split = make_split(ratings, seed)
        split.save(path)
        for name in names:
            status.update(f"Training: {name}")
            found = run_contender(name, path)
            if name == "ours":
                # Seconds so few that a hiccup of the machine would count: the median process.
                found = median([found, *(run_contender(name, path) for _ in range(_REPEATS - 1))])
            if "missing" in found:
                missing[name] = found["missing"]
            for each in found.get("results", ()):
                results.append(Result(**each))
                memory[results[-1].name, results[-1].setting] = found["peak_mb"]
        for needed in CONTENDERS[:2]:
            if needed in missing:
                raise SystemExit(f"Nothing to compare: {needed}: {missing[needed]}")
        status.update("Measuring the memory")
        speeds = bytes_per_second()
    if as_json:
        print(json.dumps(summary(results, missing, speeds, edition(ratings))))
        return
    text = report(results, missing, memory, speeds, split, edition(ratings))
    section = "training" if ratings is None else "training-other"
    write_section(section, text)
    print(text)
    if ratings is None:
        from benchmarks.training_plot import plot

        plot(results, PLOT)


def run_contender(name: str, split: Path) -> dict:
    """What `benchmarks.contenders` printed about `name`, compiled anew and with one BLAS thread."""
    environment = os.environ | {
        "RECSYS_COMPILATION_CACHE": "0",
        "OPENBLAS_NUM_THREADS": "1",  # implicit asks for it: its own threads do the work
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.contenders", name, str(split)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return {"missing": f"it had not ended after {_PATIENCE_SECONDS} seconds"}
    if done.returncode:
        return {"missing": f"it failed: {(done.stderr.strip().splitlines() or ['no word'])[-1]}"}
    return json.loads(done.stdout.strip().splitlines()[-1])


def median(found: list[dict]) -> dict:
    """Of several runs of ours, the one whose first training took neither longest nor shortest."""
    ended = sorted(
        (each for each in found if "results" in each),
        key=lambda each: Result(**each["results"][0]).seconds,
    )
    return ended[len(ended) // 2] if ended else found[0]


if __name__ == "__main__":
    typer.run(main)
