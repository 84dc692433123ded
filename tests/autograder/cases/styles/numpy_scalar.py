# exercise: sparsity
# expect: passed
import numpy as np


def sparsity(num_users, num_items, num_ratings):
    return np.float64(100) * (1 - np.divide(num_ratings, num_users * num_items))
