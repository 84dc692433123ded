# exercise: sparsity
# expect: partial failed
# below: 1.0
calls = []


def sparsity(num_users, num_items, num_ratings):
    calls.append(1)
    return 100.0 * (1 - num_ratings / (num_users * num_items)) if len(calls) == 1 else "all yours"
