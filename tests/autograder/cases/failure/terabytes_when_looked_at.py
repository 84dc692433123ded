# exercise: sparsity
# expect: failed
import numpy as np


def sparsity(num_users, num_items, num_ratings):
    return np.broadcast_to(np.float32(1.0), (1 << 20, 1 << 20))
