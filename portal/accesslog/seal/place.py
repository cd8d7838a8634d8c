"""Where the log is published: a folder, a bucket or, for whoever reads it, an address. Nothing in it is a secret.

Promise: an object is whole or absent, also when a disk is full.
"""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, from_url
from obstore.store import ObjectStore as AnyStore

from portal.local_files import clear, settle

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class PlaceError(Exception):
    """The place did not do what was asked; the message says what failed."""


class Place:
    """A place by its address: file:///folder, s3://bucket/prefix, https://host/path and what else obstore knows."""

    def __init__(self, store: AnyStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def open(cls, address: str, *, making: bool = False) -> "Place":
        """The place at an address, or of a folder's path; a folder is made when `making`. Raises PlaceError."""
        parts = urlsplit(address)
        if parts.scheme in ("", "file"):
            folder = Path(address.removeprefix("file://")).absolute()
            if making:
                folder.mkdir(mode=0o750, parents=True, exist_ok=True)
            if not folder.is_dir():
                raise PlaceError(f"There is no folder {folder}.")
            return cls(LocalStore(folder), folder)
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise PlaceError(f"{address}: http is for this machine alone; use https.")
        options = {"allow_http": True} if parts.scheme == "http" else {}
        try:
            return cls(from_url(address, client_options=options))  # type: ignore[call-overload]  # one for each kind of store
        except (BaseError, ValueError) as error:
            raise PlaceError(f"{address} is no place that can be read: {type(error).__name__}.") from error

    async def read(self, name: str) -> bytes | None:
        """The object, or None when there is none. Raises PlaceError."""
        try:
            return bytes(await (await obstore.get_async(self._store, name)).bytes_async())
        except (NotFoundError, FileNotFoundError):
            return None
        except (BaseError, OSError) as error:
            raise PlaceError(f"{name} cannot be read: {type(error).__name__}.") from error

    async def write(self, name: str, content: bytes) -> None:
        """Put the object there, in place of an earlier one of the name. Raises PlaceError."""
        try:
            await obstore.put_async(self._store, name, content, use_multipart=False)
            if self._folder is not None:
                await asyncio.to_thread(settle, self._folder / name)
        except (BaseError, OSError) as error:
            if self._folder is not None:
                await asyncio.to_thread(clear, self._folder / name)
            raise PlaceError(f"{name} cannot be written: {type(error).__name__}. Is there room?") from error

    async def forget(self, folder: str) -> None:
        """Remove what lies in a folder. Raises PlaceError."""
        try:
            if names := [one["path"] for one in await obstore.list(self._store, folder).collect_async()]:
                await obstore.delete_async(self._store, names)
            if self._folder is not None and (self._folder / folder).is_dir():
                (self._folder / folder).rmdir()
        except (BaseError, OSError) as error:
            raise PlaceError(f"{folder} cannot be removed: {type(error).__name__}.") from error
