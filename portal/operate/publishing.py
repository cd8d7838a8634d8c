"""The worker publishes what is sealed, and looks at what the witnesses say of it.

It stands beside the sealing, not in it: a place that is full or away delays no seal.
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import asyncpg
import structlog

from portal import waiting
from portal.accesslog.seal.cosignature import Witness
from portal.accesslog.seal.note import NoteWrong, read
from portal.accesslog.seal.place import Place, PlaceError
from portal.accesslog.seal.publish import CHECKPOINT, NotContinued, Publisher
from portal.operate.errors import OperateError
from portal.settings import Settings

EVERY = 2.0  # seconds
WITNESSES_EVERY = 10.0
LONGEST_PAUSE = 60.0
CANNOT = (PlaceError, OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
AT = "select root, note from gate.checkpoint_at($1)"
FAILED = "select gate.note_publication(null, $1)"
NOTED = "select gate.note_witness($1, $2, $3, $4, $5, $6)"
KEPT = "select gate.keep_witnesses($1, $2)"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asked:
    """A witness, and where it publishes what it cosigned."""

    witness: Witness
    place: str


def witnesses(settings: Settings) -> list[Asked]:
    """The witnesses that the settings name. Raises OperateError."""
    found = []
    for each in settings.log_witnesses:
        key, place = each.split()
        try:
            found.append(Asked(Witness.read(key), place))
        except NoteWrong as error:
            raise OperateError(f"PORTAL_LOG_WITNESSES: {error}") from error
    return found


async def work(url: str, settings: Settings, stopping: asyncio.Event) -> None:
    """Publish as portal_worker until told to stop. What is in the way is logged, and it is tried again."""
    asked = witnesses(settings)

    async def publishing(well: waiting.Well) -> None:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            await connection.execute(KEPT, [one.witness.name for one in asked], settings.log_witnesses_needed)
            publisher, looked = Publisher(Place.open(settings.log_published_url, making=True)), 0.0
            while not stopping.is_set():
                await _publish(connection, publisher)
                if looked + WITNESSES_EVERY <= time.monotonic():
                    looked = time.monotonic()
                    for one in asked:
                        await look(connection, one)
                well()
                await waiting.pause(stopping, EVERY)
        finally:
            connection.terminate()

    def failed(error: Exception, seconds: float) -> None:
        log.error("not_published", kind=type(error).__name__, seconds=seconds)

    await waiting.keep_on(publishing, stopping, CANNOT, failed, shortest=EVERY, longest=LONGEST_PAUSE)


async def _publish(connection: Any, publisher: Publisher) -> None:
    try:
        if done := await publisher.publish(connection):
            log.info("published", count=done)
    except (NotContinued, NoteWrong) as error:
        log.error("not_published", kind=type(error).__name__, said=str(error))
        await connection.execute(FAILED, "not_continued")
    except PlaceError:
        await connection.execute(FAILED, "place")
        raise


async def look(connection: Any, asked: Asked) -> None:
    """Look at what one witness cosigned, and keep it: its line only when its checkpoint is one of this log's."""
    witness, state, size, at, line = asked.witness, "away", None, None, None
    try:
        content = await Place.open(asked.place).read(CHECKPOINT)
        state = "nothing"
        if content is not None:
            note = content.decode(errors="replace")
            checkpoint = read(note)
            if found := witness.cosigned(checkpoint, note.partition("\n\n")[2]):
                ours = await connection.fetchrow(AT, checkpoint.size)
                same = ours is not None and bytes(ours["root"]) == checkpoint.root
                state, size, at = "cosigned" if same else "disagrees", checkpoint.size, found[0]
                line = f"{found[1]}\n" if same else None
    except (PlaceError, NoteWrong) as error:
        log.warning("witness_away", witness=witness.name, kind=type(error).__name__)
    if state == "disagrees":
        log.error("witness_disagrees", witness=witness.name, size=size)
    moment = None if at is None else datetime.fromtimestamp(at, UTC)
    await connection.execute(NOTED, witness.name, witness.text, state, size, moment, line)
