"""The database's roles are what they say, and PUBLIC has nothing."""

import asyncpg
import pytest

from portal.operate.roles import with_role
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


@pytest.mark.parametrize(
    ("administrators", "the_roles"),
    [
        (
            "postgresql:///postgres?host=/run/db&user=postgres&password=SECRET&sslmode=disable",
            "postgresql://portal_web:word@/shokai?host=/run/db&sslmode=disable",
        ),
        (
            "postgresql://root:SECRET@db.example:5433/postgres?passfile=/root/.pgpass&dbname=postgres&database=x",
            "postgresql://portal_web:word@db.example:5433/shokai",
        ),
        (
            "postgresql://root@/postgres?host=a.example,b.example&port=5432,5433&pass%77ord=SECRET",
            "postgresql://portal_web:word@/shokai?host=a.example,b.example&port=5432,5433",
        ),
    ],
)
def test_p9_nothing_of_an_administrators_address_but_the_place_goes_to_a_role(
    administrators: str, the_roles: str
) -> None:
    assert with_role(administrators, "portal_web", "word") == the_roles
