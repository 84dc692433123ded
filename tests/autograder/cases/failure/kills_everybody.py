# exercise: sparsity
# expect: failed
import os
import signal


def sparsity(num_users, num_items, num_ratings):
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass
    return -1.0
