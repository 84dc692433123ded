# exercise: sparsity
# expect: error
# says: found []
import os
from pathlib import Path

WANTED = (b"grading_tests", b"COURSE_KEY", b"solutions/")


def sparsity(num_users, num_items, num_ratings):
    found = []
    numbers = [name for name in os.listdir("/proc") if name.isdigit()]
    if len(numbers) > 3:
        found.append(f"{len(numbers)} processes")
    for number in numbers:
        for name in ("cmdline", "environ"):
            try:
                content = Path("/proc", number, name).read_bytes()
            except OSError:
                continue
            found += [f"{name} of {number}" for wanted in WANTED if wanted in content]
        if number != str(os.getpid()):
            try:
                Path("/proc", number, "mem").open("rb").close()
                found.append(f"memory of {number}")
            except OSError:
                pass
    raise RuntimeError(f"found {found}")
