# exercise: sparsity
# expect: error
import sys


def sparsity(num_users, num_items, num_ratings):
    sys.exit(0)
