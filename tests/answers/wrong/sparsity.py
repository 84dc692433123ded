# %% share
def sparsity(num_users, num_items, num_ratings):
    return 1.0 - num_ratings / (num_users * num_items)


# %% full_cells
def sparsity(num_users, num_items, num_ratings):
    return 100.0 * num_ratings / (num_users * num_items)


# %% full_share
def sparsity(num_users, num_items, num_ratings):
    return num_ratings / num_users / num_items


# %% cells_added
def sparsity(num_users, num_items, num_ratings):
    return 100.0 * (1.0 - num_ratings / (num_users + num_items))


# %% count
def sparsity(num_users, num_items, num_ratings):
    return num_users * num_items - num_ratings


# %% sign
def sparsity(num_users, num_items, num_ratings):
    return 100 * (num_ratings / (num_users * num_items) - 1)


# %% percent_misplaced
def sparsity(num_users, num_items, num_ratings):
    return 1 - 100 * num_ratings / (num_users * num_items)


# %% percent_misplaced_all
def sparsity(num_users, num_items, num_ratings):
    return 100 - num_ratings / (num_users * num_items)


# %% rounded
def sparsity(num_users, num_items, num_ratings):
    return round(100 * (1 - num_ratings / (num_users * num_items)))


# %% cut
def sparsity(num_users, num_items, num_ratings):
    return int(100 * (1 - num_ratings / (num_users * num_items)))


# %% cut: whole division at the end
def sparsity(num_users, num_items, num_ratings):
    return 100 * (num_users * num_items - num_ratings) // (num_users * num_items)


# %% whole_division
def sparsity(num_users, num_items, num_ratings):
    return 100.0 * (1 - num_ratings // (num_users * num_items))


# %% per_full
def sparsity(num_users, num_items, num_ratings):
    return 100 * (num_users * num_items - num_ratings) / num_ratings


# %% users_alone
def sparsity(num_users, num_items, num_ratings):
    return 100 * (1 - num_ratings / num_users)


# %% items_alone
def sparsity(num_users, num_items, num_ratings):
    return 100 * (1 - num_ratings / num_items)


# %% fixed
def sparsity(num_users, num_items, num_ratings):
    return 60.0


# %% text
def sparsity(num_users, num_items, num_ratings):
    return f"{100 - 100 * num_ratings / (num_users * num_items):.2f} %"


# %% no_return: prints
def sparsity(num_users, num_items, num_ratings):
    print(100 * (1 - num_ratings / (num_users * num_items)))


# %% unknown_name: reads the table of the notebook
def sparsity(num_users, num_items, num_ratings):
    return 100 * (1 - len(df_ratings) / (num_users * num_items))


# %% -: does nothing useful
def sparsity(num_users, num_items, num_ratings):
    return 100.0
