"""A trained model of ours that steps in where a student's is not finished."""

import io

import jax
import jax.numpy as jnp
import numpy as np
import optax

from helpers.data.files import read_verified
from helpers.engine.state import Metrics, TrainState
from helpers.errors import CourseError

FILE = "checkpoint.npz"
# The range that the practical gives its models.
_LOWEST, _SPAN = 0.0, 5.5


def load_checkpoint(num_users: int, num_items: int) -> TrainState:
    """The reference embeddings of `data/checkpoint.npz` as a training state, and a word about it.

    `CourseError` when the ratings at hand are not the embedded edition, which it was trained on.
    """
    with np.load(io.BytesIO(read_verified(FILE))) as packed:
        params = {
            name: {"embedding": jnp.asarray(packed[name] * packed[f"{name}.step"])}
            for name in packed.files
            if not name.endswith(".step")
        }
    sizes = len(params["user_embs"]["embedding"]), len(params["item_embs"]["embedding"])
    if sizes != (num_users, num_items):
        raise CourseError(
            f"The checkpoint knows {sizes[0]} users and {sizes[1]} movies, this data has "
            f"{num_users} and {num_items}. Finish the exercise, or use Config(SOURCE='embedded')."
        )
    print("Your model is not finished yet, so the course's checkpoint steps in from here on.")
    return TrainState.create(
        apply_fn=jax.jit(_predict),
        params={"params": params},
        tx=optax.identity(),
        metrics=Metrics.empty(),
    )


def _predict(variables, batch):
    def rows(table, ids):
        return variables["params"][table]["embedding"][batch[ids]]

    affinity = jnp.einsum(
        "...d,...d->...", rows("user_embs", "user_id"), rows("item_embs", "item_id")
    )
    opinion = rows("user_bias", "user_id")[..., 0] + rows("item_bias", "item_id")[..., 0]
    return _LOWEST + _SPAN * jax.scipy.special.expit(affinity + opinion)
