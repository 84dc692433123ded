# exercise: sparsity
# expect: failed
def sparsity(num_users, num_items, num_ratings):
    return {"sparsity": 99.0}
