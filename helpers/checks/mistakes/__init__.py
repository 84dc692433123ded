"""The known mistakes of every exercise, the simplest first."""

from helpers.checks.mistake import Mistake
from helpers.checks.mistakes import (
    arithmetic,
    biases,
    common,
    dot_product,
    index,
    metrics,
    neighbours,
    rating_range,
    recommend,
    steps,
    top_rated,
)

_OWN: dict[str, tuple[Mistake, ...]] = {
    "sparsity": arithmetic.SPARSITY,
    "baseline": arithmetic.BASELINE,
    "dot_product": dot_product.MISTAKES,
    "squared_error": steps.MISTAKES,
    "rating_range": rating_range.MISTAKES,
    "biases": biases.MISTAKES,
    "cosine_similarity": neighbours.COSINE_SIMILARITY,
    "most_similar": neighbours.MOST_SIMILAR,
    "recommend": recommend.MISTAKES,
    "top_rated": top_rated.MISTAKES,
    "ranking_metrics": metrics.MISTAKES,
    "ann_index": index.MISTAKES,
}
MISTAKES = {exercise: own + common.MISTAKES for exercise, own in _OWN.items()}
