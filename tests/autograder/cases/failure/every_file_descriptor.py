# exercise: sparsity
# expect: error
def sparsity(num_users, num_items, num_ratings):
    return [open("/dev/null") for _ in range(100_000)]
