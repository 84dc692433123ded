# %% a loop over the ratings
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = sum(float(r) for r in rating) / len(rating)
    totals, counts = [0.0] * num_items, [0] * num_items
    for item, r in zip(item_id, rating):
        totals[item] += r - mean
        counts[item] += 1
    item_bias = [t / (n + damping) if n else 0.0 for t, n in zip(totals, counts)]
    totals, counts = [0.0] * num_users, [0] * num_users
    for user, item, r in zip(user_id, item_id, rating):
        totals[user] += r - mean - item_bias[item]
        counts[user] += 1
    user_bias = [t / (n + damping) if n else 0.0 for t, n in zip(totals, counts)]
    return mean, np.array(user_bias), np.array(item_bias)


# %% np.add.at
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = rating.mean()

    def shrink(ids, rest, size):
        total, count = np.zeros(size), np.zeros(size)
        np.add.at(total, ids, rest)
        np.add.at(count, ids, 1)
        return np.divide(total, count + damping, out=np.zeros(size), where=count > 0)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% pandas
import pandas as pd


def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    df = pd.DataFrame({"user": user_id, "item": item_id, "rest": rating.astype(float)})
    mean = df.rest.mean()
    df["rest"] -= mean
    by_item = df.groupby("item").rest
    item_bias = (by_item.sum() / (by_item.count() + damping)).reindex(range(num_items), fill_value=0.0)
    df["rest"] -= df["item"].map(item_bias)
    by_user = df.groupby("user").rest
    user_bias = (by_user.sum() / (by_user.count() + damping)).reindex(range(num_users), fill_value=0.0)
    return mean, user_bias, item_bias


# %% JAX segment sums
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    rating = jnp.asarray(rating)
    ones = jnp.ones_like(rating)
    mean = jnp.mean(rating)
    count = jax.ops.segment_sum(ones, item_id, num_items)
    total = jax.ops.segment_sum(rating - mean, item_id, num_items)
    item_bias = jnp.where(count > 0, total / jnp.where(count > 0, count + damping, 1), 0)
    count = jax.ops.segment_sum(ones, user_id, num_users)
    total = jax.ops.segment_sum(rating - mean - item_bias[item_id], user_id, num_users)
    user_bias = jnp.where(count > 0, total / jnp.where(count > 0, count + damping, 1), 0)
    return mean, user_bias, item_bias


# %% a matrix of zeros and ones
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    of_item = np.eye(num_items)[item_id]
    of_user = np.eye(num_users)[user_id]
    mean = np.average(rating)
    item_bias = np.nan_to_num(of_item.T @ (rating - mean) / (of_item.sum(0) + damping))
    rest = rating - mean - of_item @ item_bias
    user_bias = np.nan_to_num(of_user.T @ rest / (of_user.sum(0) + damping))
    return [mean, user_bias, item_bias]


# %% one id after the other
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating)
    rest = rating - mean
    item_bias = np.zeros(num_items)
    for j in range(num_items):
        mine = rest[item_id == j]
        if mine.size:
            item_bias[j] = mine.sum() / (mine.size + damping)
    rest = rest - item_bias[item_id]
    user_bias = np.zeros(num_users)
    for i in range(num_users):
        mine = rest[user_id == i]
        if mine.size:
            user_bias[i] = mine.sum() / (mine.size + damping)
    return mean, user_bias, item_bias
