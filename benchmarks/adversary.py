"""Every adversary of the tests against stock nbgrader and against this autograder.

    python -m benchmarks.adversary

Stock nbgrader would run them with the rights of whoever starts this, so it is started inside a
bubblewrap of its own, on a copy of the course, with the environment under an overlay and without a
network. The rest of the machine it sees as it always does.
"""

import json
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
from autograder.demo.samples import submission
from autograder.grading import grade
from autograder.reading.submission import Handed, normalise
from autograder.sandbox import Sandbox, find_bwrap
from benchmarks.tables import markdown_table, write_section

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "autograder" / "cases" / "adversary"
# What a crash costs beside what it should: these are harmless to the machine.
CRASHES = ("failure/os_exit.py", "failure/segmentation_fault.py", "styles/warnings_and_logging.py")
NAME, NOTEBOOK = "recommender_systems", "Recommender_Systems.ipynb"
# What a course folder holds beside what git or a shell made there.
_NOT_COPIED = shutil.ignore_patterns(".*", "build", "tests", "benchmarks", "__pycache__")
# It would send packets to strangers' machines; with a network, nothing would stop it.
_NEEDS_NETWORK = "reaches_the_network"
OTHER = "ranking_metrics"
# Eight times what a right submission takes.
_SECONDS = 120
# What a case says that it saw or wrote; a long list is cut before its end.
_FOUND = re.compile(r"(?:found|reached|wrote|managed) \[([^\]\n]*)")
_STOCK = """
import json
from pathlib import Path
from autograder import stock
root = Path.cwd()
config = stock.stock_config(root, root)
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
        _require_that_stock_grades(solved, course, Path(folder))
        rows = [
            _row(path, solved, course, sandbox, Path(folder)) for path in track(paths, "Trying")
        ]
    header = ["case", "it should get", "stock nbgrader", "this autograder"]
    write_section("adversary", markdown_table(rows, header))
    print(markdown_table(rows, header))


def _row(path, solved, course, sandbox, folder) -> list[str]:
    source = path.read_text()
    exercise = re.search(r"^# exercise: (\w+)", source, re.MULTILINE)[1]
    answers = {OTHER: _solution(solved, OTHER)} | {exercise: source}
    notebook = submission(nbformat.from_dict(course.assignment.released), answers)
    handed = normalise(Handed("eve", nbformat.writes(notebook).encode()), course.assignment)
    result, _ = grade(handed, course, sandbox, (exercise, OTHER))
    ours = {name: found["score"] for name, found in result["exercises"].items()}
    messages = " ".join(c["message"] for c in result["exercises"][exercise]["checks"])
    if path.stem == _NEEDS_NETWORK:
        stock = "not tried: its code has the network of its machine"
    else:
        stock = _describe(exercise, *_stock(notebook, folder))
    if "# expect: passed" in source:
        due = "full points"
    else:
        due = "no full points" if exercise != OTHER else "either"
    return [
        f"{path.parent.name}/{path.stem}",
        due,
        stock,
        _describe(exercise, ours, messages),
    ]


def _require_that_stock_grades(solved, course, folder) -> None:
    """Else a fault of this benchmark would look like one of nbgrader's."""
    right = {OTHER: _solution(solved, OTHER)}
    notebook = submission(nbformat.from_dict(course.assignment.released), right)
    scores, _ = _stock(notebook, folder)
    if not scores or not scores[OTHER]:
        raise SystemExit(f"nbgrader does not grade a right answer here: {scores}")


def _describe(exercise: str, scores: dict[str, float] | None, said: str) -> str:
    found = _FOUND.search(said)
    saw = f"; saw or wrote {_shorten(found[1]) or 'nothing'}" if found else ""
    if scores is None:
        return f"no grade for the whole submission{saw or said}"
    text = f"{scores[exercise]:g} points{saw}"
    if exercise != OTHER and not scores[OTHER]:
        text += "; the right answer beside it lost its points"
    return text.replace("|", "/")


def _shorten(listed: str) -> str:
    listed = listed.replace("'", "").replace('"', "").replace(str(Path.home()), "~")
    return listed if len(listed) < 120 else f"{listed[:117]}..."


def _stock(notebook, folder: Path) -> tuple[dict | None, str]:
    """Points by exercise, None where nbgrader gives up, and all that the notebook printed."""
    root, home = folder / "course", folder / "home"
    shutil.rmtree(root, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(ROOT, root, ignore=_NOT_COPIED)
    home.mkdir()
    environment = str(Path(sys.prefix).resolve())
    target = root / "build" / "submitted" / "eve" / NAME / NOTEBOOK
    target.parent.mkdir(parents=True)
    nbformat.write(notebook, target)
    walls = [find_bwrap(), "--unshare-all", "--die-with-parent", "--new-session"]
    walls += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    walls += ["--overlay-src", environment, "--tmp-overlay", environment]
    walls += ["--bind", str(folder), str(folder), "--setenv", "HOME", str(home)]
    command = [*walls, "--chdir", str(root), sys.executable, "-c", _STOCK]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return None, f": it hung until it was stopped after {_SECONDS} s"
    found = re.search(r"^SCORES (.*)$", done.stdout, re.MULTILINE)
    if not found:
        return None, ""
    graded = nbformat.read(root / "build" / "autograded" / "eve" / NAME / NOTEBOOK, as_version=4)
    outputs = [output for cell in graded.cells for output in cell.get("outputs", ())]
    said = "\n".join(output.get("text", "") for output in outputs)
    points = json.loads(found[1])
    return {name.removesuffix("-tests"): score for name, score in points.items()}, said


def _solution(solved, name: str) -> str:
    return next(
        cell.source
        for cell in solved.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )


if __name__ == "__main__":
    main()
