"""Naming the mistake behind a wrong answer."""

import re

import numpy as np
import pytest

from helpers.checks import VISIBLE, check
from helpers.checks.local import LocalWork
from helpers.checks.mistake import Exchange, alike, calls, mistake, name_mistakes, raises
from helpers.checks.mistakes import MISTAKES
from helpers.checks.report import run_checks
from helpers.checks.work import WorkError

DOUBLE = mistake("double", "Twice.", calls("f", lambda x: 2 * x))
SQUARE = mistake("square", "Squared.", calls("f", lambda x: x**2))
BROKEN = mistake("broken", "It breaks.", raises("raised ValueError", "f"))


def asked(x, reply, name="f"):
    return [Exchange("call", (name, x), {}, reply)]


def names(failures, passes=(), table=(DOUBLE, SQUARE, BROKEN)):
    return [m and m.key for m in name_mistakes(table, failures, passes)]


def test_the_mistake_that_gives_the_same_is_named():
    assert names([asked(3, 6)]) == ["double"]
    assert names([asked(3, 9)]) == ["square"]
    assert names([asked(3, 7)]) == [None]
    assert names([asked(3, 6, name="g")]) == [None]


def test_of_two_that_fit_the_one_that_explains_more_is_named():
    assert names([asked(2, 4), asked(3, 9)]) == ["square", "square"]
    assert names([asked(2, 4)]) == ["double"]


def test_what_passed_decides_between_two_that_explain_as_much():
    assert names([asked(2, 4)], passes=[asked(1, 1)]) == ["square"]
    assert names([asked(2, 4)], passes=[asked(0, 0)]) == ["double"]


def test_one_reply_among_several_is_chance():
    assert names([asked(2, 4), asked(3, 5), asked(4, 5)]) == [None, None, None]
    assert names([asked(2, 4), asked(3, 6), asked(4, 5)]) == ["double", "double", None]


def test_an_exception_needs_no_second_witness():
    error = WorkError("error", "`f` raised ValueError: no")
    assert names([asked(2, error), asked(3, 5)]) == ["broken", None]
    assert names([asked(2, WorkError("error", "`g` raised ValueError: no"))]) == [None]


def test_a_check_that_asked_nothing_has_no_name():
    assert names([[]]) == [None]


@pytest.mark.parametrize(
    ("yours", "mistaken", "same"),
    [
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), True),
        (np.array([1.0, 2.0]), np.array([1.0, np.nan]), False),
        (np.ones((2, 1)), np.ones(2), False),
        (np.ones(2, np.float32), np.ones(2), True),
        ([1, 2], (1, 2), True),
        (np.array([1, 2]), [1, 2], True),
        ([1, 2], [2, 1], False),
        (True, 1, False),
        ("1", 1, False),
        (None, None, True),
        (1, None, False),
        ({"a": 1, "b": 2}, {"a": 1}, True),
        ({"b": 2}, {"a": 1}, False),
        (10**400, 1.0, False),
        (object(), 1.0, False),
        (np.array(["a"]), np.array([1.0]), False),
    ],
)
def test_alike(yours, mistaken, same):
    assert alike(yours, mistaken) == same


@pytest.mark.parametrize("exercise", MISTAKES)
def test_a_table_of_mistakes_is_readable(exercise):
    table = MISTAKES[exercise]
    assert len({m.key for m in table}) == len({m.says for m in table}) == len(table)
    for m in table:
        assert re.fullmatch(r"[a-z0-9_]+", m.key)
        assert 20 < len(m.says) < 170
        assert m.says[0].isupper() or m.says[0] == "`"
        assert m.says[-1] in ".?"
        assert m.signs


@pytest.mark.parametrize("exercise", MISTAKES)
def test_right_answers_and_nothing_have_no_mistake(exercise, solutions, run_answer):
    needed = [solutions["cosine_similarity"], solutions[exercise]]
    report = run_checks(exercise, VISIBLE[exercise], LocalWork(run_answer(*needed)))
    assert not any(outcome.misconception for outcome in report.outcomes)
    missing = run_checks(exercise, VISIBLE[exercise], LocalWork({}))
    assert not any(outcome.misconception for outcome in missing.outcomes)


def test_a_student_reads_the_likely_mistake_and_not_the_answer(capsys):
    check("sparsity", {"sparsity": lambda u, i, r: 100 * r / (u * i)})
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith("sparsity(2, 5, 4) has another value.")
    assert lines[2].strip() == (
        "This looks like the percentage of full cells; the empty ones are asked for."
    )


def test_of_an_exception_with_a_known_cause_the_first_words_are_shown():
    def sparsity(*_):
        raise NameError("x" * 40 + " y" * 200)

    report = run_checks("sparsity", VISIBLE["sparsity"], LocalWork({"sparsity": sparsity}))
    (outcome,) = report.outcomes
    assert outcome.message.startswith("`sparsity` raised NameError: xxxx")
    assert outcome.message.endswith(f"... {outcome.misconception}")
    assert len(outcome.message) < 400


def test_a_forged_index_is_no_index():
    class AnnoyIndex:
        f = 2

        def get_n_items(self):
            return 4

        get_n_trees = get_n_items

        def get_nns_by_item(self, item, k, include_distances):
            return 7, "near"

    namespace = {"build_annoy_index": lambda *_, **__: AnnoyIndex()}
    report = run_checks("ann_index", VISIBLE["ann_index"], LocalWork(namespace))
    assert report.score == 0
    assert "which lists neighbours" in report.outcomes[0].message
