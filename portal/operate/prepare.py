"""From nothing to a database that is ready to serve: server, roles, migrations, demo world.

Everything here may be interrupted at any point and is finished by the next start.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from portal.documents.sealing import MasterKeys
from portal.operate.cluster import Cluster, address
from portal.operate.connect import connected
from portal.operate.demo import load_demo_once, say_how_to_begin
from portal.operate.errors import OperateError
from portal.operate.home import check_own, embedded_cluster, has_database
from portal.operate.migrate import migrate, pending
from portal.operate.passwords import kept_password
from portal.operate.roles import (
    DATABASE,
    OWNER,
    has_portal,
    prepare_embedded,
    prepare_server,
    with_role,
)
from portal.operate.server_use import server_kept, server_left_as_it_is, server_used
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A running database. The roles' passwords are in `directory`; `cluster` is its server where it is this
    process's to keep alive."""

    owner_url: str
    directory: Path
    cluster: Cluster | None

    def url(self, role: str) -> str:
        """Return the address for `role`, password included. Raises OperateError when it is not kept here."""
        if (word := kept_password(role, self.directory)) is None:
            raise OperateError(
                f"{self.directory} does not hold {role}'s password. Copy {role}.password there from the folder "
                "`postgres` of the home that made the role."
            )
        return with_role(self.owner_url, role, word)


@contextmanager
def prepared(settings: Settings, demo: bool, say: Callable[[str], None]) -> Iterator[Prepared]:
    """Have the database ready while the block runs. An embedded server is this process's to keep alive and to stop.

    With `demo` the demo world is loaded the first time. Raises OperateError.
    """
    with database(settings, keep_server=True) as found:
        if ran := asyncio.run(migrate(found.owner_url)):
            say(f"The database was migrated ({len(ran)} steps).")
        asyncio.run(write_session_policy(found.owner_url, settings))
        MasterKeys.open(settings.master_key_folder)
        if demo:
            load_demo_once(settings, found.owner_url, say)
        say_how_to_begin(settings, found.owner_url, say)
        yield found


@contextmanager
def migrated_database(settings: Settings) -> Iterator[Prepared]:
    """Have the database ready while the block runs. Raises OperateError when it is not there or not
    of this version."""
    with existing_database(settings) as found:
        if waiting := asyncio.run(pending(found.owner_url)):
            raise OperateError(
                f"The database is not migrated to this version: {len(waiting)} migrations have not run. "
                "First run `portal migrate`, or start the portal."
            )
        yield found


@contextmanager
def existing_database(settings: Settings) -> Iterator[Prepared]:
    """Have the server and its roles ready while the block runs, migrated or not. Raises OperateError,
    and makes nothing, when there is no database yet."""
    if settings.database_url:
        there, place = asyncio.run(has_portal(settings.database_url)), "on the server of PORTAL_DATABASE_URL"
    else:
        there, place = has_database(settings.home), f"in {settings.home}"
    if not there:
        raise OperateError(
            f"There is no portal {place} yet. Start it once with script/server (or `portal up`), or make its "
            "database with `portal migrate`; a portal that is elsewhere is named with --home."
        )
    with database(settings) as found:
        yield found


@contextmanager
def database(settings: Settings, *, set_passwords: bool = False, keep_server: bool = False) -> Iterator[Prepared]:
    """Have the server and its roles ready while the block runs, made if need be, migrated or not. Roles of a server
    of the operator's own that are there already keep their passwords, unless `set_passwords`. An embedded server is
    shared with other commands, unless this process is the one to `keep_server`."""
    if settings.database_url:
        check_own(settings.home)
        directory = settings.home / "postgres"
        owner_url = asyncio.run(prepare_server(settings.database_url, directory, set_passwords=set_passwords))
        yield Prepared(owner_url, directory, None)
        return
    cluster = embedded_cluster(settings.home)
    with server_kept(cluster) if keep_server else server_used(cluster):
        owner_url = asyncio.run(prepare_embedded(cluster))
        yield Prepared(owner_url, cluster.directory, cluster if keep_server else None)


async def write_session_policy(owner_url: str, settings: Settings) -> None:
    """Tell the database, which alone decides when a sign-in ends, what the settings say of it."""
    async with connected(owner_url) as connection:
        await connection.execute(
            "update portal.session_policy set idle_limit = $1, absolute_limit = $2",
            timedelta(minutes=settings.session_idle_minutes),
            timedelta(hours=settings.session_absolute_hours),
        )


@contextmanager
def reachable_owner(settings: Settings) -> Iterator[str]:
    """Yield portal_owner's address of a database that runs already; start and change nothing.

    An administrator's PORTAL_DATABASE_URL is taken as it is. Raises OperateError when there is no
    embedded server, or it does not run.
    """
    if settings.database_url:
        yield settings.database_url
        return
    if not has_database(settings.home):
        raise OperateError(f"There is no database in {settings.home} yet.")
    directory = settings.home / "postgres"
    with server_left_as_it_is(directory):
        yield address(directory, OWNER, DATABASE)
