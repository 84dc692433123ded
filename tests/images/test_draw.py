"""The committed pictures are what the code draws."""

import xml.etree.ElementTree as ET

import matplotlib.pyplot as plt
import numpy as np
import pytest

from images import hyperplanes, models, overview
from images.draw import PICTURES
from images.models import factors


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


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.__name__)
def test_no_text_is_cut_or_lies_on_another(picture, monkeypatch):
    for module in (hyperplanes, models, overview):
        monkeypatch.setattr(module, "save", lambda figure, _: figure)
    figure = picture()
    figure.draw_without_rendering()
    boxes = [text.get_window_extent().padded(-1) for text in figure.axes[0].texts]
    plt.close(figure)
    assert all(figure.bbox.contains(*box.min) and figure.bbox.contains(*box.max) for box in boxes)
    assert not any(box.count_overlaps(boxes[:n]) for n, box in enumerate(boxes))


def test_the_factorisation_multiplies_to_what_is_written():
    users, items, known = factors()
    ratings = users @ items.T
    assert (ratings == np.round(2 * ratings) / 2).all()
    assert ratings.min() >= 0.5
    assert ratings.max() <= 5
    assert known.any(axis=0).all()
    assert known.any(axis=1).all()


def test_the_regions_are_those_of_the_tree_and_hold_their_points():
    root = hyperplanes.computed_tree()
    ends = hyperplanes.leaves(root)
    assert sorted(map(tuple, np.concatenate([leaf.points for leaf in ends]))) == sorted(
        map(tuple, root.points)
    )
    for leaf in ends:
        middle = leaf.region.mean(axis=0)
        for start, end in zip(leaf.region, np.roll(leaf.region, -1, axis=0), strict=True):
            normal = np.array([start[1] - end[1], end[0] - start[0]])
            inside = np.sign((middle - start) @ normal)
            assert (inside * ((leaf.points - start) @ normal) >= -1e-9).all()
