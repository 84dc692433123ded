# exercise: sparsity
# expect: error
# says: managed []
import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS = 0x20000


def sparsity(num_users, num_items, num_ratings):
    managed = []
    if LIBC.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0:
        managed.append("mount")
    if LIBC.umount2(b"/course", 2) == 0:
        managed.append("umount")
    if LIBC.ptrace(16, 1, None, None) == 0:
        managed.append("ptrace")
    if LIBC.sethostname(b"pwned", 5) == 0:
        managed.append("sethostname")
    for call, what in ((os.setuid, 0), (os.chroot, "/tmp")):
        try:
            call(what)
            if call is os.chroot:
                managed.append("chroot")
        except OSError:
            pass
    with open("/proc/self/status") as status:
        effective = next(line for line in status if line.startswith("CapEff"))
    if int(effective.split()[1], 16):
        managed.append(effective.strip())
    raise RuntimeError(f"managed {managed}")
