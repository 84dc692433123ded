"""Every adversary of the tests against stock nbgrader and against this autograder.

    python -m benchmarks.adversary

Stock nbgrader would run them with the rights of whoever starts this, so it is started inside a
bubblewrap of its own, on a copy of the course and of the environment.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from rich.progress import track

from autograder.compiled import compilation_cache
from autograder.course import Course
from autograder.grading import grade
from autograder.reading.submission import Handed, normalise
from autograder.sandbox import Sandbox, find_bwrap
from benchmarks.tables import markdown_table, write_section

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "autograder" / "cases" / "adversary"
# What a crash costs beside what it should: these are harmless to the machine.
CRASHES = ("failure/os_exit.py", "failure/segmentation_fault.py", "styles/warnings_and_logging.py")
NAME, NOTEBOOK = "recommender_systems", "Recommender_Systems.ipynb"
OTHER = "ranking_metrics"
_FOUND = re.compile(r"(?:found|reached|wrote|managed) (\[.*?\])")
_STOCK = """
import json, sys
from pathlib import Path
from autograder import stock
root = Path(sys.argv[1])
config = stock.stock_config(Path(sys.argv[2]), root)
stock.release(config, "recommender_systems")
try:
    stock.autograde(config, "recommender_systems", "eve")
except stock.StockError as error:
    print("FAILED", str(error)[-300:])
else:
    found = stock.scores(config, "recommender_systems", "eve")
    print("SCORES", json.dumps({name: score for name, (score, _) in found.items()}))
"""


def main() -> None:
    solved = nbformat.read(ROOT / "solutions" / NAME / NOTEBOOK, as_version=4)
    course = Course.open(ROOT, NAME, "benchmark")
    sandbox = Sandbox(ROOT, cache=compilation_cache(course, trusted=False))
    paths = [*sorted(CASES.glob("*.py")), *(CASES.parent / name for name in CRASHES)]
    with tempfile.TemporaryDirectory() as folder:
        environment = _copy_environment(Path(folder))
        rows = [
            _row(path, solved, course, sandbox, environment, Path(folder))
            for path in track(paths, "Trying")
        ]
    header = ["case", "it should get", "stock nbgrader", "this autograder"]
    write_section("adversary", markdown_table(rows, header))
    print(markdown_table(rows, header))


def _row(path, solved, course, sandbox, environment, folder) -> list[str]:
    source = path.read_text()
    exercise = re.search(r"^# exercise: (\w+)", source, re.MULTILINE)[1]
    notebook = nbformat.from_dict(course.assignment.released)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id == exercise:
            cell.source = source
        elif grade_id == OTHER:
            cell.source = _solution(solved, OTHER)
    submission = normalise(Handed("eve", nbformat.writes(notebook).encode()), course.assignment)
    result, _ = grade(submission, course, sandbox, (exercise, OTHER))
    ours = {name: found["score"] for name, found in result["exercises"].items()}
    messages = " ".join(c["message"] for c in result["exercises"][exercise]["checks"])
    theirs, said = _stock(notebook, environment, folder)
    if "# expect: passed" in source:
        due = "full points"
    else:
        due = "no full points" if exercise != OTHER else "either"
    return [
        f"{path.parent.name}/{path.stem}",
        due,
        _describe(exercise, theirs, said),
        _describe(exercise, ours, messages),
    ]


def _describe(exercise: str, scores: dict[str, float] | None, said: str) -> str:
    found = _FOUND.search(said)
    listed = json.loads(found[1].replace("'", '"')) if found else None
    saw = "" if not found else "; saw or wrote " + (", ".join(map(str, listed)) or "nothing")
    saw = saw if len(saw) < 160 else f"{saw[:157]}..."
    if scores is None:
        return f"no grade for the whole submission{saw}"
    text = f"{scores[exercise]:g} points{saw}"
    if exercise != OTHER and not scores[OTHER]:
        text += "; the right answer beside it lost its points"
    return text.replace("|", "/")


def _stock(notebook, environment: Path, folder: Path) -> tuple[dict | None, str]:
    root = folder / "root"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(ROOT / "solutions", root / "solutions")
    target = root / "build" / "submitted" / "eve" / NAME / NOTEBOOK
    target.parent.mkdir(parents=True)
    nbformat.write(notebook, target)
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    walls = [find_bwrap(), "--unshare-all", "--share-net", "--die-with-parent", "--new-session"]
    walls += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    walls += ["--bind", str(folder), str(folder), "--bind", str(environment), sys.prefix]
    walls += ["--setenv", "HOME", str(home), "--chdir", str(ROOT)]
    command = [*walls, sys.executable, "-c", _STOCK, str(root), str(ROOT)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return None, "hung"
    found = re.search(r"^SCORES (.*)$", done.stdout, re.MULTILINE)
    scores = json.loads(found[1]) if found else None
    graded = root / "build" / "autograded" / "eve" / NAME / NOTEBOOK
    said = graded.read_text().replace('\\"', '"') if graded.is_file() else ""
    points = scores and {name.removesuffix("-tests"): score for name, score in scores.items()}
    return points, said


def _solution(solved, name: str) -> str:
    return next(
        cell.source
        for cell in solved.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )


def _copy_environment(folder: Path) -> Path:
    """The environment as links to its files: what is added to the copy stays in the copy."""
    copy = folder / "environment"
    shutil.copytree(sys.prefix, copy, copy_function=os.link, symlinks=True)
    return copy


if __name__ == "__main__":
    main()
