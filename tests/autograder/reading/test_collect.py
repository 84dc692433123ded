"""The file that a student handed in is found by its content, and nothing else is read."""

import io
import json
import os
import stat
import zipfile

import pytest

from autograder.reading.archive import read_archive
from autograder.reading.collect import find_students, printable, read_handed
from autograder.reading.notebook import UnreadableError

NAME = "Recommender_Systems.ipynb"


@pytest.fixture
def hand_in(tmp_path):
    """Write a file into a student's folder."""

    def write(name: str, content, student: str = "ada"):
        path = tmp_path / student / "recommender_systems" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(json.dumps(content).encode() if isinstance(content, dict) else content)
        return path

    return write


@pytest.fixture
def handed(tmp_path, opened):
    return lambda student="ada": read_handed(tmp_path, student, opened.assignment)


@pytest.mark.parametrize(
    "name",
    [
        "Recommender_Systems (1).ipynb",
        "Copy of Recommender_Systems.ipynb",
        "recommender systems final FINAL.ipynb",
        "Recommender_Systems.ipynb.txt",
        "Recommender_Systems.json",
        "deeper/folder/homework.ipynb",
    ],
)
def test_a_wrong_name_is_matched_by_content(name, hand_in, handed, solved):
    hand_in("notes.ipynb", {"cells": [], "nbformat": 4})
    path = hand_in(name, solved)
    found = handed()
    assert found.content == path.read_bytes()
    assert found.notes == (f"the notebook was called {name!r}",)


def test_the_right_name_wins(hand_in, handed, solved, answered):
    right = hand_in(NAME, answered({}))
    hand_in("Recommender_Systems (1).ipynb", solved)
    assert handed().content == right.read_bytes()
    assert handed().notes == ()


def test_an_empty_file_of_the_right_name_hides_nothing(hand_in, handed, solved):
    hand_in(NAME, b"")
    path = hand_in("really this one.ipynb", solved)
    assert handed().content == path.read_bytes()


def test_an_unreadable_file_is_handed_on(hand_in, handed):
    hand_in(NAME, b"%PDF-1.4")
    assert handed().content == b"%PDF-1.4"


def test_without_a_notebook_it_says_what_there_is(hand_in, handed):
    hand_in("homework.docx", b"...")
    assert handed().content is None
    assert handed().why == "No notebook was handed in (only homework.docx)."


def test_a_giant_file_is_not_read_whole(hand_in, handed, read):
    path = hand_in(NAME, b"")
    with path.open("wb") as stream:
        stream.truncate(10**12)
    assert len(handed().content) == 20_000_001
    assert "more than" in read(handed().content).unreadable


@pytest.mark.parametrize("target", ["/etc/passwd", "../../grace/recommender_systems/mine.ipynb"])
def test_links_are_refused(target, hand_in, handed, solved):
    hand_in("mine.ipynb", solved, student="grace")
    folder = hand_in("readme.md", b"").parent
    (folder / NAME).symlink_to(target)
    assert handed().content is None
    assert handed().notes == (f"'{NAME}' is a link; links are not followed",)


def test_a_linked_folder_is_refused(hand_in, handed, tmp_path, solved):
    other = hand_in(NAME, solved, student="grace").parent
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "recommender_systems").symlink_to(other)
    assert handed().content is None
    (tmp_path / "eve").symlink_to(tmp_path / "grace")
    assert find_students(tmp_path, "recommender_systems") == ["ada", "grace"]


def test_a_pipe_does_not_hang(hand_in, handed):
    folder = hand_in("readme.md", b"").parent
    os.mkfifo(folder / NAME)
    assert handed().content is None


def test_files_beside_the_assignment_folder_are_found(tmp_path, handed, solved):
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / NAME).write_text(json.dumps(solved))
    assert handed().content is not None


def test_students_without_this_assignment_are_left_out(hand_in, tmp_path, solved):
    hand_in(NAME, solved)
    (tmp_path / "grace" / "another_assignment").mkdir(parents=True)
    (tmp_path / ".hidden" / "recommender_systems").mkdir(parents=True)
    (tmp_path / "a file").write_text("")
    assert find_students(tmp_path, "recommender_systems") == ["ada"]


@pytest.mark.parametrize("student", ['O\'Neil, "Ann"', "=1+1", "..x", "名前", "a\nb", "x" * 200])
def test_any_folder_name_is_a_student(student, hand_in, handed, tmp_path, solved):
    hand_in(NAME, solved, student=student)
    assert find_students(tmp_path, "recommender_systems") in ([student], [])
    assert printable(handed(student).student).isprintable()
    assert handed(student).content


def archive_of(members: dict[str, bytes], **attributes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            for attribute, value in attributes.items():
                setattr(info, attribute, value)
            archive.writestr(info, content)
    return stream.getvalue()


def test_an_archive_is_read_without_unpacking(hand_in, handed, solved):
    content = json.dumps(solved).encode()
    path = hand_in("upload.zip", archive_of({"folder/mine.ipynb": content, "a.txt": b"b"}))
    assert handed().content == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "name",
    ["../x.ipynb", "/etc/x.ipynb", "a/../../x.ipynb", "C:/x.ipynb", "..\\x.ipynb", ".x.ipynb"],
)
def test_members_outside_the_archive_are_left_out(name):
    assert read_archive(archive_of({name: b"{}", "good.ipynb": b"{}"})) == {"good.ipynb": b"{}"}


def test_links_in_an_archive_are_left_out():
    link = archive_of({"x.ipynb": b"/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16)
    assert read_archive(link) == {}


def test_a_bomb_is_stopped():
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        read_archive(archive_of({"bomb.ipynb": bytes(30_000_000)}))


def test_many_members_and_damage_are_refused():
    with pytest.raises(UnreadableError, match=r"2,001 files"):
        read_archive(archive_of({f"{n}.ipynb": b"" for n in range(2001)}))
    with pytest.raises(UnreadableError, match="cannot be read"):
        read_archive(b"PK\x03\x04 nothing")
    whole = archive_of({"a.ipynb": b"x" * 5000})
    with pytest.raises(UnreadableError, match="cannot be read"):
        read_archive(whole[:40] + b"????" + whole[44:])


def test_a_bad_archive_is_noted(hand_in, handed):
    hand_in("upload.zip", b"PK\x03\x04 nothing")
    assert handed().content is None
    assert "'upload.zip': The archive cannot be read" in handed().notes[0]
