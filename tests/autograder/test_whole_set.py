"""Every case as one class: graded twice, in another order, it gives the same bytes."""

import json
from pathlib import Path

import pytest

from autograder.class_run import Plan, grade_class
from autograder.reading.collect import find_students
from autograder.record.store import ResultStore

CASES = sorted((Path(__file__).parent / "cases").rglob("*.py"))
RIGHT = ("ranking_metrics", "cosine_similarity", "baseline")


@pytest.mark.slow
def test_the_whole_set_in_another_order_gives_the_same_bytes(
    opened, sandbox, answered, solutions, tmp_path
):
    submitted = tmp_path / "submitted"
    attacked = {}
    for path in CASES:
        student, source = f"{path.parent.name}-{path.stem}", path.read_text()
        attacked[student] = source.partition("# exercise: ")[2].split("\n")[0]
        answers = {name: solutions[name] for name in RIGHT} | {attacked[student]: source}
        target = submitted / student / "recommender_systems" / "Recommender_Systems.ipynb"
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(answered(answers)))
    folders = find_students(submitted, "recommender_systems")
    found = []
    for name, order in (("once", folders), ("again", folders[::-1])):
        store = ResultStore(tmp_path / name)
        outcome = grade_class(Plan(submitted, opened, store, 2), order, None, lambda *_: None)
        assert outcome.failed == {}
        found.append({path.name: path.read_bytes() for path in store.folder.glob("*.json")})

    assert len(found[0]) == len(CASES)
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []
    for student, exercise in attacked.items():
        exercises = json.loads(found[0][f"{student}.json"])["exercises"]
        hurt = [name for name in RIGHT if exercises[name]["status"] != "passed"]
        assert set(hurt) <= {exercise}, student
