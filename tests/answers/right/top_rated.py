# %% pairs, filtered and sorted
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    batch = {"user_id": np.full(num_items, user_id), "item_id": np.arange(num_items)}
    ratings = pred_step(state, batch)
    pairs = [(i, float(r)) for i, r in enumerate(ratings) if i not in already_watched]
    return sorted(pairs, key=lambda pair: pair[1], reverse=True)[:k]


# %% argsort, then a loop
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    items = jnp.arange(num_items)
    ratings = np.asarray(pred_step(state, {"user_id": jnp.full_like(items, user_id), "item_id": items}))
    result = []
    for item in np.argsort(-ratings):
        if int(item) not in set(already_watched) and len(result) < k:
            result.append((int(item), float(ratings[item])))
    return result


# %% only the unwatched are predicted
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    left = np.array(sorted(set(range(num_items)) - set(already_watched)), dtype=np.int32)
    batch = {"user_id": jnp.repeat(user_id, len(left)), "item_id": jnp.asarray(left)}
    ratings = np.asarray(pred_step(state, batch))
    best = ratings.argsort()[::-1][:k]
    return list(zip(left[best].tolist(), ratings[best].tolist()))


# %% pandas
import pandas as pd


def recommend_top_rated(state, user_id, num_items, already_watched, k):
    batch = {"user_id": jnp.ones(num_items, int) * user_id, "item_id": jnp.arange(num_items)}
    ratings = pd.Series(np.asarray(pred_step(state, batch))).drop(list(already_watched))
    return list(ratings.nlargest(k).items())


# %% the model without pred_step
def recommend_top_rated(state, user_id, num_items, already_watched, k):
    batch = {"user_id": jnp.array([user_id] * num_items), "item_id": jnp.array(range(num_items))}
    ratings = np.array(state.apply_fn(state.params, batch))
    order = np.lexsort((np.arange(num_items), -ratings))
    order = order[~np.isin(order, already_watched)][:k]
    return [[item, ratings[item]] for item in order.tolist()]


# %% a heap
import heapq


def recommend_top_rated(state, user_id, num_items, already_watched, k):
    batch = {
        "user_id": jnp.tile(jnp.array([user_id]), num_items),
        "item_id": jnp.linspace(0, num_items - 1, num_items).astype(int),
    }
    ratings = pred_step(state, batch).tolist()
    left = (item for item in range(num_items) if item not in already_watched)
    return [(item, ratings[item]) for item in heapq.nlargest(k, left, key=lambda item: ratings[item])]
