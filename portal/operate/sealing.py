"""The worker seals the log: what is committed gets its leaf and its checkpoint within seconds."""

import asyncio
from urllib.parse import urlsplit

import asyncpg
import structlog

from portal import waiting
from portal.accesslog.seal.document import UnknownSchema
from portal.accesslog.seal.keys import KeyMissing
from portal.accesslog.seal.note import NoteWrong
from portal.accesslog.seal.sealer import seal
from portal.own_files import NotAnOwnFile
from portal.settings import Settings

EVERY = 2.0  # seconds
LONGEST_PAUSE = 60.0
CANNOT = (
    KeyMissing,
    NoteWrong,
    NotAnOwnFile,
    UnknownSchema,
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)
log = structlog.get_logger()


async def work(url: str, settings: Settings, stopping: asyncio.Event) -> None:
    """Seal as portal_worker until told to stop. What is in the way is logged, and it is tried again."""

    async def sealing(well: waiting.Well) -> None:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            while not stopping.is_set():
                if done := await seal(connection, settings.log_key_folder, log_name(settings)):
                    log.info("sealed", count=done)
                well()
                await waiting.pause(stopping, EVERY)
        finally:
            connection.terminate()

    def failed(error: Exception, seconds: float) -> None:
        log.error("not_sealed", kind=type(error).__name__, seconds=seconds)

    await waiting.keep_on(sealing, stopping, CANNOT, failed, shortest=EVERY, longest=LONGEST_PAUSE)


def log_name(settings: Settings) -> str:
    """What a new key of the log is for: where the portal is reached, without what a name of a note may not hold."""
    return f"{urlsplit(settings.base_url).netloc}/log".replace("+", "-").replace(" ", "-")
