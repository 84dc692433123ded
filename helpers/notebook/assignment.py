"""The exercises of the practical, in its order, and what each is worth."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exercise:
    """An exercise by its id; the course checks its code, or a teacher reads its text."""

    name: str
    points: int
    read_by_teacher: bool = False


NOTEBOOK = "Recommender_Systems.ipynb"
EXERCISES = (
    Exercise("bookshop", 2, read_by_teacher=True),
    Exercise("sparsity", 1),
    Exercise("baseline", 2),
    Exercise("dot_product", 3),
    Exercise("squared_error", 3),
    Exercise("rating_range", 2),
    Exercise("biases", 3),
    Exercise("cosine_similarity", 2),
    Exercise("most_similar", 2),
    Exercise("recommend", 3),
    Exercise("top_rated", 3),
    Exercise("ranking_metrics", 3),
    Exercise("ann_index", 3),
    Exercise("feedback", 2, read_by_teacher=True),
)
