"""Fetch and unpack real posters, for those who have an archive of them."""

import hashlib
import os
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from helpers.errors import CourseError, DamagedDataError, NetworkMissingError

POSTER_DIR = Path(
    os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "recsys-course", "posters"
)
_CHUNK = 1 << 16
_MAX_PICTURES = 100_000
_MAX_PICTURE_BYTES = 5_000_000


def download_posters(
    url: str, sha256: str, archive: str | Path | None = None, timeout: float = 20.0
) -> Path:
    """Download a zip of posters and return its path; go on where an earlier download stopped.

    `url` may also be a zip file on this machine, which stays where it is. `sha256` is the
    archive's checksum: anything else is refused, and removed where it was downloaded. Raises
    `NetworkMissingError`; the cards that the course draws itself need no download.
    """
    if "://" not in url:
        return _local_archive(Path(url), sha256)
    target = Path(archive) if archive else POSTER_DIR.with_suffix(".zip")
    if target.exists() and _digest(target) == sha256:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.partial")
    try:
        _fetch(url, partial, timeout)
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise NetworkMissingError(
            f"The posters could not be fetched ({error}). Run the cell again to go on where it "
            "stopped, or go on without: the course draws cards for all movies."
        ) from None
    if _digest(partial) != sha256:
        partial.unlink()
        raise DamagedDataError(
            f"What {url} sent has another checksum than expected; it was removed."
        )
    partial.replace(target)
    return target


def _local_archive(path: Path, sha256: str) -> Path:
    if not path.is_file():
        raise CourseError(f"There is no file {path}. Give a path, or an address with https://.")
    if _digest(path) != sha256:
        raise DamagedDataError(f"{path} has another checksum than expected; fetch it anew.")
    return path


def _fetch(url: str, partial: Path, timeout: float) -> None:
    start = partial.stat().st_size if partial.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={start}-"} if start else {})
    try:
        response = urllib.request.urlopen(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # nothing is left to fetch
            return
        raise
    with response:
        resumes = response.status == 206
        done = start if resumes else 0
        total = done + int(response.headers.get("Content-Length", 0))
        with partial.open("ab" if resumes else "wb") as file:
            while chunk := response.read(_CHUNK):
                file.write(chunk)
                done += len(chunk)
                print(f"\r{done / 1e6:.1f} of {total / 1e6:.1f} MB", end="", flush=True)
    print()
    if total and done < total:
        raise ConnectionError(f"the connection ended after {done:,} of {total:,} bytes")


def unzip_posters(archive: str | Path, folder: str | Path = POSTER_DIR) -> int:
    """Unpack `<movie_id>.jpg` pictures flat into `folder`; returns how many.

    Only such names are taken, whatever folders they stand in, so nothing lands elsewhere.
    """
    folder = Path(folder)
    try:
        with zipfile.ZipFile(archive) as packed:
            pictures = {
                Path(info.filename).name: info for info in packed.infolist() if _is_poster(info)
            }
            if len(pictures) > _MAX_PICTURES:
                raise CourseError(
                    f"{archive} holds {len(pictures):,} pictures, over {_MAX_PICTURES:,}."
                )
            folder.mkdir(parents=True, exist_ok=True)
            for name, info in pictures.items():
                partial = folder / f"{name}.partial"
                partial.write_bytes(packed.read(info))
                partial.replace(folder / name)
    except (zipfile.BadZipFile, FileNotFoundError) as error:
        raise DamagedDataError(
            f"{archive} is no readable zip archive ({error}); fetch it anew."
        ) from None
    return len(pictures)


def _is_poster(info: zipfile.ZipInfo) -> bool:
    path = Path(info.filename)
    return path.suffix == ".jpg" and path.stem.isdigit() and info.file_size <= _MAX_PICTURE_BYTES


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
