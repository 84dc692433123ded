# %% filtered_after_cut
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [item for item in order[:k] if item not in already_watched]


# %% watched_shown
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    return np.argsort(-similarity)[:k].tolist()


# %% watched_only
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [item for item in order if item in already_watched][:k]


# %% best_left_out
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [item for item in order[1:] if item not in already_watched][:k]


# %% best_left_out: after the filter
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [item for item in order if item not in already_watched][1 : k + 1]


# %% worst_first
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(similarity).tolist()
    return [item for item in order if item not in already_watched][:k]


# %% worst_first: the right ones upside down
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [item for item in order if item not in already_watched][:k][::-1]


# %% filled_up_with_watched: minus infinity
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    similarity = similarity.copy()
    similarity[list(already_watched)] = -np.inf
    return np.argsort(-similarity)[:k].tolist()


# %% filled_up_with_watched: appended
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    new = [item for item in order if item not in already_watched]
    return (new + list(already_watched))[:k]


# %% watched_scored_zero
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    similarity = similarity.copy()
    similarity[list(already_watched)] = 0
    return np.argsort(-similarity)[:k].tolist()


# %% filled_up_with_watched: minus one
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    similarity = np.where(np.isin(np.arange(len(similarity)), already_watched), -1, similarity)
    return np.argsort(-similarity)[:k].tolist()


# %% not_cut
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [item for item in order if item not in already_watched]


# %% one_too_many
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [item for item in order if item not in already_watched][: k + 1]


# %% k_fixed
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [item for item in order if item not in already_watched][:10]


# %% one_watched_left_out
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [item for item in order if item not in already_watched[:1]][:k]


# %% shifted_by_watched
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    start = len(already_watched)
    return np.argsort(-similarity)[start : start + k].tolist()


# %% dot_product
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    similarity = np.asarray(item_embs @ user_emb)
    order = np.argsort(-similarity).tolist()
    return [item for item in order if item not in already_watched][:k]


# %% euclidean
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    similarity = -np.linalg.norm(np.asarray(item_embs - user_emb), axis=1)
    order = np.argsort(-similarity).tolist()
    return [item for item in order if item not in already_watched][:k]


# %% by_strength
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-(similarity**2)).tolist()
    return [item for item in order if item not in already_watched][:k]


# %% by_number
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return sorted([item for item in order if item not in already_watched][:k])


# %% not_sorted
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    return [item for item in range(len(similarity)) if item not in already_watched][:k]


# %% numbers_shifted
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    left = np.delete(similarity, np.array(already_watched, int))
    return np.argsort(-left)[:k].tolist()


# %% rank_instead_of_item
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    ranks = np.argsort(np.argsort(-similarity))
    return [int(rank) for item, rank in enumerate(ranks) if item not in already_watched][:k]


# %% similarities
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [float(similarity[item]) for item in order if item not in already_watched][:k]


# %% pairs
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return [(item, float(similarity[item])) for item in order if item not in already_watched][:k]


# %% set
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    return set(order) - set(already_watched)


# %% too_few_left
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    new = [item for item in order if item not in already_watched]
    return [new[place] for place in range(k)]


# %% no_return
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    order = np.argsort(-similarity).tolist()
    new = [item for item in order if item not in already_watched][:k]


# %% -: nothing
def recommend_for_user(user_emb, item_embs, already_watched, k):
    similarity = np.asarray(get_cos_sim_distances(user_emb, item_embs))
    return []
