# exercise: sparsity
# expect: failed
def sparsity(num_users, num_items, num_ratings):
    return float("nan")
