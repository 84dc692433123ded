# exercise: sparsity
# expect: error crashed
import os


def sparsity(num_users, num_items, num_ratings):
    for descriptor in range(3, 4096):
        try:
            os.write(descriptor, bytes([255]) * 64)
        except OSError:
            pass
    return 1.0
