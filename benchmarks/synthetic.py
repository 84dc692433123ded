"""A class that was made up: right, wrong, untouched, hostile and broken hand-ins, by a seed."""

import json
import random
import re
from pathlib import Path

import nbformat

from autograder.demo.samples import answer_ids, submission

ROOT = Path(__file__).resolve().parent.parent
NAME, NOTEBOOK = "recommender_systems", "Recommender_Systems.ipynb"
CASES = ROOT / "tests" / "autograder" / "cases"

# Kind of student and how many of a hundred.
_KINDS = {"right": 20, "mixed": 64, "blank": 8, "hostile": 6, "unreadable": 2}
# What students write instead of the solution: (exercise, what stands there, what they write).
_MISTAKES = (
    ("sparsity", "100.0 * (1.0 - num_ratings / num_cells)", "1.0 - num_ratings / num_cells"),
    ("sparsity", "100.0 * (1.0 - num_ratings / num_cells)", "100.0 * num_ratings / num_cells"),
    ("baseline", "count + damping", "count"),
    ("baseline", "rating - mean - item_bias[item_id]", "rating - mean"),
    ("dot_product", "axis=-1", "axis=0"),
    ("dot_product", 'name="item_embs"', 'name="items"'),
    ("squared_error", "return state.replace(metrics=state.metrics.merge(update))", "return state"),
    ("squared_error", "grads=jax.grad", "grads=-jax.grad"),
    ("rating_range", "nn.sigmoid(affinity)", "affinity"),
    ("rating_range", "(self.max_rating - self.min_rating)", "self.max_rating"),
    ("biases", "+ user_bias + item_bias", "+ user_bias"),
    ("biases", "axis=-1) +", "axis=-1, keepdims=True) +"),
    ("cosine_similarity", "embeddings @ item / lengths", "embeddings @ item"),
    ("cosine_similarity", "axis=1", "axis=0"),
    ("most_similar", "-np.asarray(similarity)", "np.asarray(similarity)"),
    ("most_similar", " if other != movie]", "]"),
    ("recommend", " if item not in watched]", "]"),
    ("recommend", "-np.asarray(similarity)", "np.asarray(similarity)"),
    ("top_rated", "np.argsort(-ratings)", "np.argsort(ratings)"),
    ("top_rated", "ratings[list(already_watched)] = -np.inf", "pass"),
    ("ranking_metrics", "/ len(set(relevant))", "/ k"),
    ("ranking_metrics", "np.log2(r + 1) for r in ideal", "r for r in ideal"),
    ("ann_index", '"angular"', '"euclidean"'),
    ("ann_index", "index.set_seed(seed)", "pass"),
)
# Other right ways to write it, which compile to other programs than the solution.
_WAYS = (
    ("dot_product", "jnp.sum(users", "jnp.vecdot(jnp.ones(self.emb_dim), users"),
    ("dot_product", "axis=-1", "axis=1"),
    ("rating_range", "nn.sigmoid(affinity)", "1.0 / (1.0 + jnp.exp(-affinity))"),
    ("biases", "[..., 0]", ".squeeze(axis=-1)"),
    ("biases", "nn.sigmoid(score)", "(jnp.tanh(score / 2) + 1) / 2"),
    ("cosine_similarity", "embeddings @ item", "jnp.sum(embeddings * item, axis=1)"),
    ("cosine_similarity", "jnp.linalg.norm(item)", "jnp.sqrt(jnp.sum(item**2))"),
    ("squared_error", "optax.squared_error(predicted, batch", "jnp.square(predicted - batch"),
    ("recommend", "np.argsort(-np.asarray(similarity))", "jnp.argsort(-similarity)"),
)


def write_class(submitted: Path, count: int, kinds: dict[str, int] | None = None) -> list[str]:
    """Write `count` students in the given proportions; returns their names, `kind-number`."""
    released = nbformat.read(ROOT / "notebooks" / NAME / NOTEBOOK, as_version=4)
    solved = nbformat.read(ROOT / "solutions" / NAME / NOTEBOOK, as_version=4)
    right = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in solved.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") in answer_ids(solved)
    }
    wanted = kinds or _KINDS
    students = []
    for number in range(count):
        rng = random.Random(number)
        (kind,) = rng.choices(list(wanted), list(wanted.values()))
        student = f"{kind}-{number:04}"
        content = b"%PDF-1.7 not a notebook"
        if kind != "unreadable":
            filled = submission(released, _answers(kind, right, rng, student))
            content = json.dumps(filled).encode()
        target = submitted / student / NAME / NOTEBOOK
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        students.append(student)
    return students


def _answers(kind: str, right: dict[str, str], rng: random.Random, student: str) -> dict[str, str]:
    if kind == "blank":
        return {}
    skill = 1.0 if kind == "right" else rng.betavariate(3, 1.5)
    answers = {}
    for name, source in right.items():
        if rng.random() < skill:
            answers[name] = _rewritten(source, name, _WAYS, rng, rng.random() < 0.5)
        elif rng.random() < 0.7:
            answers[name] = _rewritten(source, name, _MISTAKES, rng, True)
    if kind == "hostile":
        case = rng.choice(sorted([*CASES.glob("adversary/*.py"), *CASES.glob("failure/*.py")]))
        hostile = case.read_text()
        answers[re.search(r"^# exercise: (\w+)", hostile, re.MULTILINE)[1]] = hostile
    return {name: f"# by {student}\n{source}" for name, source in answers.items()}


def _rewritten(source: str, name: str, ways, rng: random.Random, really: bool) -> str:
    known = [(old, new) for exercise, old, new in ways if exercise == name and old in source]
    if not really or not known:
        return source
    old, new = rng.choice(known)
    return source.replace(old, new)
