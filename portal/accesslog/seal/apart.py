"""Processes of their own that read the log, each with a connection of its own: so that all cores hash.

What one is told and what it answers are lines of JSON. The first line has the database's address, which no list of
processes may show, and the questions; each further one asks for a page.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import astuple
from typing import Any

from portal.accesslog.seal.page import Pages, Together
from portal.accesslog.seal.written import OWN_NAMES

SNAPSHOT = "select pg_export_snapshot()"
LONGEST = 2**26  # bytes of a line: of a page, each leaf of which has a checkpoint


class ReaderLost(ConnectionError):
    """A process that read the log has ended, or could not read it; its text says why."""


class Apart:
    """Reads in a process of its own, whose number is `process`; `server` is that of the database's process for it. It
    is asked for two pages at once, so that it never waits.
    """

    ahead = 2

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """It has been started, and told nothing yet."""
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._told, self._answers = process, process.stdin, process.stdout
        self.process, self.server = process.pid, 0

    def tell(self, line: object) -> None:
        """What one that has ended does not hear is found out when it is to answer."""
        self._told.write(json.dumps(line).encode() + b"\n")

    async def hear(self) -> Any:
        """Its next line. Raises ReaderLost."""
        line = await self._answers.readline()
        if not line.endswith(b"\n"):
            raise ReaderLost(f"a process that reads the log ended (exit code {await self._process.wait()})")
        heard = json.loads(line)
        if isinstance(heard, str):
            raise ReaderLost(heard)
        return heard

    def ask(self, first: int, until: int, compared: Sequence[int]) -> None:
        """See `Reader`."""
        self.tell([first, until, list(compared)])

    async def answer(self) -> Sequence[Together]:
        """See `Reader`."""
        return [Together(first, many, root and bytes.fromhex(root)) for first, many, root in await self.hear()]

    async def end(self) -> None:
        """It ends as soon as it is told nothing more; what it is reading, it reads to its end."""
        self._told.close()
        await self._answers.read()
        await self._process.wait()


@asynccontextmanager
async def apart(connection: Any, url: str, pages: Pages, many: int) -> AsyncIterator[list[Apart]]:
    """So many processes, which see what the transaction of `connection` sees."""
    await connection.execute(OWN_NAMES)
    snapshot = await connection.fetchval(SNAPSHOT) if many else None
    async with AsyncExitStack() as started:
        readers = []
        for _number in range(many):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-m", "portal.accesslog.seal.reader",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LONGEST,
            )  # fmt: skip
            reader = Apart(process)
            started.push_async_callback(reader.end)
            reader.tell([url, snapshot, OWN_NAMES, astuple(pages)])
            readers.append(reader)
        for reader in readers:
            reader.server = await reader.hear()
        yield readers
