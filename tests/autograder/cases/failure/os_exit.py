# exercise: sparsity
# expect: crashed
import os


def sparsity(num_users, num_items, num_ratings):
    os._exit(0)
