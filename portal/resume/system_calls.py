"""Which system calls a worker may not make, as the program that the kernel's seccomp filter runs.

Promise: no socket, no program, no second process, no look into another one, no signal to one and no say in
its place or priority, no channel to one that is not there already, no notice of what happens to files, and
no change to any file's length, mode, owner, times or attributes; each fails with EPERM. A call of another
architecture ends the process.
"""

import struct

# By name: the numbers on x86-64 and on ARM64, which never had the older forms of some calls.
_FORBIDDEN: dict[str, tuple[int | None, int | None]] = {
    # the network and other programs
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "socketpair": (53, 199),
    "execve": (59, 221),
    "execveat": (322, 281),
    # a second process, which would outlive the limits of the first
    "fork": (57, None),
    "vfork": (58, None),
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "process_madvise": (440, 440),
    "pidfd_open": (434, 434),
    "kcmp": (312, 272),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    # channels to them: System V's, message queues, the kernel's keys
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semtimedop": (220, 192),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # what happens to files elsewhere
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "inotify_add_watch": (254, 27),
    "fanotify_init": (300, 262),
    # memory that can be handed on, or run, as a file
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # the kernel, and ways around this filter
    "io_uring_setup": (425, 425),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "unshare": (272, 97),
    "setns": (308, 268),
    "chroot": (161, 51),
    "pivot_root": (155, 41),
    "mount": (165, 40),
    "umount2": (166, 39),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    # a file's length
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    # its mode and owner
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    # its extended attributes and flags
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    # its times
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
}

# Allowed when the first argument is the worker's own process: it may end itself, as abort() does.
_AT_ITSELF = {"x86_64": (62, 200, 234), "aarch64": (129, 130, 131)}  # kill, tkill, tgkill
_PRLIMIT = {"x86_64": 302, "aarch64": 261}  # process 0 is whoever asks
_IOCTL = {"x86_64": 16, "aarch64": 29}
# Is this a terminal (two forms), how much is there to read, whether to wait, whether a child keeps it.
# Others change a file's flags or halt a whole file system, through a file opened for reading.
_HARMLESS_REQUESTS = (0x5401, 0x802C542A, 0x541B, 0x5421, 0x5450, 0x5451)

# A descriptor's own matters and locks. Others have the kernel signal a process when something comes in.
_FCNTL = {"x86_64": 72, "aarch64": 25}
_HARMLESS_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
# A thread of this process, and nothing else; the newer call keeps its flags where a filter cannot look, so
# that it is said not to exist, and the C library takes the older one.
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3, _CLONE_THREAD = 435, 0x00010000

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _JUMP_IF_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _REFUSE, _UNKNOWN = 0x7FFF0000, 0x80000000, 0x00050000 | 1, 0x00050000 | 38  # EPERM, ENOSYS
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET, _ARGUMENTS_OFFSET = 0, 4, 16
_X32_BIT = 0x40000000

Step = tuple[int, int, int, int]


def supported(machine: str) -> bool:
    """Whether there is a filter for this kind of processor."""
    return machine in _ARCHITECTURES


def filter_program(machine: str, process: int) -> bytes:
    """The filter for `process`, which installs it itself."""
    column = list(_ARCHITECTURES).index(machine)
    steps: list[Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE_OFFSET),
        (_JUMP_IF_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_OFFSET),
        (_JUMP_IF_AT_LEAST, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _REFUSE),
    ]
    for numbers in _FORBIDDEN.values():
        if (number := numbers[column]) is not None:
            steps += [(_JUMP_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    for number in _AT_ITSELF[machine]:
        steps += _only(number, 0, (process,))
    steps += _only(_PRLIMIT[machine], 0, (0, process))
    steps += _only(_IOCTL[machine], 1, _HARMLESS_REQUESTS)
    steps += _only(_FCNTL[machine], 1, _HARMLESS_COMMANDS)
    steps += [(_JUMP_IF_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _UNKNOWN)]
    steps += [
        (_JUMP_IF_EQUAL, 0, 4, _CLONE[machine]),
        (_LOAD, 0, 0, _ARGUMENTS_OFFSET),
        (_JUMP_IF_SET, 0, 1, _CLONE_THREAD),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    steps.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _only(number: int, argument: int, values: tuple[int, ...]) -> list[Step]:
    """This call with one of these values alone. The lower half of the argument is looked at, which is
    all that the kernel takes of a process's number or a request."""
    return [
        (_JUMP_IF_EQUAL, 0, len(values) + 3, number),
        (_LOAD, 0, 0, _ARGUMENTS_OFFSET + 8 * argument),
        *((_JUMP_IF_EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
