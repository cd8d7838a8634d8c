"""A transaction on a pooled connection: what everything that is read or changed runs in.

Its promises, which Piccolo's own transaction does not keep:

- The connection goes back to the pool whatever happens: a failed COMMIT, a cancelled task, a query
  still running in another task.
- A transaction that PostgreSQL turned into a rollback is an error, never a silent success.
- Units do not nest.
- An `Answer` commits what was written and goes on; any other exception undoes all of it.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from contextvars import Token
from types import TracebackType
from typing import Any, NoReturn, cast

import asyncpg
import structlog

from portal.database import pool
from portal.database.answers import Answer, DatabaseAway, LinkNeeded, SignInNeeded
from portal.database.viewer import LinkVisitor, Viewer

SETTLE_SECONDS = 15.0
OPEN = "begin isolation level read committed read write"
# Whatever SQL ran before on this connection, nothing of it reaches this unit. One round trip; in a transaction of its
# own, because what is reset in a unit comes back when the unit is undone. The driver finds its prepared statements by
# name, and SQL can put others in their place: then the division fails, and the connection is dropped.
BEGIN = ";".join(
    (
        OPEN,
        "reset all",
        "reset role",
        "reset session authorization",
        "select pg_catalog.pg_advisory_unlock_all()",
        "close all",
        "unlisten *",
        "select 1 / (not exists (select from pg_catalog.pg_prepared_statements where from_sql))::pg_catalog.int4",
        "commit",
        OPEN,
    )
)
MEDDLED = (asyncpg.DivisionByZeroError, asyncpg.InvalidSQLStatementNameError)
"""What a connection answers whose prepared statements are not as the driver left them."""

Open = Callable[[], AbstractAsyncContextManager["Unit"]]  # for acts that need a unit before slow work and one after

log = structlog.get_logger(__name__)
_settling: set[asyncio.Task[None]] = set()


class Unit:
    """An open transaction. Piccolo's queries and these fetches share its one connection."""

    __slots__ = ("connection", "link", "viewer")

    def __init__(self, connection: Any) -> None:
        """Wrap a connection on which the transaction has begun."""
        self.connection = connection
        self.viewer: Viewer | None = None
        self.link: LinkVisitor | None = None

    @property
    def who(self) -> Viewer:
        """The viewer on a route for signed-in people. Raises SignInNeeded when there is none."""
        if self.viewer is None:
            raise SignInNeeded
        return self.viewer

    @property
    def by(self) -> LinkVisitor:
        """Whose personal link it is, on a route for those. Raises LinkNeeded when there is none."""
        if self.link is None:
            raise LinkNeeded
        return self.link

    async def fetch(self, sql: str, *values: object) -> list[Any]:
        """All rows of a query."""
        rows: list[Any] = await self.connection.fetch(sql, *values)
        return rows

    async def fetchrow(self, sql: str, *values: object) -> Any:
        """The first row of a query, or None."""
        return await self.connection.fetchrow(sql, *values)

    async def fetchval(self, sql: str, *values: object) -> Any:
        """The first column of the first row, or None."""
        return await self.connection.fetchval(sql, *values)


class NestedWork(RuntimeError):
    """A unit of work was opened inside another; the inner one could neither commit nor undo by itself."""


class NotCommitted(RuntimeError):
    """COMMIT was asked for and PostgreSQL answered ROLLBACK: an error inside the unit had been swallowed."""


class Transaction:
    """A transaction on a pooled connection that Piccolo's queries join: the bare unit, of nobody's session.

    Used as `async with Transaction() as unit:`. Raises DatabaseAway when no connection can be had.
    """

    def __init__(self) -> None:
        """Nothing is acquired until the block is entered."""
        self._unit: Unit | None = None
        self._token: Token[Any] | None = None

    async def __aenter__(self) -> Unit:
        """Acquire, begin, and let Piccolo's queries find the connection."""
        current = pool.engine().current_transaction
        if current.get() is not None:
            raise NestedWork("a unit of work is already open in this task; pass it on instead")
        while True:
            connection = await pool.acquire()
            self._unit = Unit(connection)
            self._token = current.set(cast(Any, self._unit))  # Piccolo needs only its `connection`
            try:
                await connection.execute(BEGIN)
            except BaseException as failure:
                await self.__aexit__(type(failure), failure, failure.__traceback__)
                if not isinstance(failure, asyncpg.DivisionByZeroError):
                    raise_named(failure)
            else:
                return self._unit

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit or undo, and give the connection back, even when this task is being cancelled."""
        assert self._unit is not None
        assert self._token is not None
        pool.engine().current_transaction.reset(self._token)
        if isinstance(failure, MEDDLED):
            log.error("connection_dropped", error=type(failure).__name__)
            self._unit.connection.terminate()
        keep = failure is None or isinstance(failure, Answer)
        task = asyncio.create_task(_settle(self._unit.connection, keep))
        _settling.add(task)
        task.add_done_callback(_settled)
        try:
            await asyncio.shield(task)
        except Exception as trouble:
            if keep:
                raise_named(trouble, failure)
            log.warning("undo_failed", error=type(trouble).__name__)


async def _settle(connection: Any, keep: bool) -> None:
    """End the transaction and release the connection. What cannot be ended in time is cut off."""
    try:
        async with asyncio.timeout(SETTLE_SECONDS):
            answer = await connection.execute("commit" if keep else "rollback")
        if keep and answer != "COMMIT":
            raise NotCommitted("the transaction was rolled back: an error inside it was swallowed")
    except (asyncpg.PostgresError, NotCommitted):
        raise  # the server has ended the transaction; the connection is sound
    except BaseException as failure:
        if _is_gone(connection):
            raise DatabaseAway from failure
        connection.terminate()
        raise
    finally:
        await pool.release(connection)


def _is_gone(connection: Any) -> bool:
    """Whether the server or the network ended the connection; the pool has taken it back already then."""
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True


def _settled(task: "asyncio.Task[None]") -> None:
    """Forget a finished settling, and take notice of its failure should nobody be waiting any more."""
    _settling.discard(task)
    with suppress(asyncio.CancelledError):
        task.exception()


def raise_named(failure: BaseException, while_answering: BaseException | None = None) -> NoReturn:
    """Raise the failure again, or DatabaseAway when it says that the server is gone."""
    if isinstance(failure, (OSError, TimeoutError, *pool.AWAY)):
        raise DatabaseAway from failure
    if while_answering is not None:
        raise failure from while_answering
    raise failure
