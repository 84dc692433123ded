# exercise: sparsity
# expect: passed
import jax.numpy as jnp

sparsity = lambda users, items, ratings: 100 * (1 - jnp.array(ratings) / (users * items))
