"""Erasing a person: the records in one transaction, then their files, whose key is gone by then."""

import asyncpg

from portal.documents.store import ObjectStore

ERASE = "select gate.erase_person(gate.person_of($1))"


async def erase(connection: asyncpg.Connection, store: ObjectStore, number: str) -> int | None:
    """Erase whoever has this number of the platform; how many files went, and None where there is nobody.

    A file that the store did not give up is unreadable all the same: its key is destroyed. StoreError says so.
    """
    files: list[str] | None = await connection.fetchval(ERASE, number)
    for one in files or ():
        await store.delete(one)
    return None if files is None else len(files)
