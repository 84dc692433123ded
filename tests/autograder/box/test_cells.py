"""Only what an answer needs is run."""

import pytest

from autograder.box.cells import build_namespace, parse_cells


@pytest.fixture
def build(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])

    def run(answer: str, *others: str) -> tuple[dict, str]:
        cells = [{"source": source, "exercise": None} for source in others]
        parsed = parse_cells([*cells, {"source": answer, "exercise": "it"}])
        return build_namespace(parsed, "it", lambda: None)

    return run


def test_what_the_answer_names_is_there_and_what_that_needs(build):
    namespace, fault = build(
        "def answer(): return helper() + OFFSET",
        "import math\nOFFSET = 2",
        "def helper(): return math.floor(SCALE)\nSCALE = 3.5",
    )
    assert fault == ""
    assert namespace["answer"]() == 5


def test_what_it_does_not_need_never_runs(build):
    namespace, fault = build("def answer(): return 1", "raise SystemExit", "x = 1 / 0\nplot(x)")
    assert fault == ""
    assert "x" not in namespace


@pytest.mark.parametrize("other", ["1 +", "!pip install x", "%matplotlib inline", "x = input()"])
def test_other_cells_may_be_broken(build, other):
    namespace, fault = build("def answer(): return 1", other)
    assert (namespace["answer"](), fault) == (1, "")


def test_training_never_runs(build):
    namespace, _ = build("def answer(): return state", "state = train_model(1)")
    assert "state" not in namespace


def test_the_last_definition_counts(build):
    namespace, _ = build(
        "def answer(): return helper()", "def helper(): return 1", "def helper(): return 2"
    )
    assert namespace["answer"]() == 2


def test_a_list_filled_by_a_loop_is_filled(build):
    namespace, _ = build("def answer(): return names", "names = []\nfor n in 'ab': names += [n]")
    assert namespace["answer"]() == ["a", "b"]


def test_an_import_that_fails_is_no_fault_of_the_answer(build):
    namespace, fault = build(
        "def answer(): return 1\ndef other(): return colab", "from google import colab"
    )
    assert (namespace["answer"](), fault) == (1, "")


def test_faults_name_line_and_error(build):
    assert build("x = 1\nraise KeyError('here')")[1] == "line 2 raised KeyError: 'here'"
    assert "line 1 does not parse" in build("def f(:")[1]


def test_what_stands_before_a_fault_is_kept(build):
    namespace, fault = build("def answer(): return 1\nprint(undefined)")
    assert namespace["answer"]() == 1
    assert "NameError" in fault
