"""What is behind an item number, and how to find it."""

import pandas as pd
import pytest

from helpers import densify_column_values, find_movies, get_dataset, make_movie_lookup
from helpers.errors import CourseError


@pytest.fixture(scope="module")
def movies():
    df = get_dataset()
    df["item_id"], _, _ = densify_column_values(df, "movie_id")
    return make_movie_lookup(df)


def test_lookup_is_in_item_order_with_counts(movies):
    assert movies.index.tolist() == list(range(9_066))
    assert movies.movie_id.is_monotonic_increasing
    toy_story = movies.loc[0]
    assert (toy_story.movie_title, toy_story.num_ratings) == ("Toy Story (1995)", 247)
    assert movies.num_ratings.sum() == 100_004


def test_labels_are_unique_and_the_most_rated_keeps_its_title(movies):
    assert movies.label.is_unique
    hamlets = movies[movies.movie_title == "Hamlet (2000)"].sort_values("num_ratings")
    assert hamlets.label.tolist() == ["Hamlet (2000) [movie 65665]", "Hamlet (2000)"]


def test_lookup_needs_item_ids():
    with pytest.raises(CourseError, match="densify_column_values"):
        make_movie_lookup(get_dataset())


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("the matrix", "Matrix, The (1999)"),
        ("matrix, the", "Matrix, The (1999)"),
        ("AMÉLIE", "Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)"),
        ("amelie poulain", "Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)"),
        ("(1902)", "Trip to the Moon, A (Voyage dans la lune, Le) (1902)"),
        ("toy  story", "Toy Story (1995)"),
    ],
)
def test_search_forgives(movies, query, title):
    assert title in find_movies(query, movies).movie_title.tolist()


@pytest.mark.parametrize("query", ["(", "[", "*", "\\", "a.*b", "+?"])
def test_search_is_no_regular_expression(movies, query):
    found = find_movies(query, movies)
    assert all(query in title for title in found.movie_title)


def test_search_shows_the_most_rated_first_and_no_more_than_asked(movies):
    counts = find_movies("the", movies, limit=7).num_ratings
    assert len(counts) == 7
    assert counts.is_monotonic_decreasing


@pytest.mark.parametrize("query", ["", "   "])
def test_nothing_typed_finds_nothing(movies, query):
    assert find_movies(query, movies).empty


def test_an_empty_catalogue_is_searched_without_fuss(movies):
    assert isinstance(find_movies("x", movies.head(0)), pd.DataFrame)
