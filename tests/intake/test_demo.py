"""The demo gives passwords to its own people: whoever else is in the portal keeps theirs, nobody gets one twice."""

import asyncio
import csv
import hashlib
import json
import os
import stat
from pathlib import Path

import asyncpg
from click.testing import CliRunner

from portal.accounts import actions
from portal.accounts.passwords import new_credentials
from portal.companies.tables import STATUSES
from portal.demo.commands import demo
from portal.demo.load import load_demo
from portal.demo.sign_ins import keep, sign_ins
from portal.demo.signatory import signatory
from portal.settings import PROJECT, Settings
from tests.intake.folders import ACCOUNT, AGREEMENT, COMPANY, write_table, write_world

ALICE = "alice@acme.example.jp"
ROOT = "root@shokai.example"
OFFICER = {
    "email": "officer@shokai.example",
    "display_name": "Officer",
    "role": "compliance",
    "company": "",
    "undertaking": "",
}
RECORD = {"status": "pending", "address": "東京都試験区1-1", "representative": "代表取締役 試験 太郎"}
CREDENTIALS = (
    "select email, proof_hash, changed_at from portal.account join portal.credential on account_id = account.id"
)


async def load(settings: Settings, folder: Path) -> list[str]:
    """Load the folder as the demo world; in a thread of its own, because it brings its own event loop."""
    return await asyncio.to_thread(load_demo, settings, folder)


async def give_password(owner: asyncpg.Connection, email: str) -> None:
    """What a person of the portal's own has: a password that the demo does not know."""
    made = new_credentials("quiet glacier mends umbrellas")
    account = await owner.fetchval("select id from portal.account where email = $1", email)
    await actions.give_password(owner, account, made, temporary=False)


async def credentials(owner: asyncpg.Connection) -> dict[str, asyncpg.Record]:
    """Every credential by its account's address."""
    return {row["email"]: row for row in await owner.fetch(CREDENTIALS)}


async def test_nobody_but_the_folders_people_is_given_a_password_and_nobody_twice(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await owner.execute(
        "insert into portal.account (display_name, email, role)"
        " values ('Root', 'root@shokai.example', 'administrator'), ('New', 'new@shokai.example', 'compliance')"
    )
    await give_password(owner, ROOT)
    before = await credentials(owner)
    folder = write_world(tmp_path / "in")
    assert await load(settings, folder) == []
    first, listed = await credentials(owner), sign_ins(settings.home)
    assert first[ROOT] == before[ROOT]
    assert set(first) == {ROOT, ALICE}
    assert [each["email"] for each in listed] == [ALICE]

    assert await load(settings, folder) == []
    assert await credentials(owner) == first
    assert sign_ins(settings.home) == listed


async def test_a_password_of_the_folders_people_that_is_none_of_ours_is_left_alone_and_named(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    folder = write_world(tmp_path / "in")
    bob = ACCOUNT | {"email": "bob@acme.example.jp"}
    write_table(folder, "accounts", ACCOUNT, bob)
    await load(settings, folder)
    both = await credentials(owner)
    keep(settings.home, [each for each in sign_ins(settings.home) if each["email"] == ALICE])
    assert await load(settings, folder) == [bob["email"]]
    assert await credentials(owner) == both
    assert [each["email"] for each in sign_ins(settings.home)] == [ALICE]


async def test_an_agreement_that_waits_is_sent_once_and_its_link_opens(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    unsigned = AGREEMENT | {"company_signed_at": "", "operator_signed_at": "", "signatory_email": "ada@acme.example.jp"}
    folder = write_world(tmp_path / "in")
    write_table(folder, "companies", COMPANY | {"status": ""})
    write_table(folder, "agreements", unsigned)
    write_table(folder, "accounts", ACCOUNT | {"undertaking": ""})
    await load(settings, folder)
    asked = signatory(settings.home)
    assert asked is not None
    await load(settings, folder)
    assert signatory(settings.home) == asked
    [link] = await owner.fetch("select id, kind from portal.link where agreement_id is not null")
    found = "select link_id from portal.link_secret where secret_hash = $1"
    assert await owner.fetchval(found, hashlib.sha256(asked["secret"].encode()).digest()) == link["id"]
    assert stat.S_IMODE((settings.home / "demo-signatory.json").stat().st_mode) == 0o600
    (settings.home / "portal.lock").write_text(
        f"{os.getpid()}\nhttp://localhost:8765"
    )  # one runs, at a port of its own
    told = CliRunner().invoke(demo, ["sign-ins", "--home", str(settings.home)])
    [waits] = [one for one in json.loads(told.stdout) if one["role"] == "signatory"]
    assert waits["link"] == f"http://localhost:8765/link?lang=ja#{asked['secret']}"


async def test_a_company_that_is_set_up_is_approved_and_waits_for_its_signatory(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    unsigned = AGREEMENT | {"company_signed_at": "", "operator_signed_at": "", "signatory_email": "ada@acme.example.jp"}
    folder = write_world(tmp_path / "in")
    write_table(folder, "companies", COMPANY | RECORD)
    write_table(folder, "agreements", unsigned)
    write_table(folder, "accounts", ACCOUNT | {"undertaking": ""}, ACCOUNT | OFFICER | {"undertaking": ""})
    for _twice in range(2):
        await load(settings, folder)
    [row] = await owner.fetch("select stage, waits_for from gate.stages_of(array(select id from portal.company))")
    assert tuple(row) == ("agreement_sent", "signatory")
    assert await owner.fetchval("select count(*) from portal.company_screening") == 1


def test_the_sample_has_a_company_of_each_status_and_a_draft() -> None:
    with (PROJECT / "sample/companies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["status"] for row in rows} == {*STATUSES, "screening", ""}
    pending = [row for row in rows if row["status"] == "pending"]
    assert {bool(row["address"]) for row in pending} == {True, False}


async def test_whoever_has_no_password_yet_is_given_the_one_that_is_listed(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    folder = write_world(tmp_path / "in")
    await load(settings, folder)
    listed = sign_ins(settings.home)
    await owner.execute("delete from portal.credential")
    assert await load(settings, folder) == []
    assert set(await credentials(owner)) == {ALICE}
    assert sign_ins(settings.home) == listed
