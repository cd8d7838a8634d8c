"""`portal account`, as an operator types it."""

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
from tests.links import sent_link
from tests.web.support import Person, csrf_token, make_company, make_person, sign_in, visitor

PASSWORD = re.compile(r"([a-z2-9]{5}-){3}[a-z2-9]{5}")
ADMINISTRATOR = ("--name", "Root", "--email", "root@shokai.example", "--role", "administrator")


@pytest.fixture(autouse=True)
def at_home(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url("portal_owner"))
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))


def typed(*words: str) -> Result:
    """Type a command; in a thread of its own, because it brings its own event loop."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(CliRunner().invoke, main, ["account", *words]).result()


def create(*words: str) -> Result:
    """Make an account."""
    return typed("create", *words)


async def sent(database: Database, email: str) -> list[str]:
    """The kinds of links that wait to be mailed to an address."""
    owner = await database.connect("portal_owner")
    sql = "select kind from portal.mail join portal.account on account.id = account_id where email = $1 order by kind"
    return [row["kind"] for row in await owner.fetch(sql, email)]


async def test_the_first_administrator_chooses_a_password_by_a_link(app: Litestar, database: Database) -> None:
    result = create(*ADMINISTRATOR)
    assert result.exit_code == 0, result.output
    assert "a link to the first password" in result.stdout
    assert "portal mail show last" in result.stdout
    assert not PASSWORD.search(result.output)
    assert await sent(database, "root@shokai.example") == ["invitation"]
    secret = await sent_link(await database.connect("portal_owner"), "root@shokai.example")
    async with pool(database.url("portal_web"), 2), visitor(app) as client:
        token = csrf_token((await client.get("/link")).text)
        opened = await client.post("/link", data={"csrf_token": token, "link": secret})
        assert opened.headers["location"] == "/link/password"


async def test_with_a_mail_server_nothing_is_said_of_files(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SMTP_URL", "smtps://user:secret@mail.example.jp")
    result = create(*ADMINISTRATOR)
    assert (result.exit_code, "portal mail" in result.output) == (0, False)


async def test_who_cannot_get_mail_signs_in_with_the_printed_password(app: Litestar, database: Database) -> None:
    result = create(*ADMINISTRATOR, "--temporary-password")
    assert result.exit_code == 0, result.output
    password = result.stdout.strip()
    assert PASSWORD.fullmatch(password)
    assert "temporary password of root@shokai.example, shown this once" in result.stderr
    assert await sent(database, "root@shokai.example") == []
    async with pool(database.url("portal_web"), 2), visitor(app) as client:
        root = Person(uuid4(), "root@shokai.example", "administrator", None)
        assert (await sign_in(client, root, password)).status_code == 303
        assert (await client.get("/")).headers["location"] == "/accounts"


async def test_p3_a_temporary_password_ends_every_sign_in_and_the_old_password(
    app: Litestar, database: Database
) -> None:
    old = create(*ADMINISTRATOR, "--temporary-password").stdout.strip()
    root = Person(uuid4(), "root@shokai.example", "administrator", None)
    async with pool(database.url("portal_web"), 2), visitor(app) as client:
        await sign_in(client, root, old)
        result = typed("new-password", root.email.upper(), "--temporary-password")
        assert result.exit_code == 0, result.output
        assert (await client.get("/accounts")).headers["location"].startswith("/sign-in")
        assert (await sign_in(client, root, old)).status_code == 422
        assert (await sign_in(client, root, result.stdout.strip())).status_code == 303


async def test_a_lost_password_is_good_until_the_link_is_used(app: Litestar, database: Database) -> None:
    old = create(*ADMINISTRATOR, "--temporary-password").stdout.strip()
    root = Person(uuid4(), "root@shokai.example", "administrator", None)
    result = typed("new-password", root.email.upper())
    assert (result.exit_code, "a link to a new password" in result.stdout) == (0, True)
    assert "no password yet" not in result.output
    assert await sent(database, root.email) == ["lost_password"]
    async with pool(database.url("portal_web"), 2), visitor(app) as client:
        assert (await sign_in(client, root, old)).status_code == 303


@pytest.mark.parametrize(
    ("words", "actions"),
    [
        ((), ["account_created", "link_made"]),
        (("--temporary-password",), ["account_created", "password_replaced"]),
    ],
)
async def test_p2_each_is_an_entry(database: Database, words: tuple[str, ...], actions: list[str]) -> None:
    create(*ADMINISTRATOR, *words)
    owner = await database.connect("portal_owner")
    entries = await owner.fetch("select action, role from accesslog.entry order by id")
    assert [tuple(entry) for entry in entries] == [(action, "operator_program") for action in actions]


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


async def test_of_an_imported_account_it_is_said_that_it_has_no_password(database: Database) -> None:
    owner = await database.connect("portal_owner")
    made = await owner.fetchval(
        "insert into portal.account (display_name, email, role) values ('Abe', 'abe@shokai.example', 'compliance')"
        " returning id"
    )
    result = typed("new-password", " ABE@shokai.example ")
    assert result.exit_code == 0, result.output
    assert "has no password yet" in result.stderr
    assert "a link to the first password" in result.stdout
    assert await sent(database, "abe@shokai.example") == ["invitation"]
    result = typed("new-password", "abe@shokai.example", "--temporary-password")
    assert PASSWORD.fullmatch(result.stdout.strip())
    assert await owner.fetchval("select temporary from portal.credential where account_id = $1", made)


async def test_a_suspension_hands_over_or_says_that_nobody_does(database: Database) -> None:
    owner = await database.connect("portal_owner")
    create(*ADMINISTRATOR)
    mori = await make_person(database, "account_manager", "mori@shokai.example")
    rin = await make_person(database, "account_manager", "rin@shokai.example")
    company = await make_company(database)
    await owner.execute("update portal.company set account_manager_id = $1", mori.id)
    reference = await owner.fetchval("select reference from portal.company")
    suspension = ("suspend", mori.email, "--reason", "left")
    for words, said, code in (
        ((), f"looks after {reference}. Give --heir EMAIL, or --nobody", 1),
        (("--heir", "root@shokai.example"), "another active account manager", 1),
        (("--heir", "none@shokai.example"), "no account with the address none@shokai.example", 1),
        (("--heir", rin.email, "--nobody"), "and not both", 2),
    ):
        result = typed(*suspension, *words)
        assert (result.exit_code, said in result.output) == (code, True), result.output
    result = typed(*suspension, "--heir", rin.email)
    assert (result.exit_code, f"{reference}: looked after by {rin.email}" in result.stdout) == (0, True)
    assert await owner.fetchval("select account_manager_id from portal.company where id = $1", company) == rin.id
    assert "is suspended already" in typed(*suspension).output
    assert "is suspended, and is sent nothing" in typed("new-password", mori.email).output
    assert typed("reactivate", mori.email.upper()).exit_code == 0
    assert "is not suspended" in typed("reactivate", mori.email).output
    assert typed("suspend", rin.email, "--reason", "left", "--nobody").exit_code == 0
    assert await owner.fetchval("select account_manager_id from portal.company where id = $1", company) is None
    assert "last administrator" in typed("suspend", "root@shokai.example", "--reason", "left").output


def test_a_database_without_tables_is_said_and_nothing_is_left_in_the_home(database: Database, tmp_path: Path) -> None:
    finish(migrate.migrate_back(database.url("portal_owner"), "all"))
    result = create(*ADMINISTRATOR)
    assert result.exit_code == 1
    assert "run `portal migrate`" in result.output
    assert list(tmp_path.iterdir()) == []
