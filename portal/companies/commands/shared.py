"""What the commands about companies have in common: the home's database, and the company of a reference."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from portal.operate.command_line import settings_with
from portal.operate.connect import changing
from portal.operate.errors import OperateError

NOTHING = "Nothing was changed."


def in_home(home: Path | None, what: Callable[[str], Awaitable[Any]]) -> Any:
    """What `what` answers that is given the address of the home's database."""
    from portal.operate.prepare import migrated_database

    async def run(url: str) -> Any:
        return await what(url)

    with migrated_database(settings_with(home=home)) as found:
        return asyncio.run(run(found.owner_url))


async def company_of(connection: asyncpg.Connection, reference: str) -> UUID:
    """The company of a reference. Raises OperateError when there is none."""
    found: UUID | None = await connection.fetchval("select id from portal.company where reference = $1", reference)
    if found is None:
        raise OperateError(f"There is no company with the reference {reference}.")
    return found


def changed(home: Path | None, reference: str, act: Callable[..., Awaitable[Any]]) -> Any:
    """What became of an act about a company, in one transaction. Raises OperateError without the company."""

    async def change(url: str) -> Any:
        async with changing(url) as connection:
            return await act(connection, await company_of(connection, reference))

    return in_home(home, change)
