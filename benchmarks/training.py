"""The bias model learnt by this course, by the original's loop and by peers, on the same split.

    python -m benchmarks.training            # table and plot, written into benchmarks/README.md
    python -m benchmarks.training --json     # one JSON object on standard output, nothing written

Each contender runs in a process of its own, one after the other; peers that are not installed
(benchmarks/requirements.txt) or do not end are named as such.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.bandwidth import bytes_per_second
from benchmarks.contenders.results import Result
from benchmarks.practical import ROOT, Split, edition, make_split
from benchmarks.tables import markdown_table, write_section

CONTENDERS = (
    "ours",
    "original",
    "torch_loop",
    "surprise_svd",
    "implicit_als",
    "fastai_collab",
)
MARKS = (0.80, 0.76, 0.742)
PLOT = Path(__file__).with_name("training.svg")
_OURS = ("ours", "ours, compiled", "ours, thorough")
_ORIGINAL = "the original's loop"
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


def summary(results: list[Result], missing: dict, speeds: dict, name: str) -> dict:
    """The numbers that a reader compares, as plain JSON."""
    by_name = {result.name: result for result in results if result.name in (*_OURS, _ORIGINAL)}
    cold, steady, thorough = (by_name[each] for each in _OURS)
    original = by_name[_ORIGINAL]
    goal = original.final_mse
    theirs = original.seconds
    crossing = original.seconds_to(goal)
    compiling = original.about["seconds_compiling"]
    peers = {}
    for result in results:
        if result.name not in _OURS:
            peers[f"{result.name} ({result.setting})"] = _numbers(result)
    peers |= {each: {"missing": why} for each, why in missing.items()}
    return {
        "edition": name,
        "device": device(),
        "speedup_vs_original": _ratio(theirs, cold.seconds_to(goal)),
        "speedup_vs_first_crossing": _ratio(crossing, cold.seconds_to(goal)),
        "speedup_steady": _ratio(theirs - compiling, steady.seconds_to(goal)),
        "seconds_to_0742": min(
            (each.seconds_to(0.742) for each in (cold, thorough) if each.seconds_to(0.742)),
            default=None,
        ),
        "best_mse": min(cold.best_mse, thorough.best_mse),
        "original_final_mse": goal,
        "gain_on_original_percent": 100 * (1 - min(cold.best_mse, thorough.best_mse) / goal),
        "ours": {result.name: _numbers(result) for result in (cold, steady, thorough)},
        "peers": peers,
        "memory_bytes_per_second": speeds,
        "seconds_per_step": steady.about["seconds_per_step"],
        "seconds_per_step_at_memory_speed": steady.about["bytes_per_step"] / speeds["tables"],
    }


def _ratio(theirs: float, ours: float | None) -> float | None:
    return None if ours is None else theirs / ours


def _numbers(result: Result) -> dict:
    return {
        "setting": result.setting,
        "best_mse": result.best_mse,
        "seconds": result.seconds,
        "ratings_per_second": result.ratings_per_second,
    } | {f"seconds_to_{mark:g}": result.seconds_to(mark) for mark in MARKS}


def device() -> str:
    """The processor's or the accelerator's name, and the number of cores."""
    import jax

    first = jax.devices()[0]
    kind = platform.machine() if first.platform == "cpu" else first.device_kind
    cpuinfo = Path("/proc/cpuinfo")
    if first.platform == "cpu" and cpuinfo.is_file():
        lines = cpuinfo.read_text().splitlines()
        kind = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), kind)
    return f"{kind}, {os.cpu_count()} cores"


def report(
    results: list[Result],
    missing: dict,
    memory: dict,
    speeds: dict,
    split: Split,
    name: str,
) -> str:
    """The table with a sentence about each number that needs one."""

    def cell(seconds: float | None) -> str:
        return "never" if seconds is None else f"{seconds:.2f}"

    rows = [
        [
            result.name,
            result.setting,
            *(cell(result.seconds_to(mark)) for mark in MARKS),
            f"{result.best_mse:.4f}",
            f"{result.seconds:.2f}",
            f"{result.ratings_per_second:,.0f}",
            f"{memory[result.name, result.setting]:.0f}",
        ]
        for result in sorted(results, key=lambda result: result.best_mse)
    ]
    header = ["who", "settings", *(f"s to {mark:g}" for mark in MARKS)]
    header += ["best MSE", "s in all", "ratings/s", "peak MB"]
    facts = summary(results, missing, speeds, name)
    lines = [
        f"{name}: {len(split.train['user_id']):,} ratings to learn from, "
        f"{len(split.val['user_id']):,} to validate on. {facts['device']}.",
        "",
        markdown_table(rows, header),
        "",
        f"- Until the MSE with which the original's loop ends ({facts['original_final_mse']:.4f}): "
        f"**{_times(facts['speedup_vs_original'])} faster** than that loop, compilation included; "
        f"{_times(facts['speedup_steady'])} once both are compiled.{_passing(facts)}",
        f"- Best MSE {facts['best_mse']:.4f}: {facts['gain_on_original_percent']:.1f} % under the "
        "original's.",
        f"- A step of ours takes {1e3 * facts['seconds_per_step']:.2f} ms, validation included; "
        f"moving what it must move "
        f"takes {1e3 * facts['seconds_per_step_at_memory_speed']:.2f} ms at the speed measured for "
        f"tables of that size ({speeds['tables'] / 1e9:.0f} GB/s; from main memory "
        f"{speeds['main memory'] / 1e9:.0f} GB/s).",
        *(f"- `{each}` could not be measured here: {why}" for each, why in missing.items()),
    ]
    return "\n".join(lines)


def _passing(facts: dict) -> str:
    """A sentence, where the original's loop ends higher than it has been."""
    if facts["speedup_vs_first_crossing"] == facts["speedup_vs_original"]:
        return ""
    return (
        " The original's loop passes that MSE on the way, before it overfits; counted to there, "
        f"ours is {_times(facts['speedup_vs_first_crossing'])} faster, compilation included."
    )


def _times(ratio: float | None) -> str:
    return "never" if ratio is None else f"{ratio:.0f} times"


if __name__ == "__main__":
    typer.run(main)
