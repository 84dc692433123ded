"""What the trainings of `benchmarks.training` say, as numbers and as a table."""

import os
import platform
from pathlib import Path

from benchmarks.contenders.results import Result
from benchmarks.practical import Split
from benchmarks.tables import markdown_table

MARKS = (0.80, 0.76, 0.742)
_OURS = ("ours", "ours, compiled", "ours, thorough")
_ORIGINAL = "the original's loop"


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
