"""The embedded ratings: what is in them, and that they are what their source gives."""

import hashlib
import subprocess
import sys

from helpers import get_dataset


def test_rebuilding_gives_the_same_bytes(course):
    done = subprocess.run(
        [sys.executable, "data/build.py", "--check"], cwd=course, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_checksums_name_every_data_file(course):
    lines = (course / "data/SHA256SUMS").read_text().splitlines()
    listed = dict(reversed(line.split("  ")) for line in lines)
    files = {path.name: path for path in (course / "data").glob("*.npz")}
    assert listed.keys() == files.keys()
    for name, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[name]


def test_edition_of_october_2016():
    df = get_dataset()
    assert (len(df), df.user_id.nunique(), df.movie_id.nunique()) == (100_004, 671, 9_066)
    assert sorted(df.user_rating.unique()) == [half / 2 for half in range(1, 11)]


def test_titles_carry_their_year_and_none_is_missing():
    titles = get_dataset().drop_duplicates("movie_id").set_index("movie_id").movie_title.astype(str)
    assert titles[1] == "Toy Story (1995)"
    assert titles[108583] == "Untitled movie 108583"
    assert not titles.str.contains("nan", case=True).any() or titles[titles == "nan"].empty
    assert (titles == titles.str.strip()).all()
    assert (titles == "Hamlet (2000)").sum() == 2
    assert (titles == "War of the Worlds (2005)").sum() == 2
