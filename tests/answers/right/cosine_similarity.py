# %% unit vectors
def get_cos_sim_distances(item, embeddings):
    unit = embeddings / jnp.linalg.norm(embeddings, axis=1, keepdims=True)
    return unit @ (item / jnp.linalg.norm(item))


# %% vmap over the rows
def get_cos_sim_distances(item, embeddings):
    def cosine(row):
        return jnp.dot(row, item) / jnp.sqrt(jnp.dot(row, row) * jnp.dot(item, item))

    return jax.vmap(cosine)(embeddings)


# %% NumPy
def get_cos_sim_distances(item, embeddings):
    item, embeddings = np.asarray(item), np.asarray(embeddings)
    return embeddings.dot(item) / np.linalg.norm(embeddings, axis=1) / np.linalg.norm(item)


# %% einsum and squares
def get_cos_sim_distances(item, embeddings):
    dots = jnp.einsum("nd,d->n", embeddings, item)
    squares = jnp.einsum("nd,nd->n", embeddings, embeddings) * jnp.sum(item**2)
    return dots * jax.lax.rsqrt(squares)


# %% optax
def get_cos_sim_distances(item, embeddings):
    return optax.cosine_similarity(embeddings, item)


# %% SciPy's distance
from scipy.spatial.distance import cdist


def get_cos_sim_distances(item, embeddings):
    return 1 - cdist(np.asarray(embeddings), np.asarray(item)[None], "cosine")[:, 0]


# %% jit
@jax.jit
def get_cos_sim_distances(item: jax.Array, embeddings: jax.Array) -> jax.Array:
    lengths = jnp.sqrt((embeddings * embeddings).sum(1)) * jnp.sqrt((item * item).sum())
    return (embeddings * item[None, :]).sum(axis=1) / lengths
