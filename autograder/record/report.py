"""The class at one look: `report.html`."""

from collections.abc import Iterable, Sequence

from autograder.record.feedback import STATUS_TEXT, environment
from autograder.record.statistics import ClassStatistics, collect_statistics

_MOST_CAUSES = 6
# In the order of the bars. Told apart by place, pattern of letters and lightness, not by hue alone.
_STATUSES = tuple(STATUS_TEXT)


def report_page(
    results: Iterable[tuple[dict, dict[str, float]]],
    exercises: Sequence[str],
    alike: Sequence[tuple[str, str, Sequence[str]]],
    failed: dict[str, str],
) -> bytes:
    """A self-contained page: scores, exercises, misconceptions, and who needs a look."""
    statistics = collect_statistics(results, exercises)
    page = (
        environment()
        .get_template("report.html")
        .render(
            found=statistics,
            summary=_summary(statistics),
            histogram=statistics.histogram(),
            causes={
                name: exercise.causes.most_common(_MOST_CAUSES)
                for name, exercise in statistics.exercises.items()
            },
            statuses=_STATUSES,
            status_text=STATUS_TEXT,
            alike=alike,
            failed=failed,
        )
    )
    return page.encode("utf-8", "backslashreplace")


def _summary(found: ClassStatistics) -> dict[str, float]:
    scores = sorted(found.scores)
    count = len(scores)
    return {
        "students": count,
        "mean": sum(scores) / count if count else 0.0,
        "median": scores[count // 2] if count else 0.0,
    }
