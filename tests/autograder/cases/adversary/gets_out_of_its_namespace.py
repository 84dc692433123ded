# exercise: sparsity
# expect: error
# says: managed []
import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000


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
    capabilities = (ctypes.c_uint32 * 6)()
    if LIBC.capget((ctypes.c_uint32 * 2)(0x20080522, 0), capabilities) or any(capabilities):
        managed.append("capabilities")
    if LIBC.unshare(CLONE_NEWNS) == 0 or LIBC.unshare(CLONE_NEWUSER) == 0:
        managed.append("unshare")
    if os.path.exists("/proc/self"):
        managed.append("proc")
    raise RuntimeError(f"managed {managed}")
