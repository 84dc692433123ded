# %% damping_ignored
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count, 1)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% damping_ignored_nan
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / count

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% damping_fixed
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / (count + 5.0)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% damping_subtracted
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / (count - damping)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% damping_in_sum
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return (total + damping) / np.maximum(count, 1)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% summed
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% exchanged
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, item_bias, user_bias


# %% users_first
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    user_bias = shrink(user_id, rating - mean, num_users)
    item_bias = shrink(item_id, rating - mean - user_bias[user_id], num_items)
    return mean, user_bias, item_bias


# %% item_bias_left_in
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean, num_users)
    return mean, user_bias, item_bias


# %% mean_left_in_items
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% mean_left_in_users
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% mean_left_in
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating, num_items)
    user_bias = shrink(user_id, rating - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% mean_of_means
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean([rating[item_id == item].mean() for item in set(item_id.tolist())])

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% median
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = float(np.median(rating))

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% mean_added
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias + mean


# %% last_rating_only
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = rating.mean()
    item_bias, count = np.zeros(num_items), np.zeros(num_items)
    item_bias[item_id] += rating - mean
    np.add.at(count, item_id, 1)
    item_bias /= np.maximum(count + damping, 1e-12)
    user_bias, count = np.zeros(num_users), np.zeros(num_users)
    user_bias[user_id] += rating - mean - item_bias[item_id]
    np.add.at(count, user_id, 1)
    return mean, user_bias / np.maximum(count + damping, 1e-12), item_bias


# %% unseen_nan
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / (count + damping)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% too_short
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest)
        count = np.bincount(ids)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% too_short: np.unique
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.array([rest[ids == one].sum() for one in np.unique(ids)])
        count = np.unique(ids, return_counts=True)[1]
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias


# %% two_parts
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return user_bias, item_bias


# %% dictionaries
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, dict(enumerate(user_bias)), dict(enumerate(item_bias))


# %% no_return
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    mean = np.mean(rating, dtype=float)

    def shrink(ids, rest, size):
        total = np.bincount(ids, rest, size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)

    item_bias = shrink(item_id, rating - mean, num_items)
    user_bias = shrink(user_id, rating - mean - item_bias[item_id], num_users)
    result = (mean, user_bias, item_bias)


# %% -: zeros
def fit_bias_baseline(user_id, item_id, rating, num_users, num_items, damping=5.0):
    return 0.0, np.zeros(num_users), np.zeros(num_items)
