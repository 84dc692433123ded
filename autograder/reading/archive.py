"""Read the notebooks of a zip file from a learning platform, in memory: nothing is unpacked."""

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from autograder.reading.notebook import MAX_BYTES, UnreadableError

MAX_MEMBERS = 2_000
_CHUNK = 1 << 20
# RuntimeError is an encrypted member, NotImplementedError an unknown kind of compression.
_DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


def read_archive(content: bytes) -> dict[str, bytes]:
    """Path in the archive -> content, for every file that may be a notebook.

    Links, absolute paths and paths with `..` are left out. `UnreadableError` for a damaged or
    encrypted archive, for too many members, and for more than `MAX_BYTES` in all.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise UnreadableError(f"The archive has {len(members):,} files.")
            return _read(archive, [member for member in members if _is_notebook(member)])
    except _DAMAGE as error:
        raise UnreadableError(f"The archive cannot be read: {type(error).__name__}.") from None


def _is_notebook(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    outside = path.is_absolute() or ".." in path.parts or ":" in path.parts[0]
    link = stat.S_ISLNK(member.external_attr >> 16)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix == ".ipynb" and not (outside or link or hidden)


def _read(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    found, left = {}, MAX_BYTES
    for member in members:
        parts = bytearray()
        with archive.open(member) as stream:
            # The sizes that an archive states of itself are not to be believed.
            while part := stream.read(_CHUNK):
                parts += part
                left -= len(part)
                if left < 0:
                    raise UnreadableError(f"The archive unpacks to more than {MAX_BYTES:,} bytes.")
        found[member.filename] = bytes(parts)
    return found
