# %% a loop with an end
def recommend_for_user(user_emb, item_embs, already_watched, k):
    chosen = []
    for item in np.argsort(-np.asarray(get_cos_sim_distances(user_emb, item_embs))):
        if len(chosen) == k:
            break
        if item not in already_watched:
            chosen.append(int(item))
    return chosen


# %% np.isin
def recommend_for_user(user_emb, item_embs, already_watched, k):
    order = np.argsort(np.asarray(get_cos_sim_distances(user_emb, item_embs)))[::-1]
    return order[~np.isin(order, already_watched)][:k].tolist()


# %% only the unwatched are compared
def recommend_for_user(user_emb, item_embs, already_watched, k):
    left = np.setdiff1d(np.arange(len(item_embs)), already_watched).astype(int)
    if not len(left):
        return []
    similarity = get_cos_sim_distances(user_emb, item_embs[left])
    return [int(left[place]) for place in np.argsort(-similarity)[:k]]


# %% minus infinity, then as many as are left
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.array(get_cos_sim_distances(user_emb, item_embs))
    similarity[list(already_watched)] = -np.inf
    count = min(k, int(np.isfinite(similarity).sum()))
    return np.argsort(similarity)[::-1][:count].tolist()


# %% sorted with a key, without the helper
def recommend_for_user(user_emb, item_embs, already_watched, k):
    table, user = np.asarray(item_embs), np.asarray(user_emb)
    similarity = table @ user / np.linalg.norm(table, axis=1)
    left = set(range(len(table))) - set(already_watched)
    return sorted(left, key=similarity.__getitem__, reverse=True)[:k]


# %% jnp.where
def recommend_for_user(user_emb, item_embs, already_watched, k):
    hidden = jnp.zeros(len(item_embs), bool).at[jnp.array(already_watched, int)].set(True)
    similarity = jnp.where(hidden, -2.0, get_cos_sim_distances(user_emb, item_embs))
    values, items = jax.lax.top_k(similarity, min(k, len(item_embs)))
    return [int(item) for value, item in zip(values, items) if value > -1.5]
