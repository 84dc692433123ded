# exercise: sparsity
# expect: crashed
import os


def sparsity(num_users, num_items, num_ratings):
    os.closerange(0, 4096)
    return 100.0
