# exercise: cosine_similarity
# expect: passed
import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)


def get_cos_sim_distances(item, embeddings):
    item, embeddings = item.astype(jnp.float64), embeddings.astype(jnp.float64)
    lengths = jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item)
    return jnp.einsum("nd,d->n", embeddings, item) / lengths
