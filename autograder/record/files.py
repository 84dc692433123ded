"""Write files so that a killed run leaves the old one or the new one, never half of one."""

import hashlib
import os
import tempfile
from pathlib import Path

_LONGEST_NAME = 200


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path`, and make its folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        # mkstemp makes files for its owner alone; results are read by colleagues.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def file_name(student: str, suffix: str) -> str:
    """A file name for a student: the name itself wherever it can be one."""
    safe = "".join("_" if c in '/\\:*?"<>|' or not c.isprintable() else c for c in student)
    if safe.startswith("."):
        safe = "_" + safe[1:]
    if safe != student or len(safe.encode()) > _LONGEST_NAME:
        mark = hashlib.sha256(student.encode()).hexdigest()[:8]
        safe = f"{safe.encode()[:_LONGEST_NAME].decode(errors='ignore')}-{mark}"
    return safe + suffix
