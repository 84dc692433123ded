# exercise: sparsity
# expect: not_attempted
def sparsity(num_users, num_items, num_ratings):
    """Here I will write something one day."""
    raise NotImplementedError
