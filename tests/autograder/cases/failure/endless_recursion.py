# exercise: sparsity
# expect: error
def sparsity(num_users, num_items, num_ratings):
    return sparsity(num_users, num_items, num_ratings)
