"""The queue of what the worker does later: pgqueuer's tables in schema `jobs`.

Only functions of the gate put something in, in the transaction that decided it. A job holds the id of a row and
nothing else. The row says whether it is still to be done: a job that is lost is put in anew, and one that is run twice
finds it done. The web process has no right on the schema.

The queue notifies nobody. Any role may send or hear a notification: it could call a job off, or learn when one is made.
The worker looks once a second instead.
"""

from collections.abc import Callable

from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.settings import DBSettings

SCHEMA = "jobs"
# Everything that pgqueuer would look for in the environment.
NAMES = DBSettings.model_validate(
    {
        "prefix": "",
        "db_schema": SCHEMA,
        "channel": "jobs",
        "function": "fn_pgqueuer_changed",
        "statistics_table": "pgqueuer_statistics",
        "queue_status_type": "pgqueuer_status",
        "queue_table": "pgqueuer",
        "queue_table_log": "pgqueuer_log",
        "trigger": "tg_pgqueuer_changed",
        "schedules_table": "pgqueuer_schedules",
        "durability": "durable",
    }
)
_BUILDER = QueryBuilderEnvironment(NAMES)

INSTALL = f"""
{_BUILDER.build_install_query()}
drop trigger tg_pgqueuer_changed on {SCHEMA}.pgqueuer;
drop function {SCHEMA}.fn_pgqueuer_changed();
"""
REMOVE = f"drop schema if exists {SCHEMA} cascade"


class Deaf(AsyncpgPoolDriver):
    """A driver that hears no notification."""

    async def add_listener(self, channel: str, callback: Callable[[str | bytes | bytearray], None]) -> None:
        """Nothing is listened to."""


def queries(driver: AsyncpgPoolDriver) -> Queries:
    """pgqueuer's statements, on our schema whatever the environment says."""
    return Queries(
        driver,
        qbe=_BUILDER,
        qbq=QueryQueueBuilder(NAMES),
        qbs=QuerySchedulerBuilder(NAMES),
    )
