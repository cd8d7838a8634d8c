"""The object store: sealed bytes under random ids, in a local folder or any store obstore knows.

Promise: an object is whole or absent. `put` returns only after the bytes were read back equal, and
when it fails nothing is left under the id.
"""

import asyncio
import contextlib
import hashlib
import re
from pathlib import Path

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, from_url
from obstore.store import ObjectStore as AnyStore

from portal.local_files import clear, settle

_ID = re.compile(r"[0-9a-f]{4}[0-9a-f-]{4,60}", re.ASCII)
_FULL = ("No space left", "os error 28", "File too large", "os error 27", "quota", "os error 122")


class StoreError(Exception):
    """The object store did not do what was asked; nothing half-written is left."""


class StoreFull(StoreError):
    """There is no room. Free some or give the store more, then try again."""


class ObjectMissing(StoreError):
    """No object is stored under this id."""


class ObjectStore:
    """Ids are lower-case hexadecimal, hyphens allowed, such as a UUID."""

    def __init__(self, store: AnyStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def open(cls, place: str | Path) -> "ObjectStore":
        """A folder (made if absent, mode 0700) or a URL such as "s3://bucket/prefix"."""
        if isinstance(place, str) and "://" in place and not place.startswith("file://"):
            return cls(from_url(place))
        folder = Path(str(place).removeprefix("file://")).absolute()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(LocalStore(folder), folder)

    async def put(self, object_id: str, sealed: bytes) -> None:
        """Stores the bytes and reads them back. StoreFull or StoreError when that fails."""
        path = _path(object_id)
        try:
            await obstore.put_async(self._store, path, sealed, use_multipart=False)
            await self._settle(path)
            stored = await self._read(path)
        except (BaseError, OSError) as error:
            await self._withdraw(path)
            raise _explained(error) from error
        if hashlib.sha256(stored).digest() != hashlib.sha256(sealed).digest():
            await self._withdraw(path)
            raise StoreError("an object was not stored as it was given; check the store's disk")

    async def get(self, object_id: str) -> bytes:
        """The bytes. ObjectMissing or StoreError."""
        try:
            return await self._read(_path(object_id))
        except NotFoundError:
            raise ObjectMissing(f"no object {object_id} in the store") from None
        except FileNotFoundError:
            raise ObjectMissing(f"no object {object_id} in the store") from None
        except (BaseError, OSError) as error:
            raise _explained(error) from error

    async def delete(self, object_id: str) -> None:
        """Removes the object; one that is not there is removed already. StoreError otherwise."""
        try:
            await obstore.delete_async(self._store, _path(object_id))
        except (NotFoundError, FileNotFoundError):
            return
        except (BaseError, OSError) as error:
            raise _explained(error) from error

    async def _read(self, path: str) -> bytes:
        result = await obstore.get_async(self._store, path)
        return bytes(await result.bytes_async())

    async def _withdraw(self, path: str) -> None:
        with contextlib.suppress(BaseError, OSError):
            await obstore.delete_async(self._store, path)
        if self._folder is not None:
            await asyncio.to_thread(clear, self._folder / path)

    async def _settle(self, path: str) -> None:
        """A local folder's file is on the disk, not only in memory, before it counts as stored."""
        if self._folder is not None:
            await asyncio.to_thread(settle, self._folder / path)


def _path(object_id: str) -> str:
    if not _ID.fullmatch(object_id):
        raise ValueError("an object's id is lower-case hexadecimal, such as a UUID")
    return f"{object_id[:2]}/{object_id[2:4]}/{object_id}"


def _explained(error: Exception) -> StoreError:
    if any(sign in str(error) for sign in _FULL):
        return StoreFull("the object store is full: free some room, then try again")
    return StoreError(f"the object store failed ({type(error).__name__}); see its own log")
