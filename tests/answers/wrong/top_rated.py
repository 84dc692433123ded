# %% filtered_after_cut
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    return [(item, float(ratings[item])) for item in order[:k] if item not in already_watched]


# %% watched_shown
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    return [(item, float(ratings[item])) for item in order[:k]]


# %% watched_only
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item in already_watched][:k]
    return [(item, float(ratings[item])) for item in new]


# %% worst_first
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(item, float(ratings[item])) for item in new]


# %% worst_first: sorted upwards
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    pairs = [(i, float(r)) for i, r in enumerate(ratings) if i not in already_watched]
    return sorted(pairs, key=lambda pair: pair[1])[:k]


# %% filled_up_with_watched
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    ratings[list(already_watched)] = -np.inf
    return [(int(item), float(ratings[item])) for item in np.argsort(-ratings)[:k]]


# %% watched_scored_low
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    ratings[list(already_watched)] = 0
    return [(int(item), float(ratings[item])) for item in np.argsort(-ratings)[:k]]


# %% items_only
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return new


# %% ratings_only
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [float(ratings[item]) for item in new]


# %% rating_first
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(float(ratings[item]), item) for item in new]


# %% two_lists
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return new, [float(ratings[item]) for item in new]


# %% dictionary
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return {item: float(ratings[item]) for item in new}


# %% table
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return np.stack([new, ratings[new]], axis=1)


# %% counted_from_one
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(item + 1, float(ratings[item])) for item in new]


# %% rank_instead_of_item
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(rank, float(ratings[item])) for rank, item in enumerate(new)]


# %% numbers_shifted
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    ratings = np.delete(ratings, np.array(already_watched, int))
    return [(int(item), float(ratings[item])) for item in np.argsort(-ratings)[:k]]


# %% ratings_of_others
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(item, float(rating)) for item, rating in zip(new, ratings)]


# %% rounded
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(item, round(float(ratings[item]))) for item in new]


# %% by_number
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(item, float(ratings[item])) for item in sorted(new)]


# %% not_sorted
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    new = [item for item in range(num_items) if item not in already_watched][:k]
    return [(item, float(ratings[item])) for item in new]


# %% not_cut
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched]
    return [(item, float(ratings[item])) for item in new]


# %% one_too_many
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][: k + 1]
    return [(item, float(ratings[item])) for item in new]


# %% best_left_out
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][1 : k + 1]
    return [(item, float(ratings[item])) for item in new]


# %% k_fixed
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:10]
    return [(item, float(ratings[item])) for item in new]


# %% other_user
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.zeros_like(items), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(item, float(ratings[item])) for item in new]


# %% ids_exchanged
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": items, "item_id": jnp.full_like(items, user_id)}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(item, float(ratings[item])) for item in new]


# %% too_few_left
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched]
    return [(new[place], float(ratings[new[place]])) for place in range(k)]


# %% batch_incomplete
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user": jnp.full_like(items, user_id), "item": items}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(item, float(ratings[item])) for item in new]


# %% batch_of_lists
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": [user_id] * num_items, "item_id": list(range(num_items))}))
    order = np.argsort(-ratings).tolist()
    new = [item for item in order if item not in already_watched][:k]
    return [(item, float(ratings[item])) for item in new]


# %% -: nothing
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.array(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    return []
