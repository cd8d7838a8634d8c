"""Sealing of documents: one data key per candidate, wrapped by the master key.

Promise: without the candidate's wrapped key nobody can read the sealed bytes. So destroying that key is erasure,
wherever copies of the bytes may be. A sealed object moved to another candidate or another place does not open.
AES-256-GCM throughout, a random nonce for each sealing.
"""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
_FORMAT = b"SK1"
_KEY_FILE = re.compile(r"master-(\d{4})\.key", re.ASCII)


class SealError(Exception):
    """A key or a sealed object cannot be used; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A candidate's data key as it is stored. `master_id` says which master key wraps it."""

    master_id: str
    wrapped: bytes


class DataKey:
    """A candidate's opened data key; kept in memory for one unit of work."""

    __slots__ = ("_candidate", "_cipher")

    def __init__(self, key: bytes, candidate_id: str) -> None:
        self._cipher = AESGCM(key)
        self._candidate = candidate_id

    def __repr__(self) -> str:
        return "DataKey(...)"

    def seal(self, object_id: str, content: bytes) -> bytes:
        """The content, sealed for this candidate and this object only."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        bound = _bound(b"object", self._candidate, object_id)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, content, bound)

    def unseal(self, object_id: str, sealed: bytes) -> bytes:
        """The content. SealError when the bytes are damaged, cut, or not this object's."""
        if not sealed.startswith(_FORMAT) or len(sealed) < len(_FORMAT) + NONCE_BYTES + 16:
            raise SealError(f"object {object_id} is not a sealed object, or was cut short")
        nonce = sealed[len(_FORMAT) : len(_FORMAT) + NONCE_BYTES]
        bound = _bound(b"object", self._candidate, object_id)
        try:
            return self._cipher.decrypt(nonce, sealed[len(_FORMAT) + NONCE_BYTES :], bound)
        except InvalidTag:
            raise SealError(
                f"object {object_id} does not open with its candidate's key: it was changed, "
                "moved or damaged; restore it from a backup of the object store"
            ) from None


class MasterKeys:
    """The master keys of a folder of mode 0700, in files of mode 0600; the newest one wraps."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys.values()):
            raise SealError(f"a master key is exactly {KEY_BYTES} bytes, and there is at least one")
        self._keys = dict(keys)

    def __repr__(self) -> str:
        return f"MasterKeys({sorted(self._keys)})"

    @property
    def current(self) -> str:
        """The id of the key that wraps new data keys."""
        return max(self._keys)

    @classmethod
    def open(cls, folder: Path) -> "MasterKeys":
        """The keys in `folder`; makes the folder and a first key where there is none. SealError
        when a key file is of the wrong size or others could read it."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys = {}
        for path in sorted(folder.iterdir()):
            named = _KEY_FILE.fullmatch(path.name)
            if named:
                keys[named[1]] = _read_key(path)
        return cls(keys) if keys else cls.add(folder)

    @classmethod
    def add(cls, folder: Path) -> "MasterKeys":
        """Adds a new key, which wraps from now on; the older ones stay to open what they wrap."""
        numbers = [int(found[1]) for p in folder.iterdir() if (found := _KEY_FILE.fullmatch(p.name))]
        path = folder / f"master-{max(numbers, default=0) + 1:04}.key"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        return cls.open(folder)

    def new_data_key(self, candidate_id: str) -> tuple[DataKey, WrappedKey]:
        """A fresh data key, and the form of it to store."""
        key = secrets.token_bytes(KEY_BYTES)
        return DataKey(key, candidate_id), self._wrap(key, candidate_id)

    def unwrap(self, stored: WrappedKey, candidate_id: str) -> DataKey:
        """The data key. SealError when its master key is missing or it is another candidate's."""
        return DataKey(self._opened(stored, candidate_id), candidate_id)

    def rewrap(self, stored: WrappedKey, candidate_id: str) -> WrappedKey:
        """The same data key under the current master key, for a rotation."""
        return self._wrap(self._opened(stored, candidate_id), candidate_id)

    def _wrap(self, key: bytes, candidate_id: str) -> WrappedKey:
        nonce = secrets.token_bytes(NONCE_BYTES)
        bound = _bound(b"data key", candidate_id, self.current)
        wrapped = nonce + AESGCM(self._keys[self.current]).encrypt(nonce, key, bound)
        return WrappedKey(self.current, wrapped)

    def _opened(self, stored: WrappedKey, candidate_id: str) -> bytes:
        master = self._keys.get(stored.master_id)
        if master is None:
            raise SealError(f"master key {stored.master_id} is missing: put its file back into the key folder")
        nonce, sealed = stored.wrapped[:NONCE_BYTES], stored.wrapped[NONCE_BYTES:]
        bound = _bound(b"data key", candidate_id, stored.master_id)
        try:
            return AESGCM(master).decrypt(nonce, sealed, bound)
        except (InvalidTag, ValueError):
            raise SealError(
                f"a data key does not open with master key {stored.master_id}: it was changed, "
                "or belongs to someone else"
            ) from None


def _bound(kind: bytes, *parts: str) -> bytes:
    """Associated data; each part carries its length, so that no two lists of parts are equal."""
    encoded = [kind, *(part.encode() for part in parts)]
    return b"shokai" + b"".join(len(part).to_bytes(4) + part for part in encoded)


def _read_key(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise SealError(f"others can read {path.name}: chmod 600 it, and consider a new master key")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SealError(f"{path.name} is {len(key)} bytes, not {KEY_BYTES}: restore it")
    return key
