"""The bank of answers against the checks, in this process; `make prove` does it with boxes."""

import os
import subprocess
import sys

import pytest

from benchmarks.bank import judge, keys_of, read_bank
from grading_tests import EXERCISES
from helpers.checks.mistakes import MISTAKES


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_bank_is_large_and_names_known_mistakes(exercise):
    answers = read_bank(exercise)
    wrong = [answer for answer in answers if not answer.right]
    assert len(answers) - len(wrong) >= 5
    assert len([answer for answer in wrong if answer.named]) >= 12
    assert len(wrong) >= 15
    known = {mistake.key for mistake in MISTAKES[exercise]}
    assert {answer.mistake for answer in wrong if answer.named} <= known
    assert len({str(answer) for answer in answers}) == len(answers)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_right_answers_earn_everything_and_wrong_ones_less(exercise):
    misnamed, named = [], 0
    for answer in read_bank(exercise):
        hidden = judge(answer)
        said = [outcome.message for outcome in hidden.outcomes]
        if answer.right:
            assert hidden.status == "passed", (str(answer), said)
            assert judge(answer, visibly=True).status == "passed", str(answer)
            continue
        assert hidden.score < hidden.max_score, str(answer)
        assert all(len(message) < 400 and message.isprintable() for message in said)
        if answer.named:
            named += 1
            keys = keys_of(exercise, (outcome.misconception for outcome in hidden.outcomes))
            if keys != {answer.mistake}:
                misnamed.append((str(answer), keys))
    assert len(misnamed) <= named / 10, misnamed


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_answer_that_does_nothing_earns_nothing(exercise):
    idle = [answer for answer in read_bank(exercise) if answer.mistake == "-"]
    for answer in idle:
        # Tables that are right are something, also where nothing is made of them.
        allowed = {"dot_product": 0.5, "rating_range": 0.25}.get(exercise, 0)
        assert judge(answer).score <= allowed, str(answer)


def test_right_answers_pass_with_64_bits_as_well(course):
    environment = os.environ | {"JAX_ENABLE_X64": "1"}
    command = [sys.executable, "-m", "benchmarks.bank"]
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "right answers pass with 64 bits" in done.stdout
