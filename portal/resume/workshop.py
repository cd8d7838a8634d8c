"""What a download takes: the workers, the PDFs made a moment ago, the store and its keys."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from portal.disclosure.receipts.attached import Place
from portal.documents.sealing import MasterKeys, WrappedKey
from portal.documents.store import ObjectStore, StoreError
from portal.resume.cache import PdfCache
from portal.resume.confine import Limits
from portal.resume.launcher import Launcher
from portal.resume.make import resume_pdf, stamped
from portal.resume.pool import PoolSettings, RenderPool
from portal.resume.request import ResumeRequest
from portal.resume.stamp import Stamp
from portal.settings import Settings
from portal.turns import Turns

# Downloads that may wait to be made: for one account, for one company, in all.
WAITING_OF_ONE, WAITING_OF_COMPANY, WAITING = 8, 24, 100


@dataclass(frozen=True, slots=True)
class Sealed:
    """A stored file as the gate hands it out: where it lies, whose it is, the key that opens it, what must come out."""

    object_key: str
    candidate_id: UUID
    key: WrappedKey
    content_digest: bytes


@dataclass(frozen=True, slots=True)
class Workshop:
    """Made by `open_workshop`."""

    pool: RenderPool
    turns: Turns
    cache: PdfCache
    store: ObjectStore
    keys: MasterKeys

    async def content(self, file: Sealed) -> bytes:
        """The file's bytes. Raises StoreError or SealError when they are missing, or not the ones that were stored."""
        sealed = await self.store.get(file.object_key)
        content = self.keys.unwrap(file.key, str(file.candidate_id)).unseal(file.object_key, sealed)
        if hashlib.sha256(content).digest() != file.content_digest:
            raise StoreError("a stored file is not the one that was recorded; restore it from a backup")
        return content

    async def resume(self, request: ResumeRequest, stamp: Stamp) -> tuple[bytes, Place]:
        """The resume with its stamp, and where in it its receipt goes. Raises WorkFailed."""
        return await stamped(self.pool, self.cache, await resume_pdf(self.pool, self.cache, request), stamp)

    async def stamped(self, pdf: bytes, stamp: Stamp) -> tuple[bytes, Place]:
        """A stored PDF with its stamp, and where in it its receipt goes. Raises WorkFailed."""
        return await stamped(self.pool, self.cache, pdf, stamp)


@asynccontextmanager
async def open_workshop(settings: Settings, launcher: Launcher | None = None) -> AsyncIterator[Workshop]:
    """Start the workers and open store and keys, for as long as the block runs. A given launcher outlives it."""
    megabytes = settings.render_memory_mb
    pool = RenderPool(
        PoolSettings(
            workers=settings.render_workers,
            seconds_per_task=settings.render_seconds,
            limits=Limits(memory_bytes=megabytes * 1024 * 1024),
        ),
        launcher,
    )
    pool.start()
    try:
        keys = MasterKeys.open(settings.master_key_folder)
        turns = Turns(settings.render_workers, of_one=WAITING_OF_ONE, of_group=WAITING_OF_COMPANY, of_all=WAITING)
        yield Workshop(pool, turns, PdfCache(), ObjectStore.open(settings.store_url), keys)
    finally:
        await pool.stop()
