"""What nbgrader 0.9 needs around it to run from any Python."""

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from sqlalchemy.exc import SAWarning


@contextmanager
def nbgrader_environment() -> Iterator[None]:
    """nbgrader starts `alembic` by its bare name; notebooks run without opening anything."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    with mock.patch.dict(os.environ, PATH=path, RECSYS_HEADLESS="1"), warnings.catch_warnings():
        # nbgrader 0.9 trips over SQLAlchemy 2's autoflush, to no effect.
        warnings.simplefilter("ignore", SAWarning)
        yield
