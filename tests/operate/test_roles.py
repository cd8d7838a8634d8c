"""The database's roles are what they say, and PUBLIC has nothing."""

import asyncpg
import pytest

from tests.database import Database


@pytest.mark.parametrize("role", ["portal_owner", "portal_web", "portal_worker"])
async def test_each_role_signs_in_as_itself_and_is_no_superuser(database: Database, role: str) -> None:
    connection = await database.connect(role)
    assert await connection.fetchval("select current_user") == role
    rights = await connection.fetchrow(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
    )
    assert not any(rights.values())


async def test_nobody_signs_in_as_the_gate(database: Database) -> None:
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
        await asyncpg.connect(database.url("portal_gate"))
