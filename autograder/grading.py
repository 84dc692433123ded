"""Grade one submission: a pure function of its answers, the course and the key."""

import time
from collections.abc import Sequence

from autograder.course import Course
from autograder.reading.submission import Submission
from autograder.remote import BoxedWork, Boxes
from autograder.sandbox import Sandbox
from grading_tests import EXERCISES, hidden_checks
from helpers.checks.report import Check, Outcome, Report, run_checks

_UNTOUCHED = {"not_attempted": "Not written yet.", "missing": "No answer was found."}


def grade(
    submission: Submission, course: Course, sandbox: Sandbox, only: Sequence[str] = ()
) -> tuple[dict, dict[str, float]]:
    """The result as the design's JSON has it, and the seconds that each exercise took in its box.

    `only` names the exercises to grade, all where it is empty. The same submission, course and key
    give the same result; the seconds are not part of it.
    """
    results, seconds, notes = {}, {}, list(submission.notes)
    if submission.unreadable:
        notes.insert(0, submission.unreadable)
    with Boxes(sandbox, submission.cells) as boxes:
        for exercise in EXERCISES:
            if only and exercise not in only:
                continue
            # To wait for a box is no exercise's time.
            begun = time.perf_counter() - boxes.seconds_starting
            report, note = _grade_exercise(exercise, course.key, submission, boxes)
            seconds[exercise] = time.perf_counter() - boxes.seconds_starting - begun
            results[exercise] = _as_json(report)
            notes += [note] if note else []
    return result_of(submission, course.assignment.name, notes, results), seconds


def result_of(submission: Submission, assignment: str, notes: list[str], exercises: dict) -> dict:
    """The result of a submission whose exercises are graded."""
    return {
        "student": submission.student,
        "assignment": assignment,
        "score": round(sum(result["score"] for result in exercises.values()), 2),
        "max_score": round(sum(result["max_score"] for result in exercises.values()), 2),
        "status": "unreadable" if submission.unreadable else "graded",
        "notes": notes,
        "exercises": exercises,
    }


def _grade_exercise(
    exercise: str, key: str, submission: Submission, boxes: Boxes
) -> tuple[Report, str]:
    checks = hidden_checks(exercise, key, submission.student)
    if submission.unreadable:
        return _none_passed(exercise, checks, "missing", ""), ""
    if exercise in submission.status:
        status = submission.status[exercise]
        return _none_passed(exercise, checks, status, _UNTOUCHED[status]), ""
    report = run_checks(exercise, checks, BoxedWork(boxes, exercise))
    remarks = {outcome.message for outcome in report.outcomes if outcome.passed} - {""}
    return report, "; ".join(f"`{exercise}` was {remark}" for remark in sorted(remarks))


def _none_passed(exercise: str, checks: Sequence[Check], status: str, message: str) -> Report:
    outcomes = [Outcome(c.name, False, 0.0, c.points, status, message) for c in checks]
    return Report(exercise, tuple(outcomes))


def _as_json(report: Report) -> dict:
    """Without the expected values of hidden checks, which a student must not see."""
    return {
        "score": round(report.score, 2),
        "max_score": round(report.max_score, 2),
        "status": report.status,
        "checks": [
            {
                "name": outcome.name,
                "passed": outcome.passed,
                "points": round(outcome.points, 2),
                "message": outcome.message,
                "misconception": outcome.misconception,
            }
            for outcome in report.outcomes
        ],
    }
