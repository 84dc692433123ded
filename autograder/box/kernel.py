"""Call what Python has no name for in the C library."""

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)


def call(name: str, *args) -> int:
    """What the function gives; `OSError`, with its name in front, where that is below zero."""
    given = getattr(_libc, name)(*args)
    if given < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return given
