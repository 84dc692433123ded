"""implicit's ALS. It predicts who chooses what, so its scores are turned into stars first.

Stars are a straight line through damped biases and the score, fitted on the training ratings: the
practical's baseline, improved by whatever the factors know.
"""

import itertools

import numpy as np
from implicit.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix

from benchmarks.contenders.results import Clock, Result, squared_error
from benchmarks.practical import Split

# Chosen by the validation ratings themselves, in its favour. Its time is that of the winner alone.
GRID = {"factors": (16, 50), "regularization": (0.05, 10.0), "alpha": (1.0, 10.0)}
_ITERATIONS, _DAMPING = 15, 5.0


def run(split: Split) -> list[Result]:
    """The best of the grid."""
    results = [
        _fit(split, dict(zip(GRID, values, strict=True)))
        for values in itertools.product(*GRID.values())
    ]
    return [min(results, key=lambda result: result.best_mse)]


def _fit(split: Split, settings: dict) -> Result:
    described = ", ".join(f"{name} {value}" for name, value in settings.items())
    result, clock = Result("implicit ALS", f"{described}; stars by a line"), Clock()
    users, items, stars = (split.train[name] for name in ("user_id", "item_id", "user_rating"))
    shape = split.num_users, split.num_items
    model = AlternatingLeastSquares(iterations=_ITERATIONS, random_state=0, **settings)
    model.fit(csr_matrix((stars, (users, items)), shape=shape), show_progress=False)
    mean = stars.mean()
    item_bias = _damped(items, stars - mean, shape[1])
    user_bias = _damped(users, stars - mean - item_bias[items], shape[0])

    def features(part) -> np.ndarray:
        user, item = part["user_id"], part["item_id"]
        score = np.einsum("nd,nd->n", model.user_factors[user], model.item_factors[item])
        return np.stack([np.ones(len(user)), user_bias[user], item_bias[item], score], axis=1)

    line, *_ = np.linalg.lstsq(features(split.train), stars, rcond=None)
    seconds = clock.seconds
    predicted = features(split.val) @ line
    result.points.append((seconds, squared_error(predicted, split.val["user_rating"])))
    result.ratings_per_second = _ITERATIONS * len(users) / seconds
    return result


def _damped(ids: np.ndarray, residual: np.ndarray, size: int) -> np.ndarray:
    total = np.bincount(ids, weights=residual, minlength=size)
    return total / (np.bincount(ids, minlength=size) + _DAMPING)
