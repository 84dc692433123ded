"""A box within the box, for one submission: namespaces that hold nothing of the others.

Linux only, as bubblewrap is. The steps and their order are those of user_namespaces(7),
pid_namespaces(7) and capabilities(7).
"""

import ctypes
import os
import re
from pathlib import Path

from autograder.box.kernel import call

# sched.h: cgroup, UTS, IPC, user, process and network namespaces, and that of mounts.
_CLONE_NEW = 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_CLONE_NEW |= 0x00020000
# sys/mount.h
_READ_ONLY, _NO_SETUID, _NO_DEVICES, _NO_PROGRAMS = 1, 2, 4, 8
_BIND, _WITH_ALL_BELOW = 0x1000, 0x4000
# A space, a tab, a line's end and a backslash in a path.
_ESCAPED = re.compile(r"\\([0-7]{3})")
# linux/prctl.h and linux/capability.h
_PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 4, 24
_CAPABILITY_VERSION_3 = 0x20080522


def leave() -> None:
    """Put this process's next child into new namespaces, as the same user as before.

    `OSError` where the machine does not allow it. Only a process of one thread may ask.
    """
    user, group = os.getuid(), os.getgid()
    # What nobody may look into, it may not write to itself.
    call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)
    call("unshare", _CLONE_NEW)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def settle(scratch: list[str], scratch_bytes: int) -> None:
    """In that child: empty `scratch` folders of a bounded size, no /proc, and no rights left."""
    # No namespaces within these, where code would have rights over something again.
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    for folder in scratch:
        _empty(folder, f"mode=755,size={scratch_bytes}")
    # Who stays in the old folder could leave something there for the next.
    os.chdir(os.environ["HOME"])
    for capability in range(int(Path("/proc/sys/kernel/cap_last_cap").read_text()) + 1):
        call("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0)
    # It shows the processes outside.
    _mount_tmpfs("/proc", _NO_SETUID | _NO_DEVICES | _NO_PROGRAMS | _READ_ONLY, "size=4096")
    nothing = (ctypes.c_uint32 * 6)()
    call("capset", (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), nothing)
    hide()


def hide() -> None:
    """Nobody of the same user reads or writes this process's memory, or attaches to it."""
    call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)


def _empty(folder: str, options: str) -> None:
    """Cover it, but for what is mounted below: a Python may be installed in /tmp."""
    before = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    mounted = _mounted_below(Path(folder))
    _mount_tmpfs(folder, _NO_SETUID | _NO_DEVICES, options)
    for path in mounted:
        old = Path(f"/proc/self/fd/{before}", path.relative_to(folder))
        if old.is_dir():
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        call("mount", os.fsencode(old), os.fsencode(path), None, _BIND | _WITH_ALL_BELOW, None)
    os.close(before)


def _mounted_below(folder: Path) -> list[Path]:
    """Where something is mounted below a folder, as proc_pid_mountinfo(5) has it."""
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    points = {
        Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), line.split()[4])) for line in lines
    }
    below = sorted(point for point in points if folder in point.parents)
    return [path for path in below if not set(path.parents) & set(below)]


def _mount_tmpfs(folder: str, flags: int, options: str) -> None:
    call("mount", b"tmpfs", folder.encode(), b"tmpfs", flags, options.encode())
