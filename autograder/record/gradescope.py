"""A result as Gradescope's autograders report it: `results.json`."""

import json

from autograder.record.feedback import STATUS_TEXT


def gradescope_results(result: dict) -> bytes:
    """One submission: an entry per check, which students see as they see our feedback.

    Format: https://gradescope-autograders.readthedocs.io/en/latest/specs/
    """
    tests = [
        {
            "name": f"{name}: {check['name']}",
            "number": f"{number}.{place}",
            "score": check["points"],
            "status": "passed" if check["passed"] else "failed",
            "output": check["message"],
            "output_format": "text",
            "visibility": "visible",
        }
        for number, (name, exercise) in enumerate(result["exercises"].items(), start=1)
        for place, check in enumerate(exercise["checks"], start=1)
    ]
    lines = [
        f"{name}: {exercise['score']:g} of {exercise['max_score']:g}, "
        f"{STATUS_TEXT[exercise['status']]}"
        for name, exercise in result["exercises"].items()
    ]
    page = {
        "score": result["score"],
        "output": "\n".join([*result["notes"], *lines]),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    }
    return (json.dumps(page, indent=1, ensure_ascii=False) + "\n").encode()
