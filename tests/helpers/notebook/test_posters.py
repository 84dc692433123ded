"""Rows of posters, and tables without."""

import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from helpers import display_recommendations
from helpers.errors import CourseError, DamagedDataError
from helpers.pictures.fonts import font_for, icon
from helpers.pictures.genres import GENRE_COLOURS, GENRE_ICONS
from helpers.pictures.poster_cards import SIZE, draw_card, poster_card, split_title


@pytest.fixture
def movies():
    return pd.DataFrame(
        {
            "movie_id": [1, 2, 3],
            "movie_title": ["Matrix, The (1999)", "<b>Bold</b> & Brave (2012)", "Untitled movie 3"],
            "movie_genres": ["Action|Sci-Fi", "Animation|Children", "(no genres listed)"],
            "num_ratings": [1234, 5, 1],
        }
    )


@pytest.fixture
def shown(monkeypatch):
    calls = []
    monkeypatch.setattr("helpers.notebook.posters.display", lambda data, **_: calls.append(data))
    return calls


def test_each_movie_gets_a_card_in_order(movies, shown):
    display_recommendations([2, 0], movies, [4.25, 3.0], "predicted")
    (bundle,) = shown
    page = bundle["text/html"]
    assert page.count("<img") == 2
    assert page.index("Untitled movie 3") < page.index("Matrix, The (1999)")
    assert "<b>predicted 4.25</b>" in page
    assert "1,234 ratings" in page
    assert ">1 rating<" in page
    assert "flex-wrap: wrap" in page
    assert "Matrix, The (1999)" in bundle["text/plain"]


def test_titles_are_escaped(movies, shown):
    display_recommendations([1], movies)
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Brave" in shown[0]["text/html"]
    assert "<b>" not in shown[0]["text/html"]


def test_without_posters_a_table(movies, shown):
    display_recommendations(np.array([0, 1]), movies, [1.0, 2.0], use_posters=False)
    (table,) = shown
    assert table.index.tolist() == [1, 2]
    assert table.columns.tolist() == ["title", "genres", "ratings", "score"]
    assert table["score"].tolist() == [1.0, 2.0]
    assert table["genres"].tolist() == ["Action, Sci-Fi", "Animation, Children"]


def test_nothing_to_show_is_an_empty_table(movies, shown):
    display_recommendations([], movies)
    assert shown[0].empty


def test_an_unknown_item_is_named(movies):
    with pytest.raises(CourseError, match="no item 77 among these 3 movies"):
        display_recommendations([0, 77], movies)


def test_scores_must_fit(movies):
    with pytest.raises(CourseError, match="2 items but 1 scores"):
        display_recommendations([0, 1], movies, [1.0])


def test_a_real_poster_is_used_where_there_is_one(movies, shown, tmp_path):
    Image.new("RGB", (600, 900), "red").save(tmp_path / "1.jpg")
    display_recommendations([0], movies, poster_dir=tmp_path)
    display_recommendations([0], movies)
    assert shown[0]["text/html"] != shown[1]["text/html"]


def test_a_damaged_poster_is_named(movies, tmp_path):
    (tmp_path / "1.jpg").write_bytes(b"not a picture")
    with pytest.raises(DamagedDataError, match=r"1\.jpg is no picture"):
        display_recommendations([0], movies, poster_dir=tmp_path)


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Matrix, The (1999)", ("The Matrix", "1999")),
        ("Road Warrior, The (Mad Max 2) (1981)", ("The Road Warrior (Mad Max 2)", "1981")),
        ("8 ½ (8½) (1963)", ("8 ½ (8½)", "1963")),
        ("Hyena Road", ("Hyena Road", "")),
        ("Untitled movie 108583", ("Untitled movie 108583", "")),
    ],
)
def test_titles_as_people_say_them(title, parts):
    assert split_title(title) == parts


@pytest.mark.parametrize(
    "title",
    ["Up (2009)", "Supercalifragilisticexpialidocious (1964)", "A " * 80 + "(1999)", "…", ""],
)
def test_any_title_fits_a_small_card(title):
    card = poster_card(title, "Comedy")
    assert len(card) < 12_000
    with Image.open(io.BytesIO(card)) as picture:
        assert picture.width / SIZE[0] == picture.height / SIZE[1] == 1.5


def test_a_card_is_always_the_same():
    poster_card.cache_clear()
    first = poster_card("Heat (1995)", "Crime")
    poster_card.cache_clear()
    assert poster_card("Heat (1995)", "Crime") == first


def test_a_card_shows_its_genre():
    assert poster_card("Heat (1995)", "Crime") != poster_card("Heat (1995)", "Romance")
    assert set(GENRE_ICONS) == set(GENRE_COLOURS)
    for name in GENRE_ICONS.values():
        character, font = icon(name, 100)
        assert font.getmask(character).getbbox()


@pytest.mark.parametrize(
    ("title", "face"),
    [
        ("Amélie (2001)", "Barlow Condensed SemiBold"),
        ("Сталкер", "DejaVu Sans"),
        ("Ἰφιγένεια", "DejaVu Sans"),
    ],
)
def test_other_scripts_have_a_font(title, face):
    assert font_for(title, "title", 20).getname()[0] == face


def test_the_title_stays_inside_and_above_the_icon():
    long = "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb (1964)"
    plain = np.asarray(draw_card("", "War").convert("L"), int)
    titled = np.asarray(draw_card(long, "War").convert("L"), int)
    rows, columns = np.nonzero(np.abs(titled - plain) > 40)
    above = rows < titled.shape[0] // 2
    assert columns.max() < titled.shape[1] - 10
    assert rows[above].max() < 180
    assert rows[above].size > 1000


def test_other_names_are_left_off_where_a_title_is_long():
    long = "Good, the Bad and the Ugly, The (Buono, il brutto, il cattivo, Il)"
    assert poster_card(long, "War") == poster_card("The Good, the Bad and the Ugly", "War")
