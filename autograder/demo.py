"""The whole course in one command: solve, release, submit, grade. `python -m autograder.demo`"""

import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from autograder import stock
from autograder.samples import answer_ids, write_samples

COURSE = Path(__file__).resolve().parent.parent
ASSIGNMENT = "recommender_systems"
NOTEBOOK = "Recommender_Systems.ipynb"
console = Console(highlight=False)


def main() -> int:
    """0 when the right submission has full marks and the blank one none."""
    root = COURSE / "build" / "demo"
    shutil.rmtree(root, ignore_errors=True)
    source = root / "solutions" / ASSIGNMENT
    source.parent.mkdir(parents=True)
    (root / "build").mkdir()
    shutil.copytree(COURSE / "solutions" / ASSIGNMENT, source)
    config = stock.stock_config(COURSE, root)

    with _progress() as progress:
        solved_page = solve(source / NOTEBOOK, root / "solved.html", progress)
        task = progress.add_task("Releasing the student edition", total=1)
        stock.release(config, ASSIGNMENT)
        progress.advance(task)
        released = root / "notebooks" / ASSIGNMENT / NOTEBOOK
        submitted = root / "build" / "submitted"
        students = write_samples(released, source / NOTEBOOK, submitted, ASSIGNMENT)
        grade(config, students, progress)

    found = {student: stock.scores(config, ASSIGNMENT, student) for student in students}
    exercises = answer_ids(nbformat.read(source / NOTEBOOK, as_version=4))
    console.print(score_table(exercises, found))
    console.print("The two reflections are graded by hand, in nbgrader's formgrader.\n")
    console.print("Pages to look at:")
    feedback = sorted((root / "build" / "feedback").rglob("*.html"))
    for page in [solved_page, *feedback]:
        console.print(f"  {page.relative_to(COURSE)}", soft_wrap=True)
    right, blank = _total(found["all_right"]), _total(found["blank"])
    return 0 if right[0] == right[1] and blank[0] == 0 else 1


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


def grade(config, students: list[str], progress: Progress) -> None:
    """Stock nbgrader, one submission per core."""
    task = progress.add_task("Grading with nbgrader", total=len(students))
    with ProcessPoolExecutor(max_workers=min(len(students), os.cpu_count() or 1)) as pool:
        jobs = [pool.submit(stock.autograde, config, ASSIGNMENT, student) for student in students]
        for job in as_completed(jobs):
            job.result()
            progress.advance(task)


def score_table(exercises: list[str], found: dict[str, dict[str, tuple[float, float]]]) -> Table:
    """Points by exercise and submission, and the totals."""
    table = Table(title="Scores", show_footer=True)
    table.add_column("exercise", footer="total")
    for student, points in found.items():
        score, maximum = _total(points)
        table.add_column(student, footer=f"{score:g}/{maximum:g}", justify="right")
    for exercise in exercises:
        cells = [points[f"{exercise}-tests"] for points in found.values()]
        table.add_row(exercise, *(f"{score:g}/{maximum:g}" for score, maximum in cells))
    return table


def _total(points: dict[str, tuple[float, float]]) -> tuple[float, float]:
    return sum(score for score, _ in points.values()), sum(most for _, most in points.values())


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
