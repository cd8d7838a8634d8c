"""The database's roles, and the portal's own database: made and kept as `roles.sql` says.

Works with the embedded server's superuser and with any administrator who may create roles and
databases (PostgreSQL 15 and later). Passwords reach the server as verifiers only.
"""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg

from portal.operate.cluster import SUPERUSER, Cluster
from portal.operate.connect import changing, connected
from portal.operate.errors import OperateError
from portal.operate.passwords import kept_password, password_of, scram_verifier

DATABASE = "shokai"
OWNER, GATE, WEB, WORKER = "portal_owner", "portal_gate", "portal_web", "portal_worker"
LOGIN_ROLES = (OWNER, WEB, WORKER)
LEAST_VERSION = 150000
_OF_A_ROLE = frozenset({"user", "password", "passfile", "dbname", "database"})  # in an address's query

_ROLES = (Path(__file__).parent / "roles.sql").read_text(encoding="utf-8")
_ROLES_TURN = "select pg_advisory_lock(hashtext('portal roles'))"
_RIGHTS_TURN = "select pg_advisory_xact_lock(hashtext('portal rights'))"
_STANDING = "select coalesce(array_agg(rolname::text), '{}') from pg_roles where rolname = any($1)"
_IS_MADE = "select true from pg_database where datname = $1"
_CLOSE_OTHERS = "revoke all on database postgres, template1 from public"  # an embedded server's own
_COUNTERS = (Path(__file__).parent / "counters.sql").read_text(encoding="utf-8")
_KEPT = r"alter role (\w+) set (\w+) = '(\w+)';$"
ROLE_SETTINGS = {(role, f"{name}={value}") for role, name, value in re.findall(f"^{_KEPT}", _ROLES, re.MULTILINE)}
"""What roles.sql has a role keep: (role, "name=value"), as PostgreSQL lists them."""
SUPERUSER_SETTINGS = {
    (role, f"{name}={value}") for role, name, value in re.findall(f"^ +{_KEPT}", _ROLES, re.MULTILINE)
}
"""Likewise what a superuser alone can have it keep."""
_PRIVILEGES = (Path(__file__).parent / "privileges.sql").read_text(encoding="utf-8")


@asynccontextmanager
async def _making_roles(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection that alone makes roles and databases through the database at `url`. The server lets go of the
    lock with the connection."""
    async with connected(url) as connection:
        await connection.execute(_ROLES_TURN)
        yield connection


async def _change_rights(url: str, script: str) -> None:
    """Run a script that changes rights in the database at `url`, which PostgreSQL refuses to two at once, and while
    a migration changes some."""
    async with changing(url) as connection:
        await connection.execute(_RIGHTS_TURN)
        await connection.execute(script)


async def ensure_roles(admin: asyncpg.Connection, admin_url: str, directory: Path, *, set_passwords: bool) -> None:
    """Create what is missing of the four roles, with the passwords kept in `directory`.

    A role that is there keeps its password, by which portals may be signed in, unless `set_passwords`.
    Raises OperateError, with nothing changed, when `directory` holds another one or none, when the server
    is too old or the administrator may not create roles.
    """
    if admin.get_server_version().major * 10000 < LEAST_VERSION:
        raise OperateError(f"This is PostgreSQL {admin.get_server_version().major}; 15 or later is needed.")
    try:
        async with admin.transaction():
            standing = [] if set_passwords else await admin.fetchval(_STANDING, LOGIN_ROLES)
            await _check_passwords(standing, admin_url, directory)
            await admin.execute(_ROLES)
            for role in set(LOGIN_ROLES) - set(standing):
                verifier = scram_verifier(password_of(role, directory))
                await admin.execute(f"alter role {role} password '{verifier}'")
    except asyncpg.InsufficientPrivilegeError as error:
        raise OperateError(
            f"The role in PORTAL_DATABASE_URL may not create the portal's roles: {error}. "
            "Use an administrator's address once, or run portal/operate/roles.sql as one."
        ) from error


async def _check_passwords(standing: Sequence[str], admin_url: str, directory: Path) -> None:
    for role in standing:
        word = kept_password(role, directory)
        if word is None:
            raise _not_held(f"{directory} does not hold the password of {role}", directory)
        if await _is_wrong(with_role(admin_url, role, word)):
            raise _not_held(f"{directory} holds another password than that of {role}", directory)


def _not_held(found: str, directory: Path) -> OperateError:
    return OperateError(
        f"{found}, which is on the server already: it was made from another home, or by hand. {ways_out(directory)}"
    )


def ways_out(directory: Path) -> str:
    """What to do where `directory` does not hold the passwords that the roles have."""
    files = ", ".join(f"{role}.password" for role in LOGIN_ROLES)
    return (
        f"Copy {files} to {directory}, from the folder `postgres` of that home. Or give the roles this home's "
        "passwords, knowing that it locks out every portal that runs on those they have: "
        f"`portal migrate --set-passwords --home {directory.parent}`."
    )


async def wrong_passwords(url: str, directory: Path) -> list[str]:
    """The roles that have another password on the server at `url` than the one kept in `directory`."""
    kept = {role: kept_password(role, directory) for role in LOGIN_ROLES}
    return [role for role, word in kept.items() if word and await _is_wrong(with_role(url, role, word))]


async def check_still_set(url: str, directory: Path) -> None:
    """Raises OperateError when the roles were given other passwords since they were given those in `directory`."""
    if wrong := await wrong_passwords(url, directory):
        raise OperateError(
            f"The passwords in {directory} were set, and another home has set its own since: {', '.join(wrong)} cannot "
            f"sign in with them. {ways_out(directory)}"
        )


async def _is_wrong(url: str) -> bool:
    """Whether the server says that the password is. Whatever else it refuses says nothing against it: it looks at
    the password first, and at the database and its rights only then."""
    try:
        async with connected(url):
            return False
    except OperateError as refused:
        return isinstance(refused.__cause__, asyncpg.InvalidPasswordError)


async def ensure_database(admin: asyncpg.Connection, name: str = DATABASE) -> None:
    """Create the database `name`, owned by portal_owner, unless it is there."""
    if await admin.fetchval(_IS_MADE, name):
        return
    if not await admin.fetchval("select rolsuper from pg_roles where rolname = current_user"):
        await admin.execute(f"grant {OWNER} to current_user")  # to give it away, be able to be it
    await admin.execute(f'create database "{name}" owner {OWNER} template template0 encoding utf8')


async def has_portal(url: str) -> bool:
    """Whether the portal's database is on the server at `url`, an administrator's or portal_owner's address."""
    async with connected(url) as connection:
        owner = await connection.fetchval("select current_user") == OWNER  # then it is the database itself
        return owner or bool(await connection.fetchval(_IS_MADE, DATABASE))


async def prepare_server(admin_url: str, directory: Path, *, set_passwords: bool = False) -> str:
    """Make roles and database ready for migrations; return portal_owner's address of it.

    `admin_url` is an administrator's, and the roles' passwords are kept in `directory`; or it is
    portal_owner's own when an administrator has run `roles.sql` before and made the database.
    Raises what `ensure_roles` raises.
    """
    async with _making_roles(admin_url) as admin:
        if await admin.fetchval("select current_user") == OWNER:
            if set_passwords:
                raise OperateError(
                    "Only an administrator can set the roles' passwords: PORTAL_DATABASE_URL is not one's."
                )
            owner_url = admin_url
        else:
            await ensure_roles(admin, admin_url, directory, set_passwords=set_passwords)
            await ensure_database(admin)
            owner_url = with_role(admin_url, OWNER, password_of(OWNER, directory))
        await _change_rights(owner_url, _PRIVILEGES)  # before another home can set its passwords
    return owner_url


def with_role(url: str, role: str, password: str, database: str = DATABASE) -> str:
    """Return `url` with another role, password and database, wherever in it the former ones stood."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key not in _OF_A_ROLE]
    return urlunsplit(
        parts._replace(netloc=f"{role}:{password}@{place}", path=f"/{database}", query=urlencode(kept, safe="/,:"))
    )


async def prepare_embedded(cluster: Cluster) -> str:
    """Make the embedded server's roles and database ready; return portal_owner's address. Its home is the only one
    whose passwords they can have: a file that was lost is made anew."""
    admin_url = cluster.url(SUPERUSER, SUPERUSER)
    await _change_rights(admin_url, _CLOSE_OTHERS)
    owner_url = await prepare_server(admin_url, cluster.directory, set_passwords=True)
    await _change_rights(cluster.url(SUPERUSER, DATABASE), _COUNTERS)
    return owner_url
