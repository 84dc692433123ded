"""Find each answer in whatever came back, and note what was changed.

Nothing of it is run. What a student deleted, copied, retyped or moved costs nothing: the cells of
the course are ours, and of theirs only the answers and their own additions count.
"""

import json
import re
from dataclasses import asdict, dataclass, field

from autograder.reading.assignment import Assignment, defined_names, fold
from autograder.reading.notebook import Cell, UnreadableError, read_cells

_MARKER = re.compile(r"^#\s*exercise:\s*(\w+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Handed:
    """The bytes that a student handed in, or `why` there are none; `notes` say what was odd."""

    student: str
    content: bytes | None
    why: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Submission:
    """Answers by exercise, in the order in which they run, and the cells around them.

    `cells` are `{"source", "exercise"}` for the box, ours and theirs in one order. `status` holds
    the exercises that need no box: `not_attempted` or `missing`. Where `unreadable` says why there
    is no notebook, the rest is empty.
    """

    student: str
    unreadable: str = ""
    cells: list[dict] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    reflections: dict[str, str] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def to_bytes(self) -> bytes:
        """The same bytes for the same answers, however the file around them was written."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Submission":
        return cls(**json.loads(content))


def normalise(handed: Handed, assignment: Assignment) -> Submission:
    """Find the answers in what a student handed in."""
    submission = Submission(handed.student, notes=list(handed.notes))
    try:
        if handed.content is None:
            raise UnreadableError(handed.why)
        _find_answers(submission, read_cells(handed.content), assignment)
    except UnreadableError as error:
        submission.unreadable = str(error)
    return submission


def _find_answers(submission: Submission, cells: list[Cell], assignment: Assignment) -> None:
    owners = [exercises_of(cell, assignment) for cell in cells]
    written: dict[str, list[Cell]] = {}
    for name, exercise in assignment.exercises.items():
        own = [cell for cell, owner in zip(cells, owners, strict=True) if name in owner]
        unwritten = ("", _text(exercise.stub))
        written[name] = [cell for cell in own if _text(cell.source) not in unwritten]
        submission.answers[name] = [cell.source for cell in written[name]]
        if not written[name]:
            submission.status[name] = "not_attempted" if own else "missing"
        _note_oddities(submission, name, written[name], exercise.names)
    _note_tests(submission, cells, assignment)
    submission.cells = _cells_to_run(cells, owners, written, assignment)
    for name, released in assignment.reflections.items():
        texts = [cell.source for cell in cells if name in (cell.grade_id, cell.cell_id)]
        submission.reflections[name] = texts[-1] if texts else released


def _cells_to_run(
    cells: list[Cell],
    owners: list[list[str]],
    written: dict[str, list[Cell]],
    assignment: Assignment,
) -> list[dict]:
    """Our cells, then the answers and the student's own additions in their order."""
    run = [{"source": source, "exercise": None} for source in assignment.others.values()]
    ours = {fold(text) for text in (*assignment.others.values(), *assignment.tests.values())}
    for cell, owner in zip(cells, owners, strict=True):
        run += [
            {"source": cell.source, "exercise": name} for name in owner if cell in written[name]
        ]
        if not owner and cell.kind == "code" and fold(cell.source) not in ours:
            run.append({"source": cell.source, "exercise": None})
    return run


def exercises_of(cell: Cell, assignment: Assignment) -> list[str]:
    """By grade_id, cell id or marker, the first that says anything, and by the names defined."""
    known = assignment.exercises
    own = cell.grade_id if cell.grade_id in known else cell.cell_id if cell.cell_id in known else ""
    marked = [name for name in _MARKER.findall(cell.source) if name in known]
    if cell.kind != "code":
        return [own] if own else marked
    names = defined_names(cell.source)
    by_name = [exercise for exercise, what in known.items() if what.names & names]
    found = [own] if own else marked
    # Someone may write two answers into one cell, or one answer into another's.
    return list(dict.fromkeys([*found, *by_name]))


def _note_oddities(
    submission: Submission, name: str, answers: list[Cell], names: frozenset[str]
) -> None:
    defined = [defined_names(cell.source) & names for cell in answers]
    if any(one & other for i, one in enumerate(defined) for other in defined[:i]):
        submission.notes.append(f"`{name}` was answered more than once; the last answer counts")
    if answers and not any(name in (cell.grade_id, cell.cell_id) for cell in answers):
        submission.notes.append(f"answer of `{name}` was found in another cell")
    for kind in sorted({cell.kind for cell in answers} - {"code"}):
        submission.notes.append(f"answer of `{name}` was in a cell of type {kind}")


def _note_tests(submission: Submission, cells: list[Cell], assignment: Assignment) -> None:
    texts = [fold(cell.source) for cell in cells]
    for grade_id, released in assignment.tests.items():
        exercise, wanted = grade_id.removesuffix("-tests"), fold(released)
        found = [
            text
            for cell, text in zip(cells, texts, strict=True)
            if grade_id in (cell.grade_id, cell.cell_id)
        ]
        if not found and wanted not in texts:
            submission.notes.append(f"test cell of `{exercise}` was deleted; ours was used")
        elif any(text != wanted for text in found):
            submission.notes.append(f"test cell of `{exercise}` was edited; ours was used")
        if len(found) > 1:
            submission.notes.append(f"test cell of `{exercise}` was copied; ours was used once")


def _text(source: str) -> str:
    """Without the marker, which some delete, and without white space that editors change."""
    return fold(_MARKER.sub("", source))
