"""Generated passwords of the database's roles: one file each, readable by its owner alone."""

import base64
import hashlib
import hmac
import secrets
from pathlib import Path

from portal.operate.errors import OperateError
from portal.own_files import NotAnOwnFile, read_own, write_own

_ITERATIONS = 4096


def password_of(role: str, directory: Path) -> str:
    """Return the password kept for `role` under `directory`, making one the first time. Raises
    OperateError when something else is in its place."""
    kept = directory / f"{role}.password"
    try:
        if (word := read_own(kept)) is None:
            word = secrets.token_urlsafe(32)
            write_own(kept, word)
    except NotAnOwnFile as other:
        raise OperateError(str(other)) from None
    return word.strip()


def scram_verifier(password: str) -> str:
    """Return what PostgreSQL stores for `password` (RFC 5802), so that it never sees the word.

    A password sent inside ALTER ROLE could end up in a server's log.
    """
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS)
    client = hmac.digest(salted, b"Client Key", "sha256")
    server = hmac.digest(salted, b"Server Key", "sha256")
    stored = hashlib.sha256(client).digest()
    salt64, stored64, server64 = (base64.b64encode(b).decode() for b in (salt, stored, server))
    return f"SCRAM-SHA-256${_ITERATIONS}:{salt64}${stored64}:{server64}"
