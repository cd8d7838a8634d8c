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
    if (word := kept_password(role, directory)) is not None:
        return word
    word = secrets.token_urlsafe(32)
    try:
        write_own(_file(role, directory), word)
    except NotAnOwnFile as other:
        raise OperateError(str(other)) from None
    return word


def kept_password(role: str, directory: Path) -> str | None:
    """Return the password kept for `role` under `directory`, None when there is none. Raises
    OperateError when something else is in its place."""
    try:
        word = read_own(_file(role, directory))
    except NotAnOwnFile as other:
        raise OperateError(str(other)) from None
    return None if word is None else word.strip()


def _file(role: str, directory: Path) -> Path:
    return directory / f"{role}.password"


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
