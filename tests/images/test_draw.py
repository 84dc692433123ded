"""The committed pictures are what the code draws."""

import xml.etree.ElementTree as ET

import pytest

from images.draw import PICTURES


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.__name__)
def test_drawing_a_picture_again_gives_the_same_small_file(picture, monkeypatch, tmp_path, course):
    monkeypatch.setattr("images.style.HERE", tmp_path)
    drawn = picture()
    assert drawn.parent == tmp_path
    assert drawn.read_bytes() == (course / "images" / drawn.name).read_bytes()
    assert drawn.stat().st_size < 150_000
    assert ET.parse(drawn).getroot().tag.endswith("svg")


def test_every_picture_of_the_folder_is_drawn_by_code(course, monkeypatch, tmp_path):
    monkeypatch.setattr("images.style.HERE", tmp_path)
    drawn = {picture().name for picture in PICTURES}
    assert drawn == {path.name for path in (course / "images").glob("*.svg")}
