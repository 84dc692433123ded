# exercise: sparsity
# expect: failed
def sparsity(num_users, num_items, num_ratings):
    100.0 - 100.0 * num_ratings / (num_users * num_items)
