"""Every case of `cases/`: what an answer does, what it costs, and that it costs nobody else.

A case is the source of one answer. `# exercise:` names it, `# expect:` the statuses that are right,
`# says:` what its message must hold, and `# below:` a score that it must not reach.
"""

import re
from pathlib import Path

import psutil
import pytest

from autograder.sandbox import Sandbox

CASES = sorted((Path(__file__).parent / "cases").rglob("*.py"))
# Graded after the case, in the same submission: the first exercise and one that uses JAX.
OTHERS = ("ranking_metrics", "cosine_similarity", "baseline")


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_has_its_status_and_costs_only_its_exercise(path, answered, solutions, graded):
    source = path.read_text()
    exercise = header(source, "exercise")
    others = [name for name in OTHERS if name != exercise][:2]
    answers = {name: solutions[name] for name in others} | {exercise: source}

    result = graded(answered(answers), exercise, *others)

    found = result["exercises"]
    assert found[exercise]["status"] in header(source, "expect").split(), found[exercise]
    assert all(found[name]["status"] == "passed" for name in others), found
    messages = [check["message"] for check in found[exercise]["checks"]]
    assert all(message.isprintable() and len(message) <= 401 for message in messages)
    assert any(header(source, "says") in message for message in messages), messages
    if found[exercise]["status"] not in ("passed", "partial"):
        assert found[exercise]["score"] == 0
    if header(source, "below"):
        assert found[exercise]["score"] < float(header(source, "below"))


def test_no_process_is_left_behind(opened, answered, graded):
    path = Path(__file__).parent / "cases" / "failure" / "atexit_and_threads.py"
    before = set(psutil.Process().children(recursive=True))
    with Sandbox(opened.root) as sandbox:
        graded(answered({"sparsity": path.read_text()}), "sparsity", boxes=sandbox)
        running = set(psutil.Process().children(recursive=True)) - before
        # bubblewrap, and what it runs to fork boxes.
        assert len([one for one in running if one.status() != psutil.STATUS_ZOMBIE]) == 2
    assert not set(psutil.Process().children(recursive=True)) - before


def header(source: str, word: str) -> str:
    """`# word: value` in the first lines of a case."""
    found = re.search(rf"^# {word}: (.*)$", source, re.MULTILINE)
    return found[1] if found else ""
