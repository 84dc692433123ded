"""Numbering, splitting and laying out ratings."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    ArrayDataset,
    cross_tabulate,
    densify_column_values,
    get_dataset,
    get_train_val_split,
    make_mapping,
    prepare_dataloaders,
)
from helpers.errors import CourseError


@pytest.fixture
def small():
    return pd.DataFrame(
        {
            "user_id": np.array([7, 7, 9, 9, 9], np.int32),
            "movie_id": np.array([5, 30, 5, 8, 30], np.int32),
            "movie_title": pd.Categorical(["Up", "Hamlet", "Up", "Hamlet", "Hamlet"]),
            "movie_genres": pd.Categorical(["Drama"] * 5),
            "user_rating": np.array([4, 2, 5, 3.5, 1], np.float32),
            "timestamp": np.arange(5, dtype=np.int64),
        }
    )


def test_mapping_counts_from_zero():
    assert make_mapping(["b", "a"]) == {"b": 0, "a": 1}


def test_mapping_refuses_a_value_that_comes_twice():
    with pytest.raises(CourseError, match="'Hamlet' comes twice"):
        make_mapping(["Up", "Hamlet", "Hamlet"])


def test_densify_numbers_in_sorted_order(small):
    codes, values, mapping = densify_column_values(small, "movie_id")
    assert codes.tolist() == [0, 2, 0, 1, 2]
    assert codes.dtype == np.int32
    assert values == [5, 8, 30]
    assert mapping == {5: 0, 8: 1, 30: 2}


def test_densify_keeps_the_index_of_a_part(small):
    codes, _, _ = densify_column_values(small[small.user_id == 9], "movie_id")
    assert codes.index.tolist() == [2, 3, 4]


def test_densify_without_the_column(small):
    with pytest.raises(CourseError, match=r"no column 'film'.*user_id, movie_id"):
        densify_column_values(small, "film")


def test_cross_tabulate_keeps_movies_with_one_title_apart(small):
    table = cross_tabulate(small)
    assert sorted(table.columns) == ["Hamlet", "Hamlet", "Up"]
    assert table.loc[7].tolist().count("") == 1
    assert (table == 3.5).sum().sum() == 1


def test_split_of_the_embedded_set_is_pinned():
    train, val = get_train_val_split(get_dataset())
    pairs = val[["user_id", "movie_id"]].to_numpy(np.int64).tobytes()
    assert (len(train), len(val)) == (80_246, 19_758)
    assert hashlib.sha256(pairs).hexdigest()[:16] == "0862168c70f2869c"


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(5)), st.integers(0, 2**31), st.sets(st.integers(0, 4), min_size=1))
def test_a_rating_stays_on_its_side(order, seed, kept):
    ratings = pd.DataFrame({"user_id": [1, 1, 2, 2, 3], "movie_id": [10, 20, 10, 30, 40]})

    def held_back(frame):
        _, val = get_train_val_split(frame, 0.5, seed)
        return {(int(u), int(m)) for u, m in val[["user_id", "movie_id"]].to_numpy()}

    whole = held_back(ratings)
    assert held_back(ratings.iloc[order]) == whole
    assert held_back(ratings.astype(np.int16)) == whole
    part = ratings.iloc[sorted(kept)]
    assert held_back(part) == whole & set(map(tuple, part.to_numpy().tolist()))


def test_another_seed_gives_another_split():
    df = get_dataset()
    _, first = get_train_val_split(df, seed=1)
    _, second = get_train_val_split(df, seed=2)
    assert not first.index.equals(second.index)
    assert len(first) == pytest.approx(len(second), rel=0.05)


def test_split_fraction_must_be_a_fraction(small):
    with pytest.raises(CourseError, match="between 0 and 1"):
        get_train_val_split(small, 20)


def test_each_epoch_is_a_shuffle_of_all_rows():
    dataset = ArrayDataset({"item_id": np.arange(10)}, 4, num_epochs=2, shuffle=True, seed=3)
    batches = [batch["item_id"] for batch in dataset]
    assert [len(batch) for batch in batches] == [4, 4, 2, 4, 4, 2]
    first, second = np.concatenate(batches[:3]), np.concatenate(batches[3:])
    assert sorted(first) == sorted(second) == list(range(10))
    assert first.tolist() != second.tolist()
    again = [batch["item_id"].tolist() for batch in dataset]
    assert again == [batch.tolist() for batch in batches]
    assert len(dataset) == 3


def test_dataloaders_have_the_columns_of_a_batch(small):
    small["item_id"], _, _ = densify_column_values(small, "movie_id")
    train, val = prepare_dataloaders(small[:3], small[3:], batch_size=2, num_epochs=4)
    batch = next(iter(val))
    assert {name: column.dtype for name, column in batch.items()} == {
        "user_id": np.int32,
        "item_id": np.int32,
        "user_rating": np.float32,
        "timestamp": np.int32,
    }
    assert batch["user_rating"].tolist() == [3.5, 1.0]
    assert (train.num_epochs, train.shuffle, val.num_epochs, val.shuffle) == (4, True, 1, False)


def test_dataloaders_without_item_ids_name_the_way(small):
    with pytest.raises(CourseError, match=r"'item_id'.*densify_column_values"):
        prepare_dataloaders(small, small, 2, 1)
