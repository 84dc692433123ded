"""Show a widget where somebody looks on, and a page in its place where nobody does."""

import os
from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"


def nobody_looks_on() -> bool:
    """Under nbgrader, and wherever the environment variable `RECSYS_HEADLESS` is set."""
    return bool(os.environ.keys() & {"RECSYS_HEADLESS", "NBGRADER_EXECUTION"})


def widget_view(widget: Any | None, page: str) -> dict[str, Any]:
    """What a notebook displays for a widget of ipywidgets 7 or 8: the widget, or the HTML `page`.

    A saved view of a widget whose kernel is gone would be an empty place in the notebook.
    """
    if widget is None or nobody_looks_on():
        return {"text/html": page}
    return {WIDGET: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}}
