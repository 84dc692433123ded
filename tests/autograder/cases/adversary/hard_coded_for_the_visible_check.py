# exercise: sparsity
# expect: failed partial
# below: 1.0
def sparsity(num_users, num_items, num_ratings):
    return {(2, 5, 4): 60.0, (10, 10, 0): 100.0, (1, 1, 1): 0.0}.get(
        (num_users, num_items, num_ratings), 98.0
    )
