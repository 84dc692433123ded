"""What the benchmark of training makes of measured numbers."""

import json

import numpy as np
import pytest

from benchmarks.contenders.results import Clock, Result, squared_error
from benchmarks.practical import Split, make_split, solved_model, solved_steps
from benchmarks.training import median, run_contender
from benchmarks.training_report import report, summary

SPEEDS = {"tables": 40e9, "main memory": 20e9}


@pytest.fixture
def results():
    step = {"seconds_per_step": 0.001, "bytes_per_step": 20_000_000}
    return [
        Result("ours", "a", [(2.0, 0.9), (2.5, 0.76), (3.0, 0.75)], 1e5, step),
        Result("ours, compiled", "a", [(0.25, 0.9), (0.5, 0.76), (0.75, 0.75)], 4e5, step),
        Result("ours, thorough", "b", [(4.0, 0.76), (8.0, 0.74)], 1e5),
        Result(
            "the original's loop", "c", [(20.0, 0.77), (41.0, 0.78)], 1e4, {"seconds_compiling": 1}
        ),
        Result("A peer", "d", [(1.0, 0.79)], 1e6),
    ]


def test_the_summary_compares_with_the_originals_own_end(results):
    found = summary(results, {"nobody": "not installed"}, SPEEDS, "an edition")
    assert found["speedup_vs_original"] == pytest.approx(41.0 / 2.5)
    assert found["speedup_steady"] == pytest.approx(40.0 / 0.5)
    assert found["speedup_vs_first_crossing"] == pytest.approx(20.0 / 2.5)
    assert found["seconds_to_0742"] == 8.0
    assert found["best_mse"] == 0.74
    assert found["gain_on_original_percent"] == pytest.approx(100 * (1 - 0.74 / 0.78))
    assert found["seconds_per_step_at_memory_speed"] == pytest.approx(0.0005)
    assert found["peers"]["nobody"] == {"missing": "not installed"}
    assert found["peers"]["A peer (d)"]["best_mse"] == 0.79
    json.dumps(found, allow_nan=False)


def test_what_is_never_reached_is_null(results):
    results[2] = Result("ours, thorough", "b", [(4.0, 0.75)], 1e5)
    assert summary(results, {}, SPEEDS, "an edition")["seconds_to_0742"] is None


def test_the_table_is_sorted_by_mse_and_names_who_is_missing(results):
    memory = {(result.name, result.setting): 100.0 for result in results}
    split = Split({"user_id": np.zeros(8)}, {"user_id": np.zeros(2)}, 1, 1)
    text = report(results, {"nobody": "no wheel"}, memory, SPEEDS, split, "an edition")
    rows = [line for line in text.splitlines() if line.startswith("| ")][2:]
    assert [row.split(" | ")[0].strip("| ") for row in rows] == [
        "ours, thorough",
        "ours",
        "ours, compiled",
        "the original's loop",
        "A peer",
    ]
    assert "never" in rows[3]
    assert "`nobody` could not be measured here: no wheel" in text


@pytest.mark.parametrize(("end", "overfits"), [(0.78, True), (0.765, False)])
def test_overfitting_of_the_originals_loop_is_said_where_it_happens(results, end, overfits):
    results[3].points[-1] = (41.0, end)
    memory = {(result.name, result.setting): 100.0 for result in results}
    split = Split({"user_id": np.zeros(8)}, {"user_id": np.zeros(2)}, 1, 1)
    text = report(results, {}, memory, SPEEDS, split, "an edition")
    assert ("before it overfits" in text) == overfits


def test_of_several_runs_the_middle_one_counts(results):
    def run(seconds):
        return {"results": [Result("ours", "a", [(seconds, 0.7)]).as_dict()]}

    assert median([run(9.0), run(2.0), run(3.0)]) == run(3.0)
    assert median([{"missing": "it failed"}, run(2.0)]) == run(2.0)
    assert median([{"missing": "it failed"}]) == {"missing": "it failed"}


def test_a_clock_stands_still_while_something_is_measured():
    import time

    clock = Clock()
    assert clock.without(lambda: time.sleep(0.2) or 5.0) == 5.0
    assert clock.seconds < 0.2


def test_squared_error_is_a_mean():
    assert squared_error(np.array([1, 3]), np.array([1, 1])) == 2.0


def test_a_split_survives_its_file(tmp_path):
    split = make_split(None, 42)
    split.save(tmp_path / "split.npz")
    again = Split.read(tmp_path / "split.npz")
    assert (again.num_users, again.num_items) == (671, 9066)
    assert (again.train["item_id"] == split.train["item_id"]).all()
    assert len(again.train["item_id"]) + len(again.val["item_id"]) == 100_004


def test_the_solved_practical_lends_its_model_and_steps():
    steps = solved_steps()
    split = Split({}, {}, 3, 4)
    assert solved_model(split, 5, steps).max_rating == 5.5
    assert callable(steps["train_step"])
    assert callable(steps["compute_metrics"])


@pytest.mark.slow
def test_a_contender_answers_from_a_process_of_its_own(tmp_path):
    rng = np.random.default_rng(0)
    columns = {
        "user_id": rng.integers(0, 9, 400).astype(np.int32),
        "item_id": rng.integers(0, 12, 400).astype(np.int32),
        "user_rating": rng.integers(1, 6, 400).astype(np.float32),
    }
    Split(columns, columns, 9, 12).save(tmp_path / "split.npz")
    # Linux hands the most that this process has held on to what it starts.
    ballast = b"x" * (700 << 20)
    found = run_contender("ours", tmp_path / "split.npz")
    assert found["results"][0]["name"] == "ours"
    assert found["import_mb"] < found["peak_mb"] < len(ballast) >> 20


def test_a_peer_that_is_not_installed_is_named(tmp_path, monkeypatch):
    Split({"user_id": np.zeros(1)}, {"user_id": np.zeros(1)}, 1, 1).save(tmp_path / "split.npz")
    (tmp_path / "surprise.py").write_text("raise ImportError('no wheel for this machine')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = run_contender("surprise_svd", tmp_path / "split.npz")
    assert found == {"missing": "ImportError: no wheel for this machine"}
