"""The command line: `python -m authoring build | check | release | checkpoint`."""

import functools
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from authoring.build import build
from authoring.checkpoint import make_checkpoint
from authoring.course import AuthoringError, Course
from authoring.release import make_release
from authoring.verify import course_faults, practical_faults

app = typer.Typer(add_completion=False, help=__doc__, no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)
CourseOption = Annotated[Path, typer.Option(help="The course folder.")]


@app.command("build")
def build_command(
    course: CourseOption = Path(),
    force: Annotated[bool, typer.Option(help="Execute the solved practical anew.")] = False,
) -> None:
    """Make every edition from its source."""
    opened = Course(course.resolve())
    for practical in opened.practicals:
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task(f"Running {practical.source}", total=None)
            changed = build(
                opened,
                practical,
                force,
                functools.partial(_advance, progress, task),
            )
        for path in changed:
            console.print(f"wrote {path}")
        if not changed:
            console.print(f"{practical.name}: every edition was up to date")


def _advance(progress: Progress, task: TaskID, done: int, total: int) -> None:
    progress.update(task, completed=done, total=total)


@app.command("check")
def check_command(course: CourseOption = Path()) -> None:
    """Prove that the committed editions are what their source gives."""
    opened = Course(course.resolve())
    faults = list(course_faults(opened))
    for practical in opened.practicals:
        faults += practical_faults(opened, practical)
    for fault in faults:
        console.print(f"[red]x[/red] {fault}", markup=True)
    if faults:
        raise typer.Exit(1)
    console.print(
        f"Every edition of {len(opened.practicals)} practical(s) is what its source gives."
    )


@app.command("release")
def release_command(
    course: CourseOption = Path(),
    with_self_study: Annotated[bool, typer.Option(help="Give the solutions out too.")] = False,
) -> None:
    """Make build/release/, the public repository for students."""
    target = make_release(Course(course.resolve()), with_self_study)
    files = sum(path.is_file() for path in target.rglob("*"))
    console.print(f"{target}: {files} files, and no line of a solution among them.")


@app.command("checkpoint")
def checkpoint_command(course: CourseOption = Path()) -> None:
    """Train the solved practical's model anew and keep it as data/checkpoint.npz."""
    opened = Course(course.resolve())
    console.print(f"wrote {make_checkpoint(opened, opened.practicals[0])}")


def main() -> None:
    """Run the command; an author's mistake is one sentence and exit code 1."""
    try:
        app()
    except AuthoringError as error:
        console.print(str(error), style="red", markup=False)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
