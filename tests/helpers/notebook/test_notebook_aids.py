"""What keeps a student going: unfinished exercises, the leaderboard, the checkpoint."""

import numpy as np
import pytest

from helpers import (
    Config,
    Leaderboard,
    densify_column_values,
    get_dataset,
    get_train_val_split,
    load_checkpoint,
    needs,
    pred_step,
)
from helpers.errors import CourseError


def test_an_unfinished_exercise_is_named_and_the_notebook_goes_on(capsys):
    with needs("biases", "squared_error"):
        raise NotImplementedError
    assert "`biases` and `squared_error`" in capsys.readouterr().out


def test_a_finished_exercise_is_silent(capsys):
    with needs("biases"):
        pass
    assert capsys.readouterr().out == ""


def test_a_mistake_is_not_hidden():
    with pytest.raises(ZeroDivisionError), needs("biases"):
        1 / 0  # noqa: B018


def test_leaderboard_compares_with_the_first_row():
    board = Leaderboard()
    board.add("mean", 1.0, baseline=True)
    board.add("ours", 0.9)
    board.add("ours", 0.75)
    assert board.rows == [("mean", 1.0, True), ("ours", 0.75, False)]
    assert board.table().loc["ours"].tolist() == [0.75, 0.866, "+25.0 %"]
    assert "ours" in repr(board)
    assert "<table" in board._repr_html_()


def test_an_empty_leaderboard_shows_its_head():
    assert "MSE" in Leaderboard()._repr_html_()


def test_checkpoint_predicts_well(capsys):
    df = get_dataset()
    df["user_id"], users, _ = densify_column_values(df, "user_id")
    df["item_id"], items, _ = densify_column_values(df, "movie_id")
    _, val = get_train_val_split(df, seed=Config().SEED)
    state = load_checkpoint(len(users), len(items))
    batch = {name: val[name].to_numpy() for name in ("user_id", "item_id")}
    predicted = np.asarray(pred_step(state, batch))
    assert ((predicted - val.user_rating) ** 2).mean() < 0.77
    assert state.params["params"]["item_embs"]["embedding"].shape == (len(items), Config().EMB_DIM)
    assert "checkpoint steps in" in capsys.readouterr().out


def test_checkpoint_fits_only_its_own_data():
    with pytest.raises(CourseError, match="671 users and 9066 movies, this data has 5 and 6"):
        load_checkpoint(5, 6)


def test_config_is_frozen_and_keeps_the_original_in_reach():
    with pytest.raises(AttributeError):
        Config().LR = 1.0
    original = Config.original(NUM_EPOCHS=2)
    assert (original.BATCH_SIZE, original.LR, original.WEIGHT_DECAY) == (64, 5e-3, 0.1)
    assert original.NUM_EPOCHS == 2
