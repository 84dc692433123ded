# %% no_lengths
def get_cos_sim_distances(item, embeddings):
    return embeddings @ item


# %% item_length_missing
def get_cos_sim_distances(item, embeddings):
    return embeddings @ item / jnp.linalg.norm(embeddings, axis=1)


# %% row_lengths_missing
def get_cos_sim_distances(item, embeddings):
    return embeddings @ item / jnp.linalg.norm(item)


# %% global_norm
def get_cos_sim_distances(item, embeddings):
    return embeddings @ item / (jnp.linalg.norm(embeddings) * jnp.linalg.norm(item))


# %% column_lengths
def get_cos_sim_distances(item, embeddings):
    return embeddings @ item / (jnp.linalg.norm(embeddings, axis=0) * jnp.linalg.norm(item))


# %% column_lengths: each column divided
def get_cos_sim_distances(item, embeddings):
    unit = embeddings / jnp.linalg.norm(embeddings, axis=0)
    return unit @ item / jnp.linalg.norm(item)


# %% squared_lengths
def get_cos_sim_distances(item, embeddings):
    return embeddings @ item / (jnp.sum(embeddings**2, axis=1) * jnp.sum(item**2))


# %% root_of_lengths
def get_cos_sim_distances(item, embeddings):
    return embeddings @ item / jnp.sqrt(jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item))


# %% lengths_added
def get_cos_sim_distances(item, embeddings):
    return embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) + jnp.linalg.norm(item))


# %% taxicab_length
def get_cos_sim_distances(item, embeddings):
    return embeddings @ item / (jnp.abs(embeddings).sum(1) * jnp.abs(item).sum())


# %% cosine_distance
def get_cos_sim_distances(item, embeddings):
    return 1 - embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item))


# %% cosine_distance: SciPy
from scipy.spatial.distance import cdist


def get_cos_sim_distances(item, embeddings):
    return cdist(np.asarray(embeddings), np.asarray(item)[None], "cosine")[:, 0]


# %% euclidean
def get_cos_sim_distances(item, embeddings):
    return jnp.linalg.norm(embeddings - item, axis=1)


# %% angle
def get_cos_sim_distances(item, embeddings):
    return jnp.arccos(jnp.clip(embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item)), -1, 1))


# %% not_negative
def get_cos_sim_distances(item, embeddings):
    return jnp.abs(embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item)))


# %% moved_to_unit_range
def get_cos_sim_distances(item, embeddings):
    return (1 + embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item))) / 2


# %% centred
def get_cos_sim_distances(item, embeddings):
    embeddings = embeddings - embeddings.mean(axis=1, keepdims=True)
    item = item - item.mean()
    return embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item))


# %% mean
def get_cos_sim_distances(item, embeddings):
    lengths = jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item)
    return jnp.mean(embeddings * item, axis=1) / lengths


# %% kept_dimension
def get_cos_sim_distances(item, embeddings):
    unit = embeddings / jnp.linalg.norm(embeddings, axis=1, keepdims=True)
    return unit @ (item / jnp.linalg.norm(item))[:, None]


# %% squeezed
def get_cos_sim_distances(item, embeddings):
    return jnp.squeeze(embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item)))


# %% all_pairs
def get_cos_sim_distances(item, embeddings):
    unit = embeddings / jnp.linalg.norm(embeddings, axis=1, keepdims=True)
    return unit @ unit.T


# %% summed_over_all
def get_cos_sim_distances(item, embeddings):
    return jnp.sum(embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item)))


# %% sorted
def get_cos_sim_distances(item, embeddings):
    return jnp.sort(embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item)))[::-1]


# %% no_return
def get_cos_sim_distances(item, embeddings):
    cosines = embeddings @ item / (jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item))


# %% -: ones
def get_cos_sim_distances(item, embeddings):
    return jnp.ones(len(embeddings))
