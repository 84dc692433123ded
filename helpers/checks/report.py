"""Run the checks of an exercise and keep what came out of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from helpers.checks.compare import Mismatch
from helpers.checks.work import Work, WorkError


@dataclass(frozen=True)
class Check:
    """One question about an answer, worth `points`.

    `verify` raises `Mismatch` when it fails; a text that it returns is a remark on how it passed.
    """

    name: str
    points: float
    verify: Callable[[Work], str | None]


@dataclass(frozen=True)
class Outcome:
    """What one check found. `message` is safe to show a student, whatever the check was."""

    name: str
    passed: bool
    points: float
    max_points: float
    status: str = "passed"
    message: str = ""
    yours: str | None = None
    expected: str | None = None


@dataclass(frozen=True)
class Report:
    """All outcomes of one exercise."""

    exercise: str
    outcomes: tuple[Outcome, ...]

    @property
    def score(self) -> float:
        return sum(outcome.points for outcome in self.outcomes)

    @property
    def max_score(self) -> float:
        return sum(outcome.max_points for outcome in self.outcomes)

    @property
    def status(self) -> str:
        """`passed`, `partial`, `failed`, or why nothing could be judged: `not_attempted`,
        `missing`, `error` and the other statuses of a `WorkError`."""
        passed = [outcome.passed for outcome in self.outcomes]
        if all(passed):
            return "passed"
        if any(passed):
            return "partial"
        reasons = {outcome.status for outcome in self.outcomes}
        return reasons.pop() if len(reasons) == 1 else "failed"


def run_checks(exercise: str, checks: Sequence[Check], work: Work) -> Report:
    """Put every check's question to `work`."""
    return Report(exercise, tuple(_run(check, work) for check in checks))


def _run(check: Check, work: Work) -> Outcome:
    try:
        remark = check.verify(work)
    except Mismatch as verdict:
        return Outcome(
            check.name,
            False,
            0.0,
            check.points,
            "failed",
            verdict.message,
            verdict.yours,
            verdict.expected,
        )
    except WorkError as error:
        return Outcome(check.name, False, 0.0, check.points, error.status, f"{error.message}.")
    return Outcome(check.name, True, check.points, check.points, message=remark or "")
