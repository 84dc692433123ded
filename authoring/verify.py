"""Do the committed editions say what the source says? One sentence for each thing that is off."""

from collections.abc import Iterator

from nbformat import NotebookNode

from authoring.badges import stamped_readme
from authoring.build import solved_as_committed, student_editions
from authoring.course import AuthoringError, Course, Practical
from authoring.execute import outputs_belong
from authoring.files import read_notebook
from authoring.leaks import notebook_leaks, secrets_of
from authoring.links import link_faults, output_faults, picture_faults
from authoring.release import student_readme
from authoring.source import read_source
from authoring.stubs import stub_faults

MAX_EDITION_BYTES = 1_000_000
_DOCUMENTS = ("*.md", "docs/*.md", "[!.]*/**/README.md")


def course_faults(course: Course) -> Iterator[str]:
    """Faults outside the notebooks: the README's badges, links and pictures of all documents."""
    readme = course.root / "README.md"
    if readme.read_bytes() != stamped_readme(course):
        yield "README.md: the badges are not those of pyproject.toml; run `make build`"
    for document in (path for pattern in _DOCUMENTS for path in sorted(course.root.glob(pattern))):
        name = document.relative_to(course.root)
        if name.parts[0] != "build":
            yield from (f"{name}: {f}" for f in link_faults(document.read_text(), document.parent))
    for_students = link_faults(student_readme(course), course.root)
    yield from (f"authoring/student_readme.md: {fault}" for fault in for_students)
    yield from (f"images/{fault}" for fault in picture_faults(course.root / "images"))


def practical_faults(course: Course, practical: Practical) -> Iterator[str]:
    """Everything that can be wrong with the editions of a practical, without running them."""
    source = read_source(course, practical)
    yield from _pairing_faults(source, practical)
    if not outputs_belong(course, practical, source):
        yield f"{practical.solved}: its outputs come from other code; run `make build`"
    solved = solved_as_committed(course, practical)
    editions = {practical.solved: solved} | student_editions(course, practical, solved)
    yield from _stray_files(course, practical, editions)
    secrets = secrets_of(course, practical)
    for path, content in editions.items():
        committed = course.root / path
        if not committed.exists():
            yield f"{path} is missing; run `make build`"
            continue
        if committed.read_bytes() != content:
            yield f"{path} is not what the source gives; run `make build`"
        if committed.stat().st_size > MAX_EDITION_BYTES:
            yield f"{path} weighs {committed.stat().st_size:,} bytes, over {MAX_EDITION_BYTES:,}"
        try:
            notebook = read_notebook(committed)
        except AuthoringError as error:
            yield str(error)
            continue
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                yield from (f"{path}: {f}" for f in link_faults(cell.source, committed.parent))
            for output in cell.get("outputs", []):
                yield from (f"{path}: {f}" for f in output_faults(output.get("data", {})))
        if path == practical.graded:
            yield from (f"{path}: {fault}" for fault in stub_faults(notebook))
            yield from (str(leak) for leak in notebook_leaks(secrets, str(path), notebook))


def _stray_files(course: Course, practical: Practical, editions: dict) -> Iterator[str]:
    released = course.root / practical.graded.parent
    for path in sorted(released.rglob("*")):
        name = path.relative_to(course.root)
        if name not in editions and ".ipynb_checkpoints" not in name.parts:
            yield f"{name} must not be in the release folder"
    for name in editions:
        if name.parent == practical.graded.parent and name != practical.graded:
            yield f"nbgrader would release {name} too; name it in CourseDirectory.ignore"


def _pairing_faults(notebook: NotebookNode, practical: Practical) -> Iterator[str]:
    """Each code answer `ID` has its tests `ID-tests` with points, and the reverse."""
    cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    code = [cell for cell in cells if cell.cell_type == "code"]
    answers = [cell.metadata.nbgrader.grade_id for cell in code if cell.metadata.nbgrader.solution]
    tests = {cell.metadata.nbgrader.grade_id: cell for cell in code if cell.metadata.nbgrader.grade}
    for missing in {f"{answer}-tests" for answer in answers} ^ set(tests):
        yield f"{practical.source}: `{missing}` has no partner"
    for grade_id, cell in tests.items():
        if not cell.metadata.nbgrader.get("points"):
            yield f"{practical.source}: `{grade_id}` is worth no points"
