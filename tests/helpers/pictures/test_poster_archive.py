"""Fetching and unpacking real posters, from a server that misbehaves."""

import hashlib
import http.server
import io
import threading
import zipfile

import pytest

from helpers import download_posters, unzip_posters
from helpers.errors import CourseError, DamagedDataError, NetworkMissingError


def make_zip(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


ARCHIVE = make_zip({"posters/1.jpg": b"x" * 300_000, "posters/2.jpg": b"y" * 10})
CHECKSUM = hashlib.sha256(ARCHIVE).hexdigest()


@pytest.fixture
def server():
    """Serves ARCHIVE; the first request breaks off in the middle, later ones may resume."""

    class Handler(http.server.BaseHTTPRequestHandler):
        requests: list = []  # noqa: RUF012

        def do_GET(self):
            wanted = self.headers.get("Range")
            self.requests.append(wanted)
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Length", str(len(ARCHIVE) - start))
            self.end_headers()
            stop = 100_000 if len(self.requests) == 1 else len(ARCHIVE)
            self.wfile.write(ARCHIVE[start:stop])

        def log_message(self, *_):
            pass

    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}/posters.zip", Handler.requests
    served.shutdown()
    served.server_close()


def test_a_broken_download_goes_on_where_it_stopped(server, tmp_path):
    url, requests = server
    target = tmp_path / "posters.zip"
    with pytest.raises(NetworkMissingError, match="go on where it stopped"):
        download_posters(url, CHECKSUM, target)
    assert not target.exists()
    assert download_posters(url, CHECKSUM, target).read_bytes() == ARCHIVE
    assert requests == [None, "bytes=100000-"]


def test_what_is_there_is_not_fetched_again(server, tmp_path):
    url, requests = server
    target = tmp_path / "posters.zip"
    target.write_bytes(ARCHIVE)
    download_posters(url, CHECKSUM, target)
    assert requests == []


def test_another_file_is_refused_and_removed(server, tmp_path):
    url, requests = server
    requests.append(None)
    with pytest.raises(DamagedDataError, match="another checksum"):
        download_posters(url, "0" * 64, tmp_path / "posters.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_local_archive_is_checked_and_stays(tmp_path):
    archive = tmp_path / "mine.zip"
    archive.write_bytes(ARCHIVE)
    assert download_posters(str(archive), CHECKSUM) == archive
    with pytest.raises(DamagedDataError, match="another checksum"):
        download_posters(str(archive), "0" * 64)
    assert archive.exists()
    with pytest.raises(CourseError, match="There is no file"):
        download_posters(str(tmp_path / "nowhere.zip"), CHECKSUM)


def test_no_server_is_one_sentence(tmp_path):
    with pytest.raises(NetworkMissingError, match="draws cards for all movies"):
        download_posters("http://127.0.0.1:9/x.zip", CHECKSUM, tmp_path / "p.zip")


def test_only_posters_are_unpacked_and_nothing_lands_elsewhere(tmp_path):
    archive = tmp_path / "p.zip"
    archive.write_bytes(
        make_zip(
            {"a/1.jpg": b"1", "../../2.jpg": b"2", "/etc/3.jpg": b"3", "run.py": b"", "x.jpg": b""}
        )
    )
    folder = tmp_path / "deep" / "posters"
    assert unzip_posters(archive, folder) == 3
    assert sorted(path.name for path in folder.iterdir()) == ["1.jpg", "2.jpg", "3.jpg"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "p.zip"]


@pytest.mark.parametrize("content", [b"", b"not a zip", ARCHIVE[:5000]])
def test_a_damaged_archive_is_one_sentence(tmp_path, content):
    archive = tmp_path / "p.zip"
    archive.write_bytes(content)
    with pytest.raises(DamagedDataError, match="no readable zip archive"):
        unzip_posters(archive, tmp_path / "posters")
