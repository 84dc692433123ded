# exercise: sparsity
# expect: failed error
def sparsity(num_users, num_items, num_ratings):
    return 1 << 100_000_000
