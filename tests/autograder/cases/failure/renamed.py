# exercise: sparsity
# expect: missing
def my_sparsity(num_users, num_items, num_ratings):
    return 100.0 - 100.0 * num_ratings / (num_users * num_items)
