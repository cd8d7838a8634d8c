"""`portal account create`, as an operator types it."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from litestar import Litestar

from portal.cli import main
from portal.database.pool import pool
from portal.operate import migrate
from tests.database import Database, finish
from tests.web.support import Person, make_company, make_person, sign_in, visitor

ADMINISTRATOR = ("--name", "Root", "--email", "root@shokai.example", "--role", "administrator")


@pytest.fixture(autouse=True)
def at_home(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url("portal_owner"))
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))


def create(*words: str) -> Result:
    """Type the command; in a thread of its own, because it brings its own event loop."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(CliRunner().invoke, main, ["account", "create", *words]).result()


async def test_the_first_administrator_signs_in_with_the_printed_password(app: Litestar, database: Database) -> None:
    result = create(*ADMINISTRATOR)
    assert result.exit_code == 0, result.output
    password = result.stdout.strip()
    assert re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", password)
    assert "temporary password of root@shokai.example, shown this once" in result.stderr
    async with pool(database.url("portal_web"), 2), visitor(app) as client:
        root = Person(uuid4(), "root@shokai.example", "administrator", None)
        assert (await sign_in(client, root, password)).status_code == 303
        assert (await client.get("/")).headers["location"] == "/accounts"


async def test_p3_a_new_password_ends_every_sign_in_and_the_old_password(app: Litestar, database: Database) -> None:
    old = create(*ADMINISTRATOR).stdout.strip()
    root = Person(uuid4(), "root@shokai.example", "administrator", None)
    async with pool(database.url("portal_web"), 2), visitor(app) as client:
        await sign_in(client, root, old)
        with ThreadPoolExecutor(1) as apart:
            words = ["account", "new-password", root.email.upper()]
            result = apart.submit(CliRunner().invoke, main, words).result()
        assert result.exit_code == 0, result.output
        assert (await client.get("/accounts")).headers["location"].startswith("/sign-in")
        assert (await sign_in(client, root, old)).status_code == 422
        assert (await sign_in(client, root, result.stdout.strip())).status_code == 303


async def test_p2_it_is_an_entry(database: Database) -> None:
    create(*ADMINISTRATOR)
    owner = await database.connect("portal_owner")
    entry = await owner.fetchrow("select action, role from accesslog.entry")
    assert tuple(entry) == ("account_created", "operator_program")


async def test_a_recruiter_belongs_to_a_company(database: Database) -> None:
    company = await make_company(database)
    owner = await database.connect("portal_owner")
    reference = await owner.fetchval("select reference from portal.company where id = $1", company)
    result = create("--name", "Bob", "--email", "bob@aoba.example", "--role", "recruiter", "--company", reference)
    assert result.exit_code == 0, result.output
    assert await owner.fetchval("select company_id from portal.account") == company


@pytest.mark.parametrize(
    ("words", "message", "code"),
    [
        ((*ADMINISTRATOR[:3], "root", *ADMINISTRATOR[4:]), "'--email': Please enter an e-mail address", 2),
        ((*ADMINISTRATOR, "--company", "C-1"), "Give --company for a recruiter", 2),
        ((*ADMINISTRATOR[:5], "recruiter"), "Give --company for a recruiter", 2),
        ((*ADMINISTRATOR[:5], "recruiter", "--company", "C-404"), "no company with the reference C-404", 1),
    ],
)
def test_what_is_wrong_is_said(words: tuple[str, ...], message: str, code: int) -> None:
    result = create(*words)
    assert result.exit_code == code
    assert message in result.output


def test_a_used_address_is_said(database: Database) -> None:
    finish(make_person(database, "compliance", "ROOT@shokai.example"))
    assert "exists already" in create(*ADMINISTRATOR).output


def test_a_password_for_nobody_is_said() -> None:
    result = CliRunner().invoke(main, ["account", "new-password", "nobody@shokai.example"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no account with the address nobody@shokai.example" in result.output


async def test_an_imported_account_gets_its_first_password(database: Database) -> None:
    owner = await database.connect("portal_owner")
    made = await owner.fetchval(
        "insert into portal.account (display_name, email, role) values ('Abe', 'abe@shokai.example', 'compliance')"
        " returning id"
    )
    with ThreadPoolExecutor(1) as apart:
        words = ["account", "new-password", " ABE@shokai.example "]
        result = apart.submit(CliRunner().invoke, main, words).result()
    assert result.exit_code == 0, result.output
    assert await owner.fetchval("select temporary from portal.credential where account_id = $1", made)
    assert len(result.stdout.strip()) > 8


def test_a_database_without_tables_is_said_and_nothing_is_left_in_the_home(database: Database, tmp_path: Path) -> None:
    finish(migrate.migrate_back(database.url("portal_owner"), "all"))
    result = create(*ADMINISTRATOR)
    assert result.exit_code == 1
    assert "run `portal migrate`" in result.output
    assert list(tmp_path.iterdir()) == []
