"""What a box is before its first fork: fit to be forked, without checks, deaf to odd cells."""

import psutil
import pytest


def test_a_box_that_is_ready_has_one_thread_so_that_it_may_fork(sandbox):
    before = set(psutil.Process().children(recursive=True))
    with sandbox.start() as box:
        box.wait_until_ready()
        inside = set(psutil.Process().children(recursive=True)) - before
        assert inside
        assert {process.num_threads() for process in inside} == {1}


def test_a_box_holds_no_check_that_an_answer_could_read(sandbox, ask):
    source = """
import sys

def sparsity():
    return sorted(name for name in sys.modules if name.startswith(("helpers.checks.", "grading_")))
"""
    assert ask(sandbox, source)["value"] == [
        f"helpers.checks.{name}" for name in ("local", "plain", "work")
    ]


@pytest.mark.parametrize(
    "source",
    ["(" * 100_000, "-" * 100_000, "a" + ".b" * 100_000],
    ids=["brackets", "signs", "attributes"],
)
def test_a_cell_that_is_nested_too_deep_is_an_answer_that_does_not_parse(sandbox, ask, source):
    reply = ask(sandbox, source)
    assert reply["status"] == "error"
    assert "does not parse" in reply["message"]
