# exercise: sparsity
# expect: failed
import os
import random

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_debug_nans", True)
jnp.sum = jnp.dot = jnp.matmul = jnp.linalg.norm = np.sum = None
jax.jit = lambda *_, **__: 1 / 0
np.set_printoptions(precision=0)
np.random.seed(0)
random.seed(0)
os.chdir("/tmp")
os.environ.clear()


def sparsity(num_users, num_items, num_ratings):
    return 1.0
