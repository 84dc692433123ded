# exercise: sparsity
# expect: passed
import atexit
import os
import subprocess
import sys
import threading
import time

atexit.register(time.sleep, 1000)
threading.Thread(target=time.sleep, args=(1000,)).start()
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    time.sleep(1000)


def sparsity(num_users, num_items, num_ratings):
    return 100.0 - 100.0 * num_ratings / (num_users * num_items)
