# exercise: sparsity
# expect: error
from pathlib import Path


def sparsity(num_users, num_items, num_ratings):
    for number in range(1000):
        Path(f"/tmp/{number}").write_bytes(bytes(10_000_000))
