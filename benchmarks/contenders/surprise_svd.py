"""Surprise's SVD (Cython): as it comes with 50 factors, and the best of a small grid."""

import itertools

import numpy as np
import pandas as pd
from surprise import SVD, Dataset, Reader

from benchmarks.contenders.results import Clock, Result, squared_error
from benchmarks.practical import Split

# Chosen by the validation ratings themselves, in its favour. Its time is that of the winner alone.
GRID = {"n_factors": (50, 100), "n_epochs": (50, 100), "reg_all": (0.08, 0.1, 0.13)}


def run(split: Split) -> list[Result]:
    """Default settings, at a quarter, half and all of the epochs; and the best of the grid."""
    frame = pd.DataFrame(dict(split.train))[["user_id", "item_id", "user_rating"]]
    ratings = Dataset.load_from_df(frame, Reader(rating_scale=(0.5, 5))).build_full_trainset()
    plain = Result("Surprise SVD", "50 factors, 20 epochs, its defaults")
    for num_epochs in (5, 10, 20):
        plain.points += _fit(split, ratings, n_factors=50, n_epochs=num_epochs).points
    plain.ratings_per_second = 20 * len(frame) / plain.seconds
    tuned = [
        _fit(split, ratings, lr_all=0.01, **dict(zip(GRID, values, strict=True)))
        for values in itertools.product(*GRID.values())
    ]
    best = min(tuned, key=lambda result: result.best_mse)
    return [plain, best]


def _fit(split: Split, ratings, **settings) -> Result:
    described = ", ".join(f"{name} {value}" for name, value in settings.items())
    result, clock = Result("Surprise SVD, tuned", described), Clock()
    model = SVD(random_state=0, **settings).fit(ratings)
    seconds = clock.seconds
    pairs = zip(split.val["user_id"].tolist(), split.val["item_id"].tolist(), strict=True)
    predicted = np.array([model.predict(user, item).est for user, item in pairs])
    result.points.append((seconds, squared_error(predicted, split.val["user_rating"])))
    result.ratings_per_second = settings["n_epochs"] * len(split.train["user_id"]) / seconds
    return result
