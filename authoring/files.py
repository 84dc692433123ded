"""Notebooks as bytes: always the same for the same content, and never half written."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from authoring.course import AuthoringError


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """Sorted keys, one space of indent, a newline at the end."""
    return (nbformat.writes(notebook, version=4).rstrip("\n") + "\n").encode()


def read_notebook(path: Path) -> NotebookNode:
    """A notebook as format 4; `AuthoringError` when the file holds none."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises whatever an odd file makes it stumble over
        raise AuthoringError(
            f"{path} is no notebook ({type(error).__name__}). Delete it and run `make build`."
        ) from None


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write atomically; True when the file was not so before."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)
    return True
