"""Running any SQL as portal_web and keeping everything that comes back: rows, errors, notices, plans."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import asyncpg

from tests.database import Database


@dataclass
class Heard:
    """What one statement told."""

    sql: str
    error: asyncpg.PostgresError | None = None
    rows: list[Any] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it as one text."""
        told = [shown(value) for row in self.rows for value in row.values()]
        if self.error:
            told += [str(value) for value in self.error.as_dict().values()]
        return "\n".join([*told, *self.notices])


class Prober:
    """A connection as portal_web on which everything is tried and nothing stays."""

    @classmethod
    async def of(cls, database: Database, secret: str | None) -> "Prober":
        """`secret` is put in as the session's, as the web process does, before each try."""
        return cls(await database.connect("portal_web"), secret)

    def __init__(self, web: Any, secret: str | None) -> None:
        """See `of`."""
        self._web = web
        self._secret = secret
        self._notices: list[str] = []
        web.add_log_listener(lambda _, notice: self._notices.append(" ".join(map(str, notice.as_dict().values()))))

    async def tries(self, statements: Sequence[str | tuple[str, list[Any]]], apart: bool = False) -> list[Heard]:
        """Runs statements one after another in one transaction; one that fails does not stop the next.

        `apart`: none meets what those before it did.
        """
        heard = []
        transaction = self._web.transaction()
        await transaction.start()
        try:
            if self._secret is not None:
                note = json.dumps({"id": str(uuid4()), "ip": "10.1.2.3", "agent": "psql"})
                await self._web.fetch("select * from gate.arrive($1, $2)", self._secret, note)
            await self._web.execute("savepoint tried")
            for statement in statements:
                heard.append(await self._one(statement, apart))
        finally:
            await transaction.rollback()
            await self._web.execute("reset session authorization; reset role; reset all; close all")
        return heard

    async def _one(self, statement: str | tuple[str, list[Any]], apart: bool) -> Heard:
        sql, values = (statement, []) if isinstance(statement, str) else statement
        heard, self._notices = Heard(sql), []
        try:
            heard.rows = await self._web.fetch(sql, *values)
        except asyncpg.PostgresError as error:
            heard.error = error
        await self._web.execute("rollback to tried" if apart or heard.error else "release tried; savepoint tried")
        heard.notices = self._notices
        return heard


def shown(value: Any) -> str:
    """A value as a reader would see it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
