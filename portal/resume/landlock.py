"""Which files a worker process may open: the interpreter's, the system's fonts, our templates.

Promise: on a kernel with Landlock, a worker cannot read the master keys, passwords or stored documents, whatever a
hostile file makes it run. Nor can it write into, make, move or remove a file. From version 6 it reaches no process
outside itself either. What Landlock does not know, modes and owners and times, `portal.resume.system_calls` refuses.
Before version 3 (Linux 6.2) a file that may be read could still be emptied by opening it so.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION_FLAG, _PATH_BENEATH = 1, 1
# What may be handled from which version of the interface on; a kernel refuses what it does not know.
_FILE_RIGHTS = {
    1: (1 << 13) - 1,  # execute, read, write, make, remove
    2: 1 << 13,  # move between folders
    3: 1 << 14,  # truncate
    5: 1 << 15,  # ioctl on devices
}
_NETWORK_RIGHTS = {4: 0b11}  # bind and connect TCP
_SCOPES = {6: 0b11}  # abstract Unix sockets and signals, of whoever is not confined with it
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc/fonts",
    "/var/cache/fontconfig",
    "/dev/null",
    "/dev/urandom",
)
_OF_USER = (".cache/fontconfig", ".fonts", ".local/share/fonts", ".config/fontconfig")


def readable_places(root: Path) -> list[Path]:
    """What setting type reads: `root` is the project's folder, of which code and templates."""
    home = Path.home()
    interpreter = {sys.prefix, sys.base_prefix, *(p for p in sys.path if "site-packages" in p)}
    candidates = [
        *(Path(place) for place in _SYSTEM),
        *(Path(place) for place in interpreter),
        *(home / place for place in _OF_USER),
        root / "portal",
        root / "templates",
    ]
    return [place for place in candidates if place.exists()]


def handled(version: int) -> bytes:
    """The kernel's structure of everything that version of the interface can take away. Its later
    fields are zero for an older kernel, which then takes the longer structure as it is."""

    def known(table: dict[int, int]) -> int:
        return sum(bits for since, bits in table.items() if since <= version)

    return struct.pack("=QQQ", known(_FILE_RIGHTS), known(_NETWORK_RIGHTS), known(_SCOPES))


def read_only(places: Iterable[Path]) -> bool:
    """From now on this process opens nothing but these places, for reading. False where the
    kernel has no Landlock; the caller must have set no_new_privs before."""
    if sys.platform != "linux":
        return False
    kernel = ctypes.CDLL(None, use_errno=True)
    version: int = kernel.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    if version < 1:
        return False
    rights_taken = handled(version)
    ruleset = kernel.syscall(_CREATE_RULESET, rights_taken, len(rights_taken), 0)
    if ruleset < 0:
        return False
    for place in places:
        rights = _READ_FILE | (_READ_FOLDER if place.is_dir() else 0)
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
        # The kernel's structure is packed: eight bytes of rights, four of handle.
        kernel.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
        os.close(handle)
    restricted: int = kernel.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return restricted == 0
