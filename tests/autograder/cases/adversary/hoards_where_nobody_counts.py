# exercise: sparsity
# expect: error
# says: managed []
import contextlib
import ctypes
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
ADD_KEY = {"x86_64": 248, "aarch64": 217}[platform.machine()]
SESSION_KEYRING = -3


def sparsity(num_users, num_items, num_ratings):
    managed = []
    with contextlib.suppress(OSError):
        os.memfd_create("hoard")
        managed.append("memory behind a descriptor")
    if LIBC.shmget(1234, 1 << 30, 0o1600) >= 0:
        managed.append("shared memory")
    if LIBC.msgget(1234, 0o1600) >= 0:
        managed.append("a queue of messages")
    if LIBC.syscall(ADD_KEY, b"user", b"note", b"for the next", 12, SESSION_KEYRING) >= 0:
        managed.append("a key in the session's keyring")
    raise RuntimeError(f"managed {managed}")
