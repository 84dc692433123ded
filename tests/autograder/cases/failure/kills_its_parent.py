# exercise: sparsity
# expect: failed
import os
import signal


def sparsity(num_users, num_items, num_ratings):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGSTOP, signal.SIGSEGV, signal.SIGKILL):
        os.kill(os.getppid(), number)
        os.kill(1, number)
    return -1.0
