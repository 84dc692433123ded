# exercise: sparsity
# expect: passed
def filled(num_users, num_items, num_ratings):
    return num_ratings / (num_users * num_items)


def sparsity(num_users, num_items, num_ratings):
    return 100.0 * (1 - filled(num_users, num_items, num_ratings))
