"""The keys that sign receipts, in a folder of the web process's own. The newest signs; older ones stay.

A file holds one key on P-256 as PEM. It is of no use elsewhere: what it signs says that it is a receipt.
"""

import os
import re
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal.own_files import read_own, write_own

_FILE = re.compile(r"receipt-(\d{4})\.key", re.ASCII)


def all_keys(folder: Path) -> list[bytes]:
    """The private keys as PEM, the newest first; none when there are none. Raises NotAnOwnFile."""
    found = sorted((path for path in _listed(folder) if _FILE.fullmatch(path.name)), reverse=True)
    return [text.encode() for path in found if (text := read_own(path)) is not None]


def newest(folder: Path) -> bytes:
    """The key that signs; made when there is none. Raises NotAnOwnFile."""
    return next(iter(all_keys(folder)), None) or add(folder)


def add(folder: Path) -> bytes:
    """A new key, which signs from now on. Of two processes that make one at the same time both take the first."""
    numbers = [int(found[1]) for path in _listed(folder) if (found := _FILE.fullmatch(path.name))]
    made = folder / f".new-{secrets.token_hex(8)}"
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_own(made, pem.decode())
    try:
        os.link(made, folder / f"receipt-{max(numbers, default=0) + 1:04}.key")
    except FileExistsError:
        return all_keys(folder)[0]
    finally:
        made.unlink()
    return pem


def _listed(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
