# exercise: sparsity
# expect: error
def sparsity(num_users, num_items, num_ratings):
    raise ValueError("while running")
