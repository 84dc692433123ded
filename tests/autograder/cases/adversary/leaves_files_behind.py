# exercise: sparsity
# expect: error
# says: wrote ['HOME', '/tmp', '/dev/shm']
import os
import site
import sys
from pathlib import Path

PLACES = {
    "HOME": Path(os.environ["HOME"]),
    "/tmp": Path("/tmp"),
    "/dev/shm": Path("/dev/shm"),
    "cache": Path("/cache"),
    "course": Path("/course"),
    "helpers": Path("/course/helpers"),
    "packages": Path(site.getsitepackages()[0]),
    "interpreter": Path(sys.base_prefix, "lib", "python3.11"),
    "root": Path("/"),
    "bin": Path("/usr/bin"),
}


def sparsity(num_users, num_items, num_ratings):
    wrote = []
    for name, place in PLACES.items():
        try:
            (place / "sitecustomize.py").write_text("raise SystemExit")
            wrote.append(name)
        except OSError:
            pass
    raise RuntimeError(f"wrote {wrote}")
