"""A known mistake is named in the result, and counted in the report on the class."""

from autograder.record.statistics import collect_statistics
from grading_tests import EXERCISES
from helpers.checks.mistakes import MISTAKES

SHARE = """
def sparsity(num_users, num_items, num_ratings):
    return 1 - num_ratings / (num_users * num_items)
"""


def test_the_likely_mistake_is_in_the_result_and_counted(answered, graded):
    result = graded(answered({"sparsity": SHARE}), "sparsity")

    says = next(m.says for m in MISTAKES["sparsity"] if m.key == "share")
    failed = [one for one in result["exercises"]["sparsity"]["checks"] if not one["passed"]]
    assert failed
    for one in failed:
        assert one["misconception"] == says
        assert one["message"].endswith(says)
    found = collect_statistics([(result, {})] * 3, EXERCISES)
    assert found.exercises["sparsity"].causes == {says: 3}


def test_a_right_answer_has_no_misconception(answered, graded, solutions):
    result = graded(answered({"sparsity": solutions["sparsity"]}), "sparsity")
    assert [one["misconception"] for one in result["exercises"]["sparsity"]["checks"]] == ["", ""]
