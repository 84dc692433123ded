# exercise: sparsity
# expect: timeout
import os
import signal


def sparsity(num_users, num_items, num_ratings):
    os.kill(os.getpid(), signal.SIGSTOP)
