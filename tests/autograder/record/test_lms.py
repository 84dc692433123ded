"""One column of an LMS's own file is filled, and not a byte beside it changes."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.record.lms import CANVAS, MOODLE, ExportError, fill_column
from autograder.record.raw_csv import read_raw

CANVAS_FILE = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Essay (77),Recommender (4711),Final Score\r\n"
    ",,,,,Manual Posting,,(read only)\r\n"
    "    Points Possible,,,,,10.00,34.00,(read only)\r\n"
    '"Lovelace, Ada",101,S1,ada@uni.test,"Group ""A"", early",7,,20.5\r\n'
    '"Hopper, Grace",102,S2,grace@uni.test,B,8,"3",\r\n'
    '"O\'Neil, Ann",103,S3,ann@uni.test,B,,,\r\n'
    '"Student, Test",104,,f00,B,,,\r\n'
)
MOODLE_FILE = (
    '"Identifier","Full name","Email address","Status","Grade","Most","Feedback"\n'
    '"Participant 9001","Ada Lovelace","ada@uni.test","Submitted","","34.00","well\ndone"\n'
    '"Participant 9002","Grace Hopper","grace@uni.test","Submitted","","34.00",""\n'
    '"Participant 9003","Ann Twin","ann1@uni.test","Submitted","","34.00",""\n'
    '"Participant 9004","Ann Twin","ann2@uni.test","Submitted","","34.00",""\n'
)


def test_canvas_is_filled_by_login_id_or_name():
    scores = {"ada@uni.test": 27.25, "102": 30.0, "oneilann": 4.0, "nobody": 1.0}
    found = fill_column(CANVAS_FILE.encode(), CANVAS, "Recommender", scores)
    assert found.content.decode() == (
        CANVAS_FILE.replace('early",7,,', 'early",7,27.25,')
        .replace('B,8,"3",', 'B,8,"30",')
        .replace("ann@uni.test,B,,,", "ann@uni.test,B,,4,")
    )
    assert found.filled == ("102", "ada@uni.test", "oneilann")
    assert found.unmatched == ("nobody",)
    assert found.left == ()


def test_moodle_is_filled_by_address_identifier_or_name_that_is_one_persons():
    scores = {"ADA@uni.test": 1.5, "9002": 2.0, "Ann Twin": 3.0}
    found = fill_column(MOODLE_FILE.encode(), MOODLE, "Grade", scores)
    assert found.content.decode() == (
        MOODLE_FILE.replace('ada@uni.test","Submitted",""', 'ada@uni.test","Submitted","1.5"')
    ).replace('grace@uni.test","Submitted",""', 'grace@uni.test","Submitted","2"')
    assert found.unmatched == ("Ann Twin",)
    assert found.left == ("ann1@uni.test", "ann2@uni.test")


def test_two_submissions_for_one_row_fill_nothing():
    found = fill_column(MOODLE_FILE.encode(), MOODLE, "Grade", {"9001": 1.0, "ada@uni.test": 2.0})
    assert found.content == MOODLE_FILE.encode()
    assert found.unmatched == ("9001", "ada@uni.test")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (b"", "utf-8"),
        (b"", "latin-1"),
    ],
)
def test_mark_encoding_and_delimiter_stay(mark, encoding):
    text = "Benutzer;Kennung;Punkte\nJosé;ada;\nZoë;grace;1\n"
    content = mark + text.encode(encoding)
    found = fill_column(content, MOODLE, "Punkte", {"ada": 2.5}, id_column="Kennung")
    assert found.content == mark + text.replace("ada;", "ada;2.5").encode(encoding)
    assert found.left == ("grace",)


@pytest.mark.parametrize(
    ("content", "column", "says"),
    [
        (CANVAS_FILE, "Recommenders", "no column 'Recommenders'. It has: Student, ID"),
        ("Email address,Grade,Grade\n", "Grade", "2 columns 'Grade'"),
        ("Nom,Note\nAda,\n", "Note", "none of the columns Email address, ID number"),
        ("", "Grade", "no column 'Grade'"),
    ],
)
def test_a_file_that_cannot_be_filled_says_why(content, column, says):
    with pytest.raises(ExportError, match=says.replace("(", r"\(")):
        fill_column(content.encode(), MOODLE, column, {"ada": 1.0})


@given(st.binary() | st.text(alphabet='a;,"\n\r\té\ufeff').map(str.encode))
def test_any_file_is_written_back_as_it_was(content):
    assert read_raw(content).to_bytes() == content


@given(st.lists(st.lists(st.text(alphabet='ab,;"\n é'), min_size=2, max_size=2), min_size=1))
def test_cells_say_what_a_csv_reader_reads(rows):

    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["x", "y"], *rows])
    table = read_raw(stream.getvalue().encode())
    assert [table.values(row) for row in range(len(table.rows))] == [["x", "y"], *rows]
