"""Feedback, the report and the tables: everything escaped, nothing given away."""

import csv
import io
import re

import pytest

from autograder.reading.submission import Submission
from autograder.record.feedback import feedback_page
from autograder.record.files import file_name, write_atomically
from autograder.record.grades import grades_csv
from autograder.record.likeness import Likeness
from autograder.record.report import report_page
from autograder.record.statistics import collect_statistics

EXERCISES = ("one", "two")


def result_of(student="ada", one=1.0, two=2.0, status="graded", message="It is off by 3.", **more):
    def exercise(score, most):
        passed = score == most
        check = {"name": "values", "passed": passed, "points": score}
        return {
            "score": score,
            "max_score": most,
            "status": "passed" if passed else "failed",
            "checks": [check | {"message": "" if passed else message}],
        }

    return {
        "student": student,
        "assignment": "practical",
        "score": one + two,
        "max_score": 3.0,
        "status": status,
        "notes": [],
        "exercises": {"one": exercise(one, 1.0), "two": exercise(two, 2.0)},
    } | more


def test_feedback_shows_points_messages_and_own_code():
    submission = Submission("ada", answers={"one": ["x = 1 < 2"], "two": []})
    page = feedback_page(result_of(one=0.0), submission).decode()
    assert "It is off by 3." in page
    assert "x = 1 &lt; 2" in page
    assert re.search(r'class="total">2</span> of 3 points', page)


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}\ud800"


def test_everything_hostile_is_escaped():
    submission = Submission(HOSTILE, answers={"one": [HOSTILE]})
    result = result_of(HOSTILE, one=0.0, message=HOSTILE, notes=[HOSTILE])
    pages = (
        feedback_page(result, submission),
        report_page([(result, {})], EXERCISES, [(HOSTILE, HOSTILE, ["one"])], {HOSTILE: HOSTILE}),
    )
    for page in pages:
        text = page.decode()
        assert "<script" not in text
        assert "<img" not in text
        assert "49" not in text
        assert "default-src 'none'" in text


def test_an_unreadable_submission_says_why():
    result = result_of(status="unreadable", notes=["The file is a PDF."], one=0.0, two=0.0)
    assert "The file is a PDF." in feedback_page(result, Submission("ada")).decode()


NAMES = [
    'O\'Neil, "Ann"',
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@x",
    "../../etc/passwd",
    "名前",
    "a\nb",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_stands_in_the_table_and_runs_nothing(name):
    table = grades_csv([result_of(name, notes=["=1+1"])], EXERCISES)
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert rows[0]["student"].removeprefix("'") == name
    assert not rows[0]["student"].startswith(("=", "+", "-", "@"))
    assert rows[0]["notes"] == "'=1+1"
    assert (rows[0]["score"], rows[0]["one"], rows[0]["two"]) == ("3.0", "1.0", "2.0")


@pytest.mark.parametrize("name", [*NAMES, "x" * 5000, "..", ".hidden", "a/b"])
def test_any_name_is_a_file_in_its_folder(name, tmp_path):
    write_atomically(tmp_path / file_name(name, ".json"), b"{}")
    (path,) = tmp_path.iterdir()
    assert not path.name.startswith(".")


def test_different_names_are_different_files():
    assert file_name("a/b", ".json") != file_name("a:b", ".json")
    assert file_name("ada", ".json") == "ada.json"


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "kept.json"
    write_atomically(path, b"old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_statistics_of_a_class():
    results = [
        (result_of("a", one=1.0, two=2.0), {"one": 1.0, "two": 0.5}),
        (result_of("b", one=0.0, two=2.0), {"one": 3.0}),
        (result_of("c", one=0.0, two=0.0, message="It is off by 5."), {}),
        (result_of("d", one=0.0, two=0.0, status="unreadable", notes=["empty"]), {}),
    ]
    found = collect_statistics(results, EXERCISES)
    one, two = found.exercises["one"], found.exercises["two"]
    assert found.scores == [3.0, 2.0, 0.0, 0.0]
    assert (one.solved, two.solved) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert one.discrimination == pytest.approx(0.5)
    assert one.causes == {"It is off by ….": 2}
    assert one.median_seconds == 2.0
    assert found.to_look_at == [("d", "empty")]
    assert sum(count for _, count in found.histogram()) == 4


def test_everybody_alike_tells_nobody_apart():
    found = collect_statistics([(result_of(name), {}) for name in "abc"], EXERCISES)
    assert found.exercises["one"].discrimination is None


def test_the_report_of_nobody_is_a_page():
    assert b"Class report" in report_page([], EXERCISES, [], {})


def test_answers_in_the_same_words_are_found(opened, read, solutions, answered):
    likeness = Likeness()
    long = {name: solutions[name] for name in ("baseline", "squared_error", "biases", "ann_index")}
    restyled = {name: f"# mine\n{source}  # really" for name, source in long.items()}
    other = {name: source.replace("batch", "b") for name, source in long.items()}
    likeness.add(read(answered(long), "ada"), opened.assignment)
    likeness.add(read(answered(restyled), "grace"), opened.assignment)
    likeness.add(read(answered({}), "blank"), opened.assignment)
    likeness.add(read(answered({"baseline": other["baseline"]}), "eve"), opened.assignment)
    ((one, two, names),) = likeness.pairs()
    assert (one, two) == ("ada", "grace")
    assert set(names) == set(long)
