"""Mutants of the solutions, and what the hidden checks make of them."""

import ast

import pytest

from benchmarks.mutants import equivalent, mutants, survivors
from grading_tests import EXERCISES


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_mutant_is_a_solution_with_another_line(exercise, solutions):
    made = mutants(exercise)
    assert len(made) >= 5
    assert len({mutant.source for mutant in made}) == len(made)
    for mutant in made:
        assert mutant.line in solutions[exercise]
        assert mutant.line != mutant.becomes
        ast.parse(mutant.source)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_is_listed_as_right_is_a_mutant_and_has_a_reason(exercise):
    made = {(mutant.line, mutant.becomes) for mutant in mutants(exercise)}
    assert set(equivalent(exercise)) <= made
    assert all(len(why) > 20 for why in equivalent(exercise).values())


def test_no_mutant_of_the_simplest_exercise_earns_full_marks():
    assert not survivors(mutants("sparsity"))


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_mutant_earns_full_marks_but_those_that_are_right(exercise):
    alive = survivors(mutants(exercise))
    assert {(mutant.line, mutant.becomes) for mutant in alive} == set(equivalent(exercise))
