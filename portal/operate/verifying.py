"""The worker verifies the whole log when compliance asks for it, and once a day. What was cut off is gone on with."""

import asyncio
from typing import Any

import asyncpg
import structlog

from portal import waiting
from portal.accesslog.seal.keys import PUBLIC
from portal.accesslog.seal.note import NoteWrong, Verifier
from portal.accesslog.seal.questions import AS_WORKER
from portal.accesslog.seal.tree import Tree
from portal.accesslog.seal.verify import Needed, verify
from portal.operate.publishing import witnesses
from portal.own_files import NotAnOwnFile, read_own
from portal.settings import Settings

EVERY = 2.0  # seconds
PAGE = 2_000  # the sealing waits for no longer than this many take
LONGEST_PAUSE = 60.0
# OverflowError: a moment that Python has none for, which only somebody who edits the database can have written.
CANNOT = (OSError, TimeoutError, OverflowError, NotAnOwnFile, asyncpg.PostgresError, asyncpg.InterfaceError)
PLAN = "select gate.plan_verification()"
TO_DO = "select * from gate.verification_to_do()"
NOTED = "select gate.note_verification($1, $2, $3)"
ENDED = "select gate.end_verification($1, $2, $3, $4, $5, $6)"
log = structlog.get_logger()


async def work(url: str, settings: Settings, stopping: asyncio.Event) -> None:
    """Verify as portal_worker what is asked for, until told to stop."""

    async def verifying(well: waiting.Well) -> None:
        async with asyncpg.create_pool(url, min_size=1, max_size=2, timeout=10) as pool:
            while not stopping.is_set():
                await pool.execute(PLAN)
                await verify_next(pool, settings)
                well()
                await waiting.pause(stopping, EVERY)

    def failed(error: Exception, seconds: float) -> None:
        log.error("not_verified", kind=type(error).__name__, seconds=seconds)

    await waiting.keep_on(verifying, stopping, CANNOT, failed, shortest=EVERY, longest=LONGEST_PAUSE)


async def verify_next(pool: asyncpg.Pool, settings: Settings) -> bool:
    """Do the verification that is asked for, if any is: whether one was done."""
    asked = await pool.fetchrow(TO_DO)
    if asked is None:
        return False
    known = _key(settings)
    if known is None:
        await pool.execute(ENDED, asked["id"], "not_done", 0, [], [], None)
        return True
    begun = Tree(asked["done"], [bytes(edge) for edge in asked["edges"]])
    await _verify(pool, settings, known, asked["id"], begun)
    return True


async def _verify(pool: asyncpg.Pool, settings: Settings, known: Verifier, number: Any, begun: Tree) -> None:
    async def told(tree: Tree) -> None:
        await pool.execute(NOTED, number, tree.size, tree.edges)

    needed = Needed(tuple(one.witness for one in witnesses(settings)), settings.log_witnesses_needed)
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        found = await verify(
            connection, known, told=told, witnesses=needed, asked=AS_WORKER, begun=begun, page=PAGE
        )  # fmt: skip
    kinds = [fault.kind for fault in found.wrong]
    numbers = [-1 if fault.number is None else fault.number for fault in found.wrong]
    await pool.execute(ENDED, number, "wrong" if kinds else "whole", found.size, kinds, numbers, found.cosigned)
    log.info("verified", count=found.size, faults=len(kinds))


def _key(settings: Settings) -> Verifier | None:
    text = read_own(settings.log_key_folder / PUBLIC)
    try:
        return None if text is None else Verifier.read(text)
    except NoteWrong:
        return None
