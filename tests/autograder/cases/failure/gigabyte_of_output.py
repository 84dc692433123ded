# exercise: sparsity
# expect: passed
import os
import sys


def sparsity(num_users, num_items, num_ratings):
    for _ in range(1000):
        os.write(1, bytes(1_000_000))
        os.write(2, bytes(1_000_000))
    print("x" * 10_000_000, file=sys.stderr)
    return 100.0 - 100.0 * num_ratings / (num_users * num_items)
