# exercise: sparsity
# expect: timeout
def sparsity(num_users, num_items, num_ratings):
    while True:
        pass
