# exercise: sparsity
# expect: memory
import numpy as np


def sparsity(num_users, num_items, num_ratings):
    return np.ones((1 << 20, 1 << 20))
