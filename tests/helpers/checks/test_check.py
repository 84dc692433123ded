"""`check`: what a student sees at once."""

import re

import pytest

from helpers.checks import VISIBLE, check
from helpers.errors import CourseError

PLAIN = re.compile(r"\x1b\[\d+m")


@pytest.fixture
def said(capsys):
    return lambda: PLAIN.sub("", capsys.readouterr().out)


def test_a_right_answer_earns_its_points(said):
    def sparsity(num_users, num_items, num_ratings):
        return 100 - 100 * num_ratings / (num_users * num_items)

    assert check("sparsity", {"sparsity": sparsity}) == 1.0
    assert said().splitlines() == [
        "sparsity: every check passes",
        f"  {chr(0x2713)} 2 users, 5 movies, 4 ratings",
    ]


def test_a_wrong_answer_is_shown_beside_the_expected(said):
    assert check("sparsity", {"sparsity": lambda u, i, r: r / u}) == 0.0
    lines = said().splitlines()
    assert lines[0] == "sparsity: not right yet"
    assert lines[2:] == ["      yours:    2", "      expected: 60"]


def test_a_stub_is_not_written_yet(said):
    def sparsity(*_):
        raise NotImplementedError

    assert check("sparsity", {"sparsity": sparsity}) == 0.0
    assert "not written yet" in said()


def test_a_missing_name_is_not_found(said):
    assert check("sparsity", {}) == 0.0
    assert "`sparsity` is not defined: run its cell" in said()


def test_an_exception_is_one_line(said):
    assert check("sparsity", {"sparsity": lambda u, i, r: 1 / 0}) == 0.0
    text = said()
    assert "`sparsity` raised ZeroDivisionError: division by zero" in text
    assert "Traceback" not in text


def test_the_caller_is_where_answers_are_looked_for(said):
    namespace = {"check": check}
    exec("def sparsity(u, i, r): return 60.0\npoints = check('sparsity')", namespace)
    assert namespace["points"] == 1.0


def test_the_value_of_a_cell_is_a_number_for_nbgrader_and_a_share_for_the_eye():
    points = check("sparsity", {"sparsity": lambda u, i, r: 60.0})
    assert float(repr(points)) == 1.0
    assert points._repr_html_() == "1 of 1 points"


def test_chatter_of_an_answer_reaches_nobody(capsys):
    def sparsity(*_):
        import sys
        import warnings

        print("chatter")
        print("alarm", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return 60.0

    check("sparsity", {"sparsity": sparsity})
    heard = capsys.readouterr()
    assert heard.err == ""
    assert "chatter" not in heard.out


def test_unknown_exercise():
    with pytest.raises(CourseError, match=r"no exercise 'sparse'.*sparsity"):
        check("sparse")


@pytest.mark.parametrize("exercise", VISIBLE)
def test_the_solution_passes_every_visible_check(exercise, solutions, run_answer, said):
    sources = [solutions[exercise]]
    if exercise in ("most_similar", "recommend"):
        sources.insert(0, solutions["cosine_similarity"])
    points = check(exercise, run_answer(*sources))
    assert points == sum(worth.points for worth in VISIBLE[exercise]), said()


@pytest.mark.parametrize("exercise", ["most_similar", "recommend"])
def test_an_unfinished_cosine_costs_no_other_exercise(exercise, solutions, run_answer):
    stub = "def get_cos_sim_distances(item, embeddings):\n    raise NotImplementedError"
    points = check(exercise, run_answer(stub, solutions[exercise]))
    assert points == sum(worth.points for worth in VISIBLE[exercise])
