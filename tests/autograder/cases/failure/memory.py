# exercise: sparsity
# expect: memory
import numpy as np


def sparsity(num_users, num_items, num_ratings):
    hoard = []
    while True:
        hoard.append(np.ones(20_000_000))
