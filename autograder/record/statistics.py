"""What a class's results say about its exercises."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

# Each student's inputs are other ones, so that numbers would tell equal messages apart.
_NUMBERS = re.compile(r"(?<!axis=)(?<!axis=-)(?<!\w)-?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?")
_LONGEST_CAUSE = 160
_BINS = 10


@dataclass
class ExerciseStatistics:
    """One exercise over a class. Seconds are wall clock in a box."""

    name: str
    max_score: float = 0.0
    scores: list[float] = field(default_factory=list)
    totals: list[float] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    causes: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @property
    def solved(self) -> float:
        """Mean share of the points, 0 to 1: the difficulty index of test theory."""
        return float(np.mean(self.scores)) / self.max_score if self.scores else 0.0

    @property
    def discrimination(self) -> float | None:
        """Correlation of its score with the score of all others (corrected item-total).

        None where everybody has the same.
        """
        own, rest = np.array(self.scores), np.array(self.totals) - np.array(self.scores)
        if len(own) < 3 or own.std() == 0 or rest.std() == 0:
            return None
        return float(np.corrcoef(own, rest)[0, 1])

    @property
    def median_seconds(self) -> float | None:
        return float(np.median(self.seconds)) if self.seconds else None


@dataclass
class ClassStatistics:
    """A class as its report shows it."""

    assignment: str = ""
    max_score: float = 0.0
    scores: list[float] = field(default_factory=list)
    exercises: dict[str, ExerciseStatistics] = field(default_factory=dict)
    to_look_at: list[tuple[str, str]] = field(default_factory=list)

    def histogram(self) -> list[tuple[str, int]]:
        """Students by tenths of the points: label and count."""
        counts, edges = np.histogram(self.scores, _BINS, (0, self.max_score or 1))
        ends = pairwise(edges)
        return [(f"{a:g}–{b:g}", int(n)) for (a, b), n in zip(ends, counts, strict=True)]


def collect_statistics(
    results: Iterable[tuple[dict, dict[str, float]]], exercises: Sequence[str]
) -> ClassStatistics:
    """Add up results with their seconds, one after the other."""
    found = ClassStatistics(exercises={name: ExerciseStatistics(name) for name in exercises})
    reasons = defaultdict(list)
    for result, seconds in results:
        found.assignment, student = result["assignment"], result["student"]
        found.max_score = max(found.max_score, result["max_score"])
        found.scores.append(result["score"])
        if result["status"] == "unreadable":
            reasons[student].append(result["notes"][0])
            continue
        for name, exercise in result["exercises"].items():
            _add(found.exercises[name], exercise, result["score"], seconds.get(name))
            if exercise["status"] in ("timeout", "memory", "crashed"):
                reasons[student].append(f"{name}: {exercise['status']}")
        reasons[student] += [note for note in result["notes"] if "edited" in note]
    found.to_look_at = [(name, "; ".join(why)) for name, why in sorted(reasons.items()) if why]
    return found


def _add(
    statistics: ExerciseStatistics, exercise: dict, total: float, seconds: float | None
) -> None:
    statistics.max_score = exercise["max_score"]
    statistics.scores.append(exercise["score"])
    statistics.totals.append(total)
    statistics.statuses[exercise["status"]] += 1
    if seconds is not None and exercise["status"] not in ("not_attempted", "missing"):
        statistics.seconds.append(seconds)
    causes = {_cause(check) for check in exercise["checks"] if not check["passed"]}
    if exercise["status"] not in ("not_attempted", "missing"):
        statistics.causes.update(causes)


def _cause(check: dict) -> str:
    """The misconception where one was named, else the message without its numbers."""
    text = check.get("misconception") or _NUMBERS.sub("…", check["message"])
    return text if len(text) <= _LONGEST_CAUSE else f"{text[: _LONGEST_CAUSE - 3]}..."
