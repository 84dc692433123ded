# exercise: sparsity
# expect: failed error
def sparsity(num_users, num_items, num_ratings):
    return "x" * 200_000_000
