"""Which system calls a worker may not make, as the program that the kernel's seccomp filter runs.

Promise: each of these fails with EPERM. A socket, a program or a second process; a look into another process,
a signal to it, a say in its place or priority, a new channel to it. Notice of what happens to files, and any
change to a file's length, mode, owner, times or attributes. A call that is newer
than libseccomp, which nobody could name here, is said not to exist. A call of another architecture ends
the process.
"""

import errno
import struct

from portal.resume.seccomp import newest, number

_FORBIDDEN = (
    # the network and other programs
    "socket",
    "connect",
    "bind",
    "listen",
    "sendto",
    "sendmsg",
    "sendmmsg",
    "socketpair",
    "execve",
    "execveat",
    # a second process, which would outlive the limits of the first
    "fork",
    "vfork",
    # other processes
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "pidfd_getfd",
    "pidfd_send_signal",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "process_madvise",
    "pidfd_open",
    "kcmp",
    "migrate_pages",
    "move_pages",
    "setpriority",
    "ioprio_set",
    "sched_setparam",
    "sched_setscheduler",
    "sched_setaffinity",
    "sched_setattr",
    # channels to them: System V's, message queues, the kernel's keys
    "shmget",
    "shmat",
    "shmctl",
    "semget",
    "semop",
    "semtimedop",
    "semctl",
    "msgget",
    "msgsnd",
    "msgrcv",
    "msgctl",
    "mq_open",
    "mq_unlink",
    "add_key",
    "request_key",
    "keyctl",
    # what happens to files elsewhere
    "inotify_init",
    "inotify_init1",
    "inotify_add_watch",
    "fanotify_init",
    # memory that can be handed on, or run, as a file
    "memfd_create",
    "memfd_secret",
    # the kernel, and ways around this filter
    "io_uring_setup",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "unshare",
    "setns",
    "chroot",
    "pivot_root",
    "mount",
    "umount2",
    "open_tree",
    "move_mount",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    # a file's length
    "truncate",
    "ftruncate",
    # its mode and owner
    "chmod",
    "fchmod",
    "fchmodat",
    "fchmodat2",
    "chown",
    "fchown",
    "lchown",
    "fchownat",
    # its extended attributes and flags
    "setxattr",
    "lsetxattr",
    "fsetxattr",
    "setxattrat",
    "removexattr",
    "lremovexattr",
    "fremovexattr",
    "removexattrat",
    "file_setattr",
    # its times
    "utime",
    "utimes",
    "futimesat",
    "utimensat",
)

# Allowed when the first argument is the worker's own process: it may end itself, as abort() does.
_AT_ITSELF = ("kill", "tkill", "tgkill")
# Is this a terminal (two forms), how much is there to read, whether to wait, whether a child keeps it.
# Others change a file's flags or halt a whole file system, through a file opened for reading.
_HARMLESS_REQUESTS = (0x5401, 0x802C542A, 0x541B, 0x5421, 0x5450, 0x5451)
# A descriptor's own matters and locks. Others have the kernel signal a process when something comes in.
_HARMLESS_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
# `clone` may make a thread of this process, and nothing else. `clone3` keeps its flags where a filter cannot look,
# so that it is said not to exist, and the C library takes the older one.
_CLONE_THREAD = 0x00010000

_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_ABOVE, _JUMP_IF_SET, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_REFUSE, _UNKNOWN = _ERROR | errno.EPERM, _ERROR | errno.ENOSYS
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET, _ARGUMENTS_OFFSET = 0, 4, 16

Step = tuple[int, int, int, int]


def filter_program(architecture: int, process: int) -> bytes:
    """The filter for `process`, which installs it itself. Raises OSError where libseccomp is not installed."""
    steps: list[Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE_OFFSET),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_OFFSET),
        (_JUMP_IF_ABOVE, 0, 1, newest(architecture)),  # the x32 form of calls too
        (_RETURN, 0, 0, _UNKNOWN),
    ]
    for name in _FORBIDDEN:
        steps += _answered(number(name, architecture), [(_RETURN, 0, 0, _REFUSE)])
    for name in _AT_ITSELF:
        steps += _answered(number(name, architecture), _only(0, (process,)))
    steps += _answered(number("prlimit64", architecture), _only(0, (0, process)))  # 0 is whoever asks
    steps += _answered(number("ioctl", architecture), _only(1, _HARMLESS_REQUESTS))
    steps += _answered(number("fcntl", architecture), _only(1, _HARMLESS_COMMANDS))
    steps += _answered(number("clone3", architecture), [(_RETURN, 0, 0, _UNKNOWN)])
    steps += _answered(number("clone", architecture), _thread_alone())
    steps.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _answered(number: int | None, answer: list[Step]) -> list[Step]:
    """This call with that answer; nothing where there is no such call."""
    return [] if number is None else [(_JUMP_IF_EQUAL, 0, len(answer), number), *answer]


def _only(argument: int, values: tuple[int, ...]) -> list[Step]:
    """With one of these values alone. The lower half of the argument is looked at, which is all that the
    kernel takes of a process's number or a request."""
    return [
        (_LOAD, 0, 0, _ARGUMENTS_OFFSET + 8 * argument),
        *((_JUMP_IF_EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _thread_alone() -> list[Step]:
    return [
        (_LOAD, 0, 0, _ARGUMENTS_OFFSET),
        (_JUMP_IF_SET, 0, 1, _CLONE_THREAD),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
