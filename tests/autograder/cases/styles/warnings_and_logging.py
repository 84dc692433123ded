# exercise: sparsity
# expect: passed
import logging
import sys
import warnings


def sparsity(num_users, num_items, num_ratings):
    warnings.warn("a harmless remark")
    logging.error("another one")
    print("and one more", file=sys.stderr)
    return 100.0 * (1 - num_ratings / (num_users * num_items))
