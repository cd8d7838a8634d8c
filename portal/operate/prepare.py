"""From nothing to a database that is ready to serve: server, roles, migrations, demo world.

Everything here may be interrupted at any point and is finished by the next start.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import asyncpg

from portal.documents.sealing import MasterKeys
from portal.operate.cluster import Cluster
from portal.operate.demo import load_demo_once
from portal.operate.home import embedded_cluster
from portal.operate.migrate import migrate
from portal.operate.passwords import password_of
from portal.operate.postmaster import living_postmaster
from portal.operate.roles import DATABASE, LOGIN_ROLES, OWNER, prepare_embedded, prepare_server, with_role
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A running, migrated database. `cluster` is None when it is the operator's own server."""

    owner_url: str
    passwords: Mapping[str, str]
    cluster: Cluster | None

    def url(self, role: str) -> str:
        """Return the address for `role`, password included."""
        return with_role(self.owner_url, role, self.passwords[role])


@contextmanager
def prepared(settings: Settings, demo: bool, say: Callable[[str], None]) -> Iterator[Prepared]:
    """Have the database ready while the block runs; stop it afterwards if it was started here.

    With `demo` the demo world is loaded the first time. Raises OperateError.
    """
    with database(settings, say) as found:
        if ran := asyncio.run(migrate(found.owner_url)):
            say(f"The database was migrated ({len(ran)} steps).")
        asyncio.run(write_session_policy(found.owner_url, settings))
        MasterKeys.open(settings.master_key_folder)
        if demo:
            load_demo_once(settings, found.owner_url, say)
        yield found


@contextmanager
def database(settings: Settings, say: Callable[[str], None]) -> Iterator[Prepared]:
    """Have the server and its roles ready while the block runs, migrated or not."""
    if settings.database_url:
        yield _external(settings.database_url, settings.home)
        return
    cluster = embedded_cluster(settings.home)
    started_here = living_postmaster(cluster.data) is None
    if not (cluster.data / "PG_VERSION").exists():
        say(f"Making the database in {cluster.directory}.")
    try:
        if started_here:
            cluster.create()
            cluster.start()
        owner_url = asyncio.run(prepare_embedded(cluster))
        passwords = {role: cluster.password(role) for role in LOGIN_ROLES}
        yield Prepared(owner_url, passwords, cluster if started_here else None)
    finally:
        if started_here:
            cluster.stop()


def _external(url: str, home: Path) -> Prepared:
    directory = home / "postgres"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    passwords = {role: password_of(role, directory) for role in LOGIN_ROLES}
    return Prepared(asyncio.run(prepare_server(url, passwords)), passwords, None)


async def write_session_policy(owner_url: str, settings: Settings) -> None:
    """Tell the database, which alone decides when a sign-in ends, what the settings say of it."""
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute(
            "update portal.session_policy set idle_limit = $1, absolute_limit = $2",
            timedelta(minutes=settings.session_idle_minutes),
            timedelta(hours=settings.session_absolute_hours),
        )
    finally:
        await connection.close()


def reachable_owner(settings: Settings) -> str:
    """Return portal_owner's address of a database that runs already; start and change nothing.

    An administrator's PORTAL_DATABASE_URL is taken as it is. Raises OperateError when the
    embedded server does not run.
    """
    if settings.database_url:
        return settings.database_url
    return embedded_cluster(settings.home).url(OWNER, DATABASE)
