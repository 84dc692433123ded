"""The hidden checks: full marks for the solutions, none for stubs, a sentence for whatever else."""

import pytest

from grading_tests import EXERCISES, grade, hidden_checks
from helpers.checks.local import LocalWork
from helpers.checks.report import run_checks

POINTS = {
    "sparsity": 1,
    "baseline": 2,
    "dot_product": 3,
    "squared_error": 3,
    "rating_range": 2,
    "biases": 3,
    "cosine_similarity": 2,
    "most_similar": 2,
    "recommend": 3,
    "top_rated": 3,
    "ranking_metrics": 3,
    "ann_index": 3,
}
NEEDED = {"most_similar": ["cosine_similarity"], "recommend": ["cosine_similarity"]}


@pytest.fixture
def solved(solutions, run_answer):
    """The namespace in which an exercise and what it needs are solved."""
    return lambda exercise: run_answer(
        *(solutions[name] for name in [*NEEDED.get(exercise, []), exercise])
    )


def judge(exercise, namespace, *seed_parts):
    return run_checks(exercise, hidden_checks(exercise, *seed_parts), LocalWork(namespace))


def messages(report):
    return [outcome.message for outcome in report.outcomes if not outcome.passed]


def test_the_exercises_and_points_of_the_practical():
    worth = {name: sum(check.points for check in hidden_checks(name, "any")) for name in EXERCISES}
    assert worth == POINTS
    assert sum(worth.values()) == 30


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("seed", ["ada", "grace"])
def test_solutions_earn_every_point_on_any_inputs(exercise, seed, solved):
    report = judge(exercise, solved(exercise), "key", seed)
    assert report.status == "passed", messages(report)
    assert report.score == POINTS[exercise]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_stub_earns_nothing(exercise, solutions, run_answer):
    names = {
        "squared_error": ["train_step", "compute_metrics"],
        "ranking_metrics": ["recall_at_k", "ndcg_at_k"],
        "ann_index": ["build_annoy_index", "recall_against_exact"],
    }.get(exercise) or [run_answer_name(solutions[exercise])]
    stubs = "\n".join(f"def {name}(*_, **__): raise NotImplementedError" for name in names)
    report = judge(exercise, run_answer(stubs))
    assert (report.score, report.status) == (0, "not_attempted")
    assert all("is not written yet" in message for message in messages(report))


def run_answer_name(source):
    """The first function or class that an answer defines."""
    lines = [line for line in source.splitlines() if line.startswith(("def ", "class "))]
    return lines[-1].split()[1].split("(")[0]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_deleted_answer_is_missing(exercise):
    report = judge(exercise, {})
    assert (report.score, report.status) == (0, "missing")


RETURNS = {
    "None": "None",
    "a list": "[[1], [2]]",
    "a text": "'four'",
    "a wrong shape": "np.ones((3, 7))",
    "an object": "object()",
    "nan": "float('nan')",
    "a generator": "(i for i in range(3))",
}
CALLABLE = {
    "sparsity": ["sparsity"],
    "baseline": ["fit_bias_baseline"],
    "squared_error": ["train_step", "compute_metrics"],
    "cosine_similarity": ["get_cos_sim_distances"],
    "most_similar": ["get_top_k_most_similar_movies"],
    "recommend": ["recommend_for_user"],
    "top_rated": ["recommend_top_rated"],
    "ranking_metrics": ["recall_at_k", "ndcg_at_k"],
    "ann_index": ["build_annoy_index", "recall_against_exact"],
}


@pytest.mark.parametrize("returned", RETURNS)
@pytest.mark.parametrize("exercise", CALLABLE)
def test_an_odd_return_earns_nothing_and_is_told_in_a_sentence(exercise, returned, run_answer):
    functions = [f"def {name}(*_, **__): return {RETURNS[returned]}" for name in CALLABLE[exercise]]
    report = judge(exercise, run_answer("\n".join(functions)))
    assert report.score == 0
    for message in messages(report):
        assert 10 < len(message) < 300
        assert "Traceback" not in message
        assert message[-1] in ".)?:", message


@pytest.mark.parametrize("returned", RETURNS)
@pytest.mark.parametrize("model", ["CFDotProduct", "CFWithRange", "CFDotProductBias"])
def test_an_odd_output_of_a_model_is_told_in_a_sentence(model, returned, run_answer, solutions):
    exercise = {"CFDotProduct": "dot_product", "CFWithRange": "rating_range"}.get(model, "biases")
    lines = solutions[exercise].splitlines()
    last = max(number for number, line in enumerate(lines) if line.strip().startswith("return"))
    indent = lines[last][: len(lines[last]) - len(lines[last].lstrip())]
    lines[last] = f"{indent}return {RETURNS[returned]}"
    report = judge(exercise, run_answer("\n".join(lines)))
    assert report.score <= 0.5  # the tables themselves are right
    assert report.status in ("partial", "failed")
    assert all(10 < len(message) < 300 for message in messages(report))


def test_a_traced_value_is_named(run_answer):
    source = """
kept = []
@jax.jit
def remember(x):
    kept.append(x)
    return x
remember(1.0)
def sparsity(num_users, num_items, num_ratings):
    return kept[0]
"""
    (message, *_) = messages(judge("sparsity", run_answer(source)))
    assert "traced value" in message


def test_an_exception_is_named_and_costs_one_exercise(run_answer):
    report = judge("sparsity", run_answer("def sparsity(*_): return {}['x']"))
    assert report.status == "error"
    assert messages(report)[0] == "`sparsity` raised KeyError: 'x'."


def test_a_model_that_looks_at_numbers_is_judged_without_compiling(run_answer, solutions):
    line = '        return jnp.sum(users(batch["user_id"])'
    assert line in solutions["dot_product"]
    looking = f"""
        known = batch["user_id"][batch["user_id"] >= 0]
        assert len(known) == len(batch["user_id"])
{line}"""
    report = judge("dot_product", run_answer(solutions["dot_product"].replace(line, looking)))
    assert report.status == "passed", messages(report)


def test_a_scalar_for_a_batch_of_one_is_named(run_answer, solutions):
    squeezed = """
class CFDotProductBias(nn.Module):
    num_users: int
    num_items: int
    emb_dim: int
    min_rating: float
    max_rating: float

    @nn.compact
    def __call__(self, batch):
        user, item = batch["user_id"], batch["item_id"]
        raw = (
            nn.Embed(self.num_users, self.emb_dim, name="user_embs")(user)
            * nn.Embed(self.num_items, self.emb_dim, name="item_embs")(item)
        ).sum(-1)
        raw += nn.Embed(self.num_users, 1, name="user_bias")(user).squeeze()
        raw += nn.Embed(self.num_items, 1, name="item_bias")(item).squeeze()
        return (nn.sigmoid(raw) * (self.max_rating - self.min_rating) + self.min_rating).squeeze()
"""
    report = judge("biases", run_answer(squeezed))
    assert report.score == 2.5
    (message,) = messages(report)
    assert "shape (1,)" in message
    assert "squeeze" in message


def test_excluding_the_first_of_the_list_leaves_the_movie_among_its_equals(run_answer, solutions):
    by_position = """
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    item = movie_to_id_mapping[movie_name]
    scores = get_cos_sim_distances(embeddings[item], embeddings)
    return jnp.argsort(-scores, stable=False)[1 : k + 1].tolist()
"""
    report = judge("most_similar", run_answer(solutions["cosine_similarity"], by_position))
    assert 0 < report.score < 2
    assert any("holds the movie itself" in message for message in messages(report))


def test_a_wrong_cosine_costs_its_own_exercise_only(run_answer, solutions):
    unscaled = "def get_cos_sim_distances(item, embeddings): return embeddings @ item"
    assert judge("cosine_similarity", run_answer(unscaled)).score == 0
    for exercise in ("most_similar", "recommend"):
        report = judge(exercise, run_answer(unscaled, solutions[exercise]))
        assert report.score == POINTS[exercise], messages(report)


def test_the_same_seed_gives_the_same_inputs_and_another_gives_others():
    def inputs(*parts):
        return hidden_checks("cosine_similarity", *parts)[0].verify.keywords["item"].tolist()

    assert inputs("key", "ada") == inputs("key", "ada")
    assert inputs("key", "ada") != inputs("key", "grace")
    assert inputs("ke", "yada") != inputs("key", "ada")


def test_stock_nbgrader_gets_points_and_a_text(solved, capsys):
    assert grade("sparsity", solved("sparsity")) == 1.0
    assert "every check passes" in capsys.readouterr().out
