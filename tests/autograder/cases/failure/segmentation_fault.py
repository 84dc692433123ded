# exercise: sparsity
# expect: crashed
import ctypes


def sparsity(num_users, num_items, num_ratings):
    return ctypes.string_at(0)
