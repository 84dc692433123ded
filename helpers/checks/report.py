"""Run the checks of an exercise and keep what came out of each."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from helpers.checks.compare import Mismatch
from helpers.checks.mistake import Listener, Mistake, name_mistakes
from helpers.checks.mistakes import MISTAKES
from helpers.checks.work import Work, WorkError

_LONGEST_EXCEPTION = 160


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
    """What one check found. `message` is safe to show a student, whatever the check was.

    `misconception` is the sentence of the known mistake that gives the same, "" where none does;
    the message holds it too.
    """

    name: str
    passed: bool
    points: float
    max_points: float
    status: str = "passed"
    message: str = ""
    yours: str | None = None
    expected: str | None = None
    misconception: str = ""


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
    """Put every check's question to `work`, and name the mistake behind those that fail."""
    verdicts, failures, passes = [], [], []
    for check in checks:
        listener = Listener(work)
        verdict = _verdict(check, listener)
        verdicts.append(verdict)
        heard = failures if isinstance(verdict, Exception) else passes
        heard.append(listener.exchanges)
    named = iter(name_mistakes(MISTAKES[exercise], failures, passes))
    outcomes = [
        _failed(check, verdict, next(named))
        if isinstance(verdict, Exception)
        else Outcome(check.name, True, check.points, check.points, message=verdict)
        for check, verdict in zip(checks, verdicts, strict=True)
    ]
    return Report(exercise, tuple(outcomes))


def _verdict(check: Check, work: Work) -> str | Mismatch | WorkError:
    try:
        return check.verify(work) or ""
    except (Mismatch, WorkError) as verdict:
        return verdict


def _failed(check: Check, verdict: Mismatch | WorkError, named: Mistake | None) -> Outcome:
    says = named.says if named else ""
    if isinstance(verdict, WorkError):
        message, status, yours, expected = f"{verdict.message}.", verdict.status, None, None
        hint = ""
        if says:
            # Of an exception whose cause is known, its first words are enough.
            message = textwrap.shorten(message, _LONGEST_EXCEPTION, placeholder=" ...")
    else:
        message, status = verdict.message, "failed"
        yours, expected, hint = verdict.yours, verdict.expected, verdict.hint
    # The named mistake says more than the hint for whatever mistake.
    message = " ".join(filter(None, (message, says or hint)))
    return Outcome(check.name, False, 0.0, check.points, status, message, yours, expected, says)
