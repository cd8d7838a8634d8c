"""Which files a worker process may open: the interpreter's, the system's fonts, our templates.

Promise: on a kernel with Landlock, a worker cannot read the master keys, the database's passwords
or a stored document, and cannot write anywhere, whatever a hostile file makes it run.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_ALL_FILE_RIGHTS = (1 << 13) - 1  # version 1 of the interface: execute, read, write, make, remove
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


def read_only(places: Iterable[Path]) -> bool:
    """From now on this process opens nothing but these places, for reading. False where the
    kernel has no Landlock; the caller must have set no_new_privs before."""
    if sys.platform != "linux":
        return False
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG) < 1:
        return False
    handled = struct.pack("Q", _ALL_FILE_RIGHTS)
    ruleset = kernel.syscall(_CREATE_RULESET, handled, len(handled), 0)
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
