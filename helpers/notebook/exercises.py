"""Let a notebook run on where an exercise is not written yet."""

import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def needs(*exercises: str) -> Iterator[None]:
    """Run the lines inside; where an exercise is unfinished, say which and go on after them.

    Only `NotImplementedError`, which every stub raises, is held back: a mistake in an answer
    shows its traceback as usual.
    """
    try:
        yield
    except NotImplementedError:
        names = " and ".join(f"`{name}`" for name in exercises)
        print(f"Not yet: this cell comes alive when you have finished {names}. Read on meanwhile.")
