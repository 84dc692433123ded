"""The class at one look: `report.html`."""

from collections.abc import Iterable, Sequence

from autograder.record.feedback import STATUS_TEXT, environment
from autograder.record.statistics import ClassStatistics, ExerciseStatistics, collect_statistics

_MOST_CAUSES = 6
# In the order of the bars: (colour, what it says, statuses). Three ways to be stopped are one.
_PARTS = (
    ("passed", STATUS_TEXT["passed"], ("passed",)),
    ("partial", STATUS_TEXT["partial"], ("partial",)),
    ("failed", STATUS_TEXT["failed"], ("failed",)),
    ("error", STATUS_TEXT["error"], ("error",)),
    ("stopped", "stopped by a limit or a crash", ("timeout", "memory", "crashed")),
    ("not_attempted", STATUS_TEXT["not_attempted"], ("not_attempted",)),
    ("missing", STATUS_TEXT["missing"], ("missing",)),
)


def report_page(
    results: Iterable[tuple[dict, dict[str, float]]],
    exercises: Sequence[str],
    alike: Sequence[tuple[str, str, Sequence[str]]],
    failed: dict[str, str],
) -> bytes:
    """A self-contained page: scores, exercises, misconceptions, and who needs a look."""
    statistics = collect_statistics(results, exercises)
    causes = {
        name: exercise.causes.most_common(_MOST_CAUSES)
        for name, exercise in statistics.exercises.items()
    }
    page = (
        environment()
        .get_template("report.html")
        .render(
            found=statistics,
            summary=_summary(statistics),
            histogram=statistics.histogram(),
            causes=causes,
            most_causes=max((n for ranked in causes.values() for _, n in ranked), default=1),
            answers=[_answers(exercise) for exercise in statistics.exercises.values()],
            alike=alike,
            failed=failed,
        )
    )
    return page.encode("utf-8", "backslashreplace")


def _answers(exercise: ExerciseStatistics) -> dict:
    parts = [(name, text, sum(exercise.statuses[s] for s in of)) for name, text, of in _PARTS]
    return {"exercise": exercise, "count": len(exercise.scores), "parts": parts}


def _summary(found: ClassStatistics) -> dict[str, float]:
    scores = sorted(found.scores)
    count = len(scores)
    return {
        "students": count,
        "mean": sum(scores) / count if count else 0.0,
        "median": scores[count // 2] if count else 0.0,
    }
