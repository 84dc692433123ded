"""Trace once what every exercise traces, so that no child of the box pays for JAX's first time.

Tracing fills JAX's tables of functions, signatures and rules. It needs no device and starts no
thread: a process with a device of JAX's must not be forked.
"""

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax

_USERS, _ITEMS, _SIZE, _ROWS = 7, 11, 5, 13


class _Model(nn.Module):
    """The practical's largest model."""

    @nn.compact
    def __call__(self, batch):
        users, items = batch["user_id"], batch["item_id"]
        score = jnp.sum(
            self._rows(_USERS, _SIZE, users) * self._rows(_ITEMS, _SIZE, items), axis=-1
        )
        score += self._rows(_USERS, 1, users)[..., 0] + self._rows(_ITEMS, 1, items)[..., 0]
        return 0.5 + 4.5 * nn.sigmoid(score)

    def _rows(self, size, features, ids):
        return nn.Embed(size, features, embedding_init=nn.initializers.normal())(ids)


def warm_up() -> None:
    """Trace a model, its gradient, a step of training and what neighbours are found with."""
    model = _Model()
    ids = jax.ShapeDtypeStruct((_ROWS,), np.int32)
    batch = {"user_id": ids, "item_id": ids}
    key = jax.ShapeDtypeStruct((2,), np.uint32)
    variables = jax.eval_shape(lambda k, b: model.init(jax.random.wrap_key_data(k), b), key, batch)
    ratings = jax.ShapeDtypeStruct((_ROWS,), np.float32)

    def loss(variables, batch, ratings):
        return optax.squared_error(model.apply(variables, batch), ratings).mean()

    def step(variables, batch, ratings):
        gradient = jax.grad(loss)(variables, batch, ratings)
        updates, _ = optax.sgd(0.1).update(gradient, optax.sgd(0.1).init(variables))
        return optax.apply_updates(variables, updates)

    jax.jit(model.apply).trace(variables, batch)
    jax.jit(step).trace(variables, batch, ratings)
    table = jax.ShapeDtypeStruct((_ITEMS, _SIZE), np.float32)
    jax.jit(_neighbours).trace(jax.ShapeDtypeStruct((_SIZE,), np.float32), table)


def _neighbours(item, table):
    lengths = jnp.linalg.norm(table, axis=1) * jnp.linalg.norm(item)
    cosine = jnp.dot(table, item) / jnp.where(lengths > 0, lengths, 1.0)
    best = jnp.argsort(-cosine)
    return best, jax.lax.top_k(cosine, 3), jnp.full(3, 0.5), jnp.arange(_ITEMS), table @ item
