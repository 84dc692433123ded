# exercise: sparsity
# expect: crashed
import threading
import time


def sparsity(num_users, num_items, num_ratings):
    for _ in range(10_000):
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    time.sleep(1000)
