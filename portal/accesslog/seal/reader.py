"""A process that reads pages of the log for `portal.accesslog.seal.apart`, which says what is told and answered."""

import asyncio
import gc
import json
import signal
import sys
from contextlib import suppress
from typing import Any

import asyncpg

from portal.accesslog.seal.page import Pages, Together, hash_what_is_written, read_page


async def read() -> None:
    """Answer for each page that is asked for, until nothing more is."""
    url, snapshot, own_names, questions = json.loads(sys.stdin.readline())
    connection, pages = await asyncpg.connect(url, timeout=20), Pages(*questions)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.execute(f"set transaction snapshot '{snapshot}'")
            await connection.execute(own_names)
            await hash_what_is_written(connection)
            _answer(connection.get_server_pid())
            for line in sys.stdin:
                first, until, compared = json.loads(line)
                _answer([_line(one) for one in await read_page(connection, pages, first, until, compared)])
    finally:
        await connection.close()


def _line(part: Together) -> tuple[int, int, str | None]:
    return part.first, part.many, part.root.hex() if part.root else None


def _answer(told: Any) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201 - whoever started it reads this


if __name__ == "__main__":
    gc.disable()  # it would go through a page's rows again and again; they are gone with the last that refers to them
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it is told, and ends it
    try:
        asyncio.run(read())
    except (OSError, OverflowError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        with suppress(BrokenPipeError):
            _answer(str(error) or type(error).__name__)
