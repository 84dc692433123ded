"""Trace once what every exercise traces, so that no child of the box pays for JAX's first time.

Tracing fills JAX's tables of functions, signatures and rules. It needs no device and starts no
thread: a process with a device of JAX's must not be forked. Each operation stands for itself:
students' code can read this file, and put together they would be answers.
"""

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax

_VECTOR = jax.ShapeDtypeStruct((13,), np.float32)
_MATRIX = jax.ShapeDtypeStruct((13, 13), np.float32)
_IDS = jax.ShapeDtypeStruct((13,), np.int32)
_KEY = jax.ShapeDtypeStruct((2,), np.uint32)

_OPERATIONS = (
    (jnp.multiply, _MATRIX, _MATRIX),
    (jnp.add, _VECTOR, _VECTOR),
    (lambda x: jnp.sum(x, axis=-1), _MATRIX),
    (lambda x: x[..., 0], _MATRIX),
    (jnp.mean, _VECTOR),
    (nn.sigmoid, _VECTOR),
    (optax.squared_error, _VECTOR, _VECTOR),
    (lambda x: jnp.linalg.norm(x, axis=1), _MATRIX),
    (jnp.matmul, _MATRIX, _VECTOR),
    (lambda x: jnp.where(x > 0, x, 1.0), _VECTOR),
    (jnp.divide, _VECTOR, _VECTOR),
    (jnp.argsort, _VECTOR),
    (lambda x: jax.lax.top_k(x, 3), _VECTOR),
)


class _Table(nn.Module):
    @nn.compact
    def __call__(self, ids):
        return nn.Embed(13, 13, embedding_init=nn.initializers.normal())(ids)


def warm_up() -> None:
    """Trace single operations with their gradients, a table of embeddings, and a step on it."""
    for operation, *arguments in _OPERATIONS:
        jax.jit(operation).trace(*arguments)
    for operation, *arguments in _OPERATIONS[:10]:
        jax.jit(jax.grad(lambda *x, of=operation: of(*x).sum())).trace(*arguments)
    jax.jit(lambda: (jnp.full(3, 0.5), jnp.arange(13))).trace()

    model = _Table()
    variables = jax.eval_shape(
        lambda key, ids: model.init(jax.random.wrap_key_data(key), ids), _KEY, _IDS
    )
    jax.jit(model.apply).trace(variables, _IDS)
    jax.jit(_step, static_argnums=0).trace(model, variables, _IDS)


def _step(model, variables, ids):
    gradient = jax.grad(lambda variables: model.apply(variables, ids).sum())(variables)
    optimiser = optax.sgd(0.1)
    updates, _ = optimiser.update(gradient, optimiser.init(variables))
    return optax.apply_updates(variables, updates)
