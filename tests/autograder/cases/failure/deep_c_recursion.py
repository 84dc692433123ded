# exercise: sparsity
# expect: crashed error
import sys


class Deep:
    def __repr__(self):
        return repr(self)


def sparsity(num_users, num_items, num_ratings):
    sys.setrecursionlimit(1 << 30)
    return repr(Deep())
