"""The known mistakes of every exercise, the simplest first: a module each."""

from helpers.checks.mistakes import (
    ann_index,
    baseline,
    biases,
    common,
    cosine_similarity,
    dot_product,
    most_similar,
    ranking_metrics,
    rating_range,
    recommend,
    sparsity,
    squared_error,
    top_rated,
)

_OWN = {
    "sparsity": sparsity.MISTAKES,
    "baseline": baseline.MISTAKES,
    "dot_product": dot_product.MISTAKES,
    "squared_error": squared_error.MISTAKES,
    "rating_range": rating_range.MISTAKES,
    "biases": biases.MISTAKES,
    "cosine_similarity": cosine_similarity.MISTAKES,
    "most_similar": most_similar.MISTAKES,
    "recommend": recommend.MISTAKES,
    "top_rated": top_rated.MISTAKES,
    "ranking_metrics": ranking_metrics.MISTAKES,
    "ann_index": ann_index.MISTAKES,
}
MISTAKES = {exercise: own + common.MISTAKES for exercise, own in _OWN.items()}
