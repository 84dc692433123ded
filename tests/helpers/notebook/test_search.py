"""The search box."""

import re

import numpy as np
import pytest

from helpers import find_movies, search_dataframe
from helpers.notebook.widget_view import WIDGET


def posters(page):
    return re.findall('alt="Poster of (.*?)"', page)


def test_search_answers_while_typing(movies, embeddings):
    search = search_dataframe(movies, embeddings, limit=3)
    assert [slot.row for slot in search.slots] == [None] * 3
    search.box.value = "film 4"
    assert [slot.row for slot in search.slots] == [49, 48, 47]
    assert posters(search.slots[0]._poster.value) == ["Film 49, The (1999)"]
    search.box.value = "film 47"
    assert [slot.row for slot in search.slots] == [47, None, None]
    assert [slot.view.layout.display for slot in search.slots] == ["", "none", "none"]
    search.box.value = "(no such film"
    assert [slot.row for slot in search.slots] == [None] * 3
    assert "Nothing found" in search.remark.value


def test_a_click_shows_the_nearest_and_not_the_movie_itself(movies, embeddings):
    embeddings[[7, 20]] = embeddings[48] * np.array([[3.0], [2.0]], np.float32)
    search = search_dataframe(movies, embeddings, limit=2, query="film 48")
    search.slots[0].button.click()
    found = posters(search.neighbours.value)
    assert sorted(found) == ["Film 20, The (1970)", "Film 7, The (1957)"]
    search.box.value = "film 4"
    assert search.neighbours.value == ""


def test_where_nobody_looks_on_the_search_is_a_page(movies, embeddings, monkeypatch):
    search = search_dataframe(movies, embeddings, limit=2, query="film 48")
    bundle = search._repr_mimebundle_()
    assert posters(bundle["text/html"]) == ["Film 48, The (1998)"]
    assert bundle["text/plain"] == "Search: film 48\nFilm 48, The (1998)"
    monkeypatch.delenv("RECSYS_HEADLESS")
    assert search._repr_mimebundle_()[WIDGET]["model_id"] == search.view.model_id


@pytest.mark.parametrize("query", ["aeon", "ÆON", "  Æon   flux", "bronson", "BRØNSON"])
def test_search_forgives_case_accents_and_spaces(movies, query):
    movies.loc[3, "movie_title"] = "Æon Flux Brønson (2005)"
    assert find_movies(query, movies).index.tolist() == [3]
