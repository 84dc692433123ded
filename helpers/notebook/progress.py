"""How far a student has come: the latest result of each check, summed up."""

import html
from collections.abc import Callable, Sequence

from helpers.notebook.assignment import EXERCISES, Exercise
from helpers.notebook.page import framed

_DONE, _BEGUN, _OPEN, _READ = "\N{CHECK MARK}", "\N{ALMOST EQUAL TO}", "\N{MIDDLE DOT}", "\u270e"
_COLOURS = {_DONE: "#009E73", _BEGUN: "#D55E00", _OPEN: "#7A8188", _READ: "#7A8188"}


class Progress:
    """Points by exercise. Checking an exercise again replaces what it had before."""

    def __init__(self, exercises: Sequence[Exercise] = EXERCISES):
        self._exercises = tuple(exercises)
        self._points: dict[str, float] = {}
        self._listeners: dict[str, Callable[[], None]] = {}

    def listen(self, name: str, listener: Callable[[], None]) -> None:
        """Call `listener` after every result; one of the same name is replaced."""
        self._listeners[name] = listener

    def record(self, exercise: str, points: float) -> None:
        """Take the points of a check; an exercise of another practical is left out."""
        if exercise in {known.name for known in self._checked}:
            self._points[exercise] = points
            for listener in self._listeners.values():
                listener()

    @property
    def _checked(self) -> list[Exercise]:
        return [exercise for exercise in self._exercises if not exercise.read_by_teacher]

    @property
    def points(self) -> float:
        """Points of the visible checks that pass."""
        return sum(self._points.values())

    @property
    def max_points(self) -> int:
        """Points of all exercises with checks."""
        return sum(exercise.points for exercise in self._checked)

    @property
    def summary(self) -> str:
        """One line: exercises done and points so far."""
        done = sum(self._mark(exercise) == _DONE for exercise in self._checked)
        return (
            f"{done} of {len(self._checked)} exercises done, "
            f"{self.points:g} of {self.max_points} points"
        )

    def _mark(self, exercise: Exercise) -> str:
        if exercise.read_by_teacher:
            return _READ
        points = self._points.get(exercise.name, 0.0)
        return _DONE if points >= exercise.points else _BEGUN if points else _OPEN

    def _standing(self, exercise: Exercise) -> str:
        if exercise.read_by_teacher:
            return f"{exercise.points}, read by your teacher"
        return f"{self._points.get(exercise.name, 0.0):g} of {exercise.points}"

    def to_text(self) -> str:
        """A line for each exercise."""
        lines = [
            f"  {self._mark(exercise)} {exercise.name:<18} {self._standing(exercise)}"
            for exercise in self._exercises
        ]
        return "\n".join([f"Progress: {self.summary}", *lines])

    def to_html(self) -> str:
        """A bar and the exercises below it; colours that read on light and on dark pages."""
        share = 100 * self.points / self.max_points
        cells = "".join(
            f'<div style="white-space: nowrap"><b style="display: inline-block; width: 1.4em; '
            f'color: {_COLOURS[self._mark(exercise)]}">{self._mark(exercise)}</b>'
            f"{html.escape(exercise.name)} "
            f'<span style="opacity: 0.7">{self._standing(exercise)}</span></div>'
            for exercise in self._exercises
        )
        bar = (
            '<div style="height: 8px; margin: 6px 0 8px; border-radius: 4px; '
            'background: #8A919944" role="progressbar" '
            f'aria-valuenow="{share:.0f}" aria-valuemin="0" aria-valuemax="100">'
            f'<div style="height: 8px; width: {share:.1f}%; border-radius: 4px; '
            'background: #009E73"></div></div>'
        )
        columns = "repeat(auto-fill, minmax(15em, 1fr))"
        grid = f"display: grid; gap: 0 18px; grid-template-columns: {columns}"
        return framed(
            f'<b>Your progress</b>: {self.summary}{bar}<div style="{grid}">{cells}</div>',
            "#8A919966",
        )


PROGRESS = Progress()
