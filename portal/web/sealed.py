"""A word in an address that only the sign-in it was typed in can read.

Promise: a name that somebody looked for can be come back to. It stands in no address, history or log in a way
that anyone else could read (P9). The key is made from the sign-in's secret, which is kept nowhere
but in the browser's cookie: when the sign-in ends, nobody can read again what was sealed under it.
"""

import base64
import binascii

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP = 64  # bytes; words of nearly the same length are sealed as the same, so that it gives no name away
LONGEST = 4000  # characters of what was sealed: a cookie holds no more


def seal(word: str, secret: str) -> str:
    """The word, readable with this secret alone; letters, digits, - and _."""
    plain = word.encode()
    padded = plain + b"\0" * (-len(plain) % STEP)
    return _cipher(secret).encrypt(padded).decode().rstrip("=")


def unseal(sealed: str, secret: str) -> str | None:
    """The word; None for what was not sealed with this secret."""
    if not sealed or len(sealed) > LONGEST:
        return None
    try:
        return _cipher(secret).decrypt(sealed + "=" * (-len(sealed) % 4)).rstrip(b"\0").decode()
    except (InvalidToken, binascii.Error, ValueError):
        return None


def _cipher(secret: str) -> Fernet:
    key = HKDF(SHA256(), length=32, salt=None, info=b"portal sealed word 1").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
