"""The whole course in one command: solve, release, submit, grade. `python -m autograder.demo`"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from autograder import stock
from autograder.class_run import Outcome, Plan, grade_class, write_summary
from autograder.compiled import compilation_cache
from autograder.course import Course
from autograder.demo.samples import write_samples
from autograder.reading.collect import find_students
from autograder.record.feedback import STATUS_TEXT
from autograder.record.gradebook import GradebookWriter
from autograder.record.store import ResultStore
from autograder.sandbox import Sandbox, SandboxError

COURSE = Path(__file__).resolve().parent.parent.parent
ASSIGNMENT = "recommender_systems"
NOTEBOOK = "Recommender_Systems.ipynb"
# A key of its own, so that two runs of the demo say the same.
KEY = "demo"
console = Console(highlight=False)


def main() -> int:
    """0 when the right submission has full marks and the blank one none."""
    root = COURSE / "build" / "demo"
    shutil.rmtree(root, ignore_errors=True)
    source = root / "solutions" / ASSIGNMENT
    shutil.copytree(COURSE / "solutions" / ASSIGNMENT, source)
    (root / "build").mkdir()
    config = stock.stock_config(COURSE, root)
    submitted, results = root / "build" / "submitted", root / "build" / "results"
    course = Course.open(COURSE, ASSIGNMENT, KEY)
    why_not = _why_no_sandbox(course)

    with _progress() as progress:
        solved_page = solve(source / NOTEBOOK, root / "solved.html", progress)
        with _step(progress, "Releasing the student edition"):
            stock.release(config, ASSIGNMENT)
        released = root / "notebooks" / ASSIGNMENT / NOTEBOOK
        write_samples(released, source / NOTEBOOK, submitted, ASSIGNMENT)
        if why_not:
            # Without walls it would do what it says.
            shutil.rmtree(submitted / "hostile")
        with _step(progress, "Compiling the checks once"):
            compilation_cache(course, trusted=bool(why_not))
        plan = Plan(
            submitted,
            course,
            ResultStore(results),
            workers=os.cpu_count() or 1,
            trusted=bool(why_not),
        )
        with GradebookWriter(COURSE, course.assignment, config) as gradebook:
            outcome = grade(plan, gradebook, progress)
    write_summary(plan.store, outcome)

    found = {result["student"]: result for result, _ in plan.store.results(outcome.students)}
    console.print(score_table(found))
    console.print("The two reflections are graded by hand, in nbgrader's formgrader.\n")
    if why_not:
        console.print(f"The hostile submission was left out. {why_not}\n", markup=False)
    else:
        console.print(attack_table(found["hostile"]))
    console.print("Pages to look at:")
    pages = [solved_page, results / "report.html", *sorted(results.glob("feedback/*.html"))]
    for page in pages:
        console.print(f"  {page.relative_to(COURSE)}", soft_wrap=True)
    right, blank = found["all_right"], found["blank"]
    return 0 if right["score"] == right["max_score"] and blank["score"] == 0 else 1


def solve(notebook: Path, page: Path, progress: Progress) -> Path:
    """Run the solved practical from first to last cell and write it as a page."""
    content = nbformat.read(notebook, as_version=4)
    total = sum(cell.cell_type == "code" for cell in content.cells)
    task = progress.add_task("Running the solved practical", total=total)
    client = NotebookClient(
        content,
        timeout=600,
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str(notebook.parent)}},
        on_cell_executed=lambda **_: progress.advance(task),
    )
    client.execute(env=os.environ | {"RECSYS_HEADLESS": "1"})
    html, _ = HTMLExporter(template_name="lab").from_notebook_node(content)
    page.write_text(html)
    return page


def grade(plan: Plan, gradebook: GradebookWriter, progress: Progress) -> Outcome:
    """Grade the class into its results and the demo's own gradebook."""
    folders = find_students(plan.submitted, ASSIGNMENT)
    task = progress.add_task("Grading the class", total=len(folders))
    return grade_class(plan, folders, gradebook, lambda *_: progress.advance(task))


def score_table(found: dict[str, dict]) -> Table:
    """Points by exercise and submission, and the totals."""
    table = Table(title="Scores", show_footer=True)
    table.add_column("exercise", footer="total")
    for student, result in found.items():
        footer = f"{result['score']:g}/{result['max_score']:g}"
        table.add_column(student, footer=footer, justify="right")
    for exercise in found["all_right"]["exercises"]:
        points = [result["exercises"][exercise] for result in found.values()]
        table.add_row(exercise, *(f"{p['score']:g}/{p['max_score']:g}" for p in points))
    return table


def attack_table(hostile: dict) -> Table:
    """What became of each attack of the hostile submission."""
    table = Table("exercise", "status", "said", title="What the hostile submission got")
    for name, exercise in hostile["exercises"].items():
        if exercise["status"] != "passed":
            said = next(c["message"] for c in exercise["checks"] if not c["passed"])
            table.add_row(name, STATUS_TEXT[exercise["status"]], said)
    return table


def _why_no_sandbox(course: Course) -> str:
    try:
        Sandbox(course.root).prove()
    except SandboxError as error:
        return str(error)
    return ""


@contextmanager
def _step(progress: Progress, description: str) -> Iterator[None]:
    """One line of progress for work that has no parts."""
    task = progress.add_task(description, total=1)
    yield
    progress.advance(task)


def _progress() -> Progress:
    columns = (
        TextColumn("{task.description:<32}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except stock.StockError as error:
        sys.exit(f"nbgrader could not grade:\n{error}")
