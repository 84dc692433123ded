# exercise: sparsity
# expect: timeout
import time


def sparsity(num_users, num_items, num_ratings):
    while True:
        try:
            time.sleep(100)
        except BaseException:
            continue
