"""The panel of exercises and points, which moves when a check passes."""

import functools
from typing import Any

from helpers.notebook.progress import PROGRESS, Progress
from helpers.notebook.widget_view import widget_view

try:
    import ipywidgets
except ImportError:  # the panel is text then, and each check says how far one has come
    ipywidgets = None


class ProgressPanel:
    """Shown, it is a widget that every view of it shares; where none can be, it is text."""

    def __init__(self, progress: Progress):
        self._progress = progress
        self._widget = ipywidgets.HTML(progress.to_html()) if ipywidgets else None
        progress.listen("panel", self._update)

    def _update(self) -> None:
        if self._widget is not None:
            self._widget.value = self._progress.to_html()
        print(f"Your progress: {self._progress.summary}")

    def __repr__(self) -> str:
        return self._progress.to_text()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return widget_view(self._widget, self._progress.to_html()) | {"text/plain": repr(self)}


@functools.cache
def progress_panel() -> ProgressPanel:
    """The panel of all exercises: what is done and how many points it is worth.

    It shows the visible checks as they were last run. Called again it is the same panel, so that
    every view of it moves.
    """
    return ProgressPanel(PROGRESS)
