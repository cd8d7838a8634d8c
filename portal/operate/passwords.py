"""Generated passwords of the database's roles: one file each, readable by its owner alone."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

_ITERATIONS = 4096


def password_of(role: str, directory: Path) -> str:
    """Return the password kept for `role` under `directory`, making one the first time.

    The file is created with mode 0600 under another name and moved into place, so that nobody
    reads it early and a crash leaves no empty password.
    """
    kept = directory / f"{role}.password"
    if not kept.exists():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = directory / f".{role}.password.{os.getpid()}"
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        partial.rename(kept)
    return kept.read_text().strip()


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
