"""A class graded on Dask: same bytes in any order, nothing lost, nothing graded twice."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from autograder.class_run import Plan, grade_class
from autograder.course import CourseFolderError
from autograder.reading.collect import find_students
from autograder.record.store import ResultStore
from grading_tests import EXERCISES

ONLY = ("sparsity", "cosine_similarity")
KILLER = "import os, signal\nos.kill(-1, signal.SIGKILL)\nos._exit(1)"


@pytest.fixture
def submitted(tmp_path, answered, solutions):
    """Six students: two right, one half, one blank, one hostile, one PDF."""
    right = {name: solutions[name] for name in ONLY}
    folder = tmp_path / "submitted"
    class_of = {
        "ada": right,
        "=grace": right,
        "half": {"sparsity": solutions["sparsity"]},
        "blank": {},
        "hostile": right | {"sparsity": KILLER},
    }
    for student, answers in class_of.items():
        hand_in(folder, student, json.dumps(answered(answers)).encode())
    hand_in(folder, "pdf", b"%PDF-1.7")
    return folder


def hand_in(folder: Path, student: str, content: bytes) -> None:
    path = folder / student / "recommender_systems" / "Recommender_Systems.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def run(opened, sandbox, submitted, tmp_path):
    """Grade the class into a folder; gives the outcome."""

    def grade(out: str, reverse: bool = False, advance=lambda *_: None, **plan):
        folders = find_students(submitted, "recommender_systems")
        store = ResultStore(tmp_path / out)
        plan = Plan(submitted, opened, store, **({"only": ONLY} | plan))
        return grade_class(plan, folders[::-1] if reverse else folders, None, advance)

    return grade


def results_of(folder: Path) -> dict[str, bytes]:
    found = [*folder.glob("*.json"), *folder.glob("feedback/*.html")]
    return {path.name: path.read_bytes() for path in found}


def test_the_same_bytes_in_any_order_on_any_number_of_workers(run, tmp_path):
    run("first", workers=1)
    run("second", reverse=True, workers=2)
    found = results_of(tmp_path / "first")
    assert found == results_of(tmp_path / "second")
    scores = {
        name: json.loads(content)["score"]
        for name, content in found.items()
        if name.endswith(".json")
    }
    assert scores == {
        "ada.json": 3.0,
        "=grace.json": 3.0,
        "half.json": 1.0,
        "blank.json": 0.0,
        "hostile.json": 2.0,
        "pdf.json": 0.0,
    }


def test_what_is_graded_is_taken_over_until_something_changes(run, submitted, answered):
    assert run("out").taken_over == 0
    assert run("out").taken_over == 6
    hand_in(submitted, "blank", json.dumps(answered({"sparsity": "sparsity = None"})).encode())
    assert run("out").taken_over == 5
    assert run("out", only=("sparsity",)).taken_over == 0


def test_who_changed_more_than_the_regraded_exercise_is_graded_whole(
    run, submitted, answered, solutions, tmp_path
):
    run("out")
    hand_in(submitted, "ada", json.dumps(answered({"baseline": solutions["baseline"]})).encode())
    run("out", only=("sparsity",))
    changed, others = (
        json.loads((tmp_path / "out" / f"{name}.json").read_bytes()) for name in ("ada", "half")
    )
    assert list(changed["exercises"]) == list(EXERCISES)
    assert changed["score"] == changed["exercises"]["baseline"]["score"] > 0
    assert list(others["exercises"]) == list(ONLY)


def test_one_exercise_regraded_says_what_moved(run, tmp_path):
    run("out")
    path = tmp_path / "out" / ".state" / "ada.json"
    state = json.loads(path.read_bytes())
    state["result"]["exercises"]["sparsity"] |= {"score": 0.25, "status": "partial"}
    before = set(state["seconds"])
    path.write_text(json.dumps(state))
    outcome = run("out", only=("sparsity",))
    assert outcome.moved == {"ada": {"sparsity": (0.25, 1.0)}}
    result = json.loads((tmp_path / "out" / "ada.json").read_bytes())
    assert result["score"] == 3.0
    assert list(result["exercises"]) == list(ONLY)
    assert set(json.loads(path.read_bytes())["seconds"]) == before == set(ONLY)


def workers_of_this_process() -> list[psutil.Process]:
    # Dask may rename its workers, but not multiprocessing's tracker beside them.
    found = psutil.Process().children()
    return [process for process in found if "resource_tracker" not in " ".join(process.cmdline())]


def test_a_worker_that_is_killed_costs_nothing(run, tmp_path):
    killed = []

    def kill_one_worker(*_):
        # Results of before, the PDF's for one, come while there are no workers yet.
        if not killed and (workers := workers_of_this_process()):
            killed.append(workers[0].pid)
            workers[0].kill()

    outcome = run("out", workers=2, advance=kill_one_worker)
    assert killed
    assert outcome.failed == {}
    run("undisturbed", workers=1)
    assert results_of(tmp_path / "out") == results_of(tmp_path / "undisturbed")


COMMAND = (sys.executable, "-m", "autograder", "grade")


def test_the_command_line(course, sandbox, submitted, tmp_path):
    out = tmp_path / "out"
    command = [*COMMAND, str(submitted), "--out", str(out), "--no-gradebook", "--key", "k"]
    only = [f"--only={name}" for name in ONLY]
    done = subprocess.run([*command, *only], cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["submissions"], said["unreadable"], said["failed"]) == (6, ["pdf"], {})
    table = (out / "grades.csv").read_text(encoding="utf-8-sig")
    rows = {row["student"]: row for row in csv.DictReader(io.StringIO(table))}
    assert set(rows) == {"ada", "'=grace", "half", "blank", "hostile", "pdf"}
    assert rows["ada"]["score"] == "3.0"
    report = (out / "report.html").read_text()
    assert "hostile" in report
    assert "The file is a PDF" in report


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "nowhere is no folder"),
        (["."], "Nobody handed in"),
        ([".", "--only", "nothing"], "No exercise 'nothing'. There are: sparsity"),
        ([".", "--assignment", "other"], "no student edition of 'other'"),
    ],
)
def test_mistakes_get_a_sentence(course, arguments, says, tmp_path):
    (tmp_path / "empty").mkdir()
    command = [*COMMAND, *arguments, "--key", "k"]
    environment = os.environ | {"PYTHONPATH": str(course)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_killed_run_is_finished_by_the_same_command(course, sandbox, submitted, tmp_path):
    out = tmp_path / "out"
    command = [*COMMAND, str(submitted), "--out", str(out), "--no-gradebook", "--key", "k"]
    first = subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL, start_new_session=True)
    while not list(out.glob("*.json")):
        assert first.poll() is None
        time.sleep(0.05)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert 0 < said["taken_over"] < said["submissions"] == 6
    assert len(list(out.glob("*.json"))) == 6


@pytest.mark.slow
def test_an_interrupted_run_says_how_to_go_on_and_leaves_nothing(
    course, sandbox, submitted, tmp_path
):
    out = tmp_path / "out"
    command = [*COMMAND, str(submitted), "--out", str(out), "--no-gradebook", "--key", "k"]
    # As a terminal does it: the workers are interrupted too.
    running = subprocess.Popen(
        command,
        cwd=course,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever runs tests in the background has interrupts ignored, also for their children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while not list(out.glob("*.json")):
        assert running.poll() is None
        time.sleep(0.05)
    family = psutil.Process(running.pid).children(recursive=True)
    os.killpg(running.pid, signal.SIGINT)
    said, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said == ""
    assert errors.strip() == (
        f"Stopped. What is graded is in {out}; the same command goes on from there."
    )
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []


@pytest.mark.slow
def test_a_cluster_started_by_hand_gives_the_same(run, course, tmp_path):
    dask, address = Path(sys.executable).with_name("dask"), tmp_path / "scheduler.json"
    quiet = {"cwd": course, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = os.environ | {"PYTHONPATH": str(course)}
    scheduler = [dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    scheduler += ["--scheduler-file", address]
    worker = [dask, "worker", "--scheduler-file", address, "--nthreads", "1", "--no-dashboard"]
    started = [
        subprocess.Popen(command, env=environment, **quiet)
        for command in (scheduler, worker, worker)
    ]
    try:
        while not address.is_file() or not address.read_text().endswith("}"):
            assert started[0].poll() is None
            time.sleep(0.1)
        # Every exercise here: what differs between two workers may be in any of them.
        run("cluster", scheduler=json.loads(address.read_text())["address"], only=())
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()
    run("here", workers=1, only=())
    run("shuffled", workers=2, only=(), reverse=True)
    assert results_of(tmp_path / "cluster") == results_of(tmp_path / "here")
    assert results_of(tmp_path / "shuffled") == results_of(tmp_path / "here")


def test_a_worker_with_another_course_is_told_so(run, opened, monkeypatch):
    monkeypatch.setitem(vars(opened), "digest", "of another state of the checks")
    with pytest.raises(CourseFolderError, match="Bring both to the same state"):
        run("out", workers=1)


def test_no_scheduler_at_the_address_is_a_sentence(course, submitted, tmp_path):
    command = [*COMMAND, str(submitted), "--out", str(tmp_path), "--no-gradebook", "--key", "k"]
    command += ["--scheduler", "tcp://127.0.0.1:9"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 1
    assert "tcp://127.0.0.1:9" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
