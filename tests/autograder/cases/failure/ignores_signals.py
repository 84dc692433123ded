# exercise: sparsity
# expect: timeout
import signal
import time

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)


def sparsity(num_users, num_items, num_ratings):
    time.sleep(1000)
