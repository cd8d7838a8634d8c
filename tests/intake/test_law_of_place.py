"""A person's law is never looser than their address demands, whoever writes it (domain facts S30, S31, S41)."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.language.i18n import speaking
from portal.operate.check_evidence import laws_check
from tests.database import Database
from tests.intake.conftest import Import
from tests.intake.folders import resume, write_person, write_world

LAW = "select regime, least_regime from personal.candidate where reference = $1"
LOOSER = asyncpg.ObjectNotInPrerequisiteStateError
BY = ("--reason", "moved", "--evidence", "scan 7", "--by", "emi@operator.example")


async def insert(owner: Any, reference: str, law: str | None, address: str | None, mail: str = "") -> None:
    """A program that writes the rows itself."""
    candidate = await owner.fetchval(
        "insert into personal.candidate (reference, regime) values ($1, $2) returning id", reference, law
    )
    await owner.execute(
        "insert into personal.candidate_items (candidate_id, address, email) values ($1, $2, $3)",
        candidate, address, mail or f"{reference}@person.example",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("law", "address", "becomes"),
    [
        ("general", '{"country": "FR"}', ("eea", "eea")),
        ("california", '{"country": "is"}', ("eea", "eea")),
        ("general", '{"country": "US", "city": "Fresno, CA"}', ("california", "california")),
        ("general", '{"country": "US", "region": "Carolina"}', ("general", None)),
        ("general", '{"country": "GB"}', ("general", None)),
        ("general", '{"country": "MX", "region": "Baja California"}', ("general", None)),
        ("eea", '{"country": "JP"}', ("eea", None)),
        ("general", None, (None, "general")),
        ("california", '{"country": " "}', (None, "california")),
        ("eea", None, ("eea", None)),
        (None, '{"country": "NO"}', (None, "eea")),
        ("general", '{"country": "ＦＲ"}', ("eea", "eea")),
        ("general", '{"country": "de\\u3000"}', ("eea", "eea")),
        ("general", '{"country": "US", "region": "ＣＡ"}', ("california", "california")),
        ("general", '{"country": "France"}', (None, "general")),
        ("california", '{"country": "FRA", "city": "Paris"}', (None, "california")),
    ],
)
async def test_a_program_that_writes_the_rows_gets_the_stricter_law_or_none(
    owner: asyncpg.Connection, law: str | None, address: str | None, becomes: tuple[str | None, str | None]
) -> None:
    await insert(owner, "P7", law, address)
    assert tuple(await owner.fetchrow(LAW, "P7")) == becomes


async def test_no_later_write_gets_below_what_was_demanded(owner: asyncpg.Connection) -> None:
    await insert(owner, "P7", None, '{"country": "FR"}')
    await insert(owner, "P8", "general", None)
    await owner.execute('update personal.candidate_items set address = \'{"country": "JP"}\'')
    for change in ("regime = 'general'", "regime = 'california'", "least_regime = null"):
        with pytest.raises(LOOSER):
            await owner.execute(f"update personal.candidate set {change} where reference = 'P7'")
    await owner.execute("update personal.candidate set regime = 'general' where reference = 'P8'")
    await owner.execute("update personal.candidate set regime = 'eea' where reference = 'P7'")
    await owner.execute('update personal.candidate_items set address = \'{"country": "DE"}\'')
    assert tuple(await owner.fetchrow(LAW, "P8")) == ("eea", "eea"), "an address that moved tightens at once"


async def test_nobody_who_lives_nowhere_is_given_a_looser_law(owner: asyncpg.Connection) -> None:
    await insert(owner, "P7", "california", None)
    for law in ("general", "california"):
        with pytest.raises(LOOSER):
            await owner.execute("update personal.candidate set regime = $1", law)


async def test_whoever_no_longer_says_where_they_live_is_under_no_looser_law(owner: asyncpg.Connection) -> None:
    for reference, law in (("P7", "general"), ("P8", "eea")):
        await insert(owner, reference, law, '{"country": "JP"}')
    await owner.execute('update personal.candidate_items set address = \'{"city": "Paris"}\'')
    assert tuple(await owner.fetchrow(LAW, "P7")) == (None, "general")
    assert tuple(await owner.fetchrow(LAW, "P8")) == ("eea", None)
    with pytest.raises(LOOSER):
        await owner.execute("update personal.candidate set regime = 'general' where reference = 'P7'")
    await owner.execute('update personal.candidate_items set address = \'{"country": "JP"}\'')
    await owner.execute("update personal.candidate set regime = 'general' where reference = 'P7'")


@pytest.mark.parametrize("same", ["email", "telephone"])
async def test_the_same_person_under_another_number_is_under_the_same_law(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, same: str
) -> None:
    folder = write_world(tmp_path / "in")
    person = resume(regime="eea")
    person["basics"]["location"] = {"countryCode": "FR", "city": "Lyon"}
    write_person(folder, "P1", person)
    await importing(folder)
    other = resume()
    other["basics"] |= (
        {"email": "THIRI@example.jp", "phone": "090-0000-0110"}
        if same == "email"
        else {"email": "o@example.jp", "phone": "090-0000-0109 ext. 12"}
    )
    write_person(folder, "P2", other)
    with speaking("en"):
        (told,) = [each.place() + each.told() for each in (await importing(folder)).problems]
    assert told.startswith("candidates/P2/resume.json basics.x-shokai.regime")
    assert "P1 has the same e-mail address or telephone number" in told
    await insert(owner, "P3", "general", '{"country": "JP"}', "Thiri@Example.jp")
    assert (await owner.fetchrow(LAW, "P3"))["regime"] == "eea"
    other["basics"] |= {"email": "o@example.jp", "phone": "090-0000-0110"}
    write_person(folder, "P2", other)
    assert (await importing(folder)).problems == []


async def test_whoever_was_there_first_is_under_the_law_of_the_same_person_too(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, database: Database
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    await insert(owner, "P3", None, '{"country": "JP"}', "third@person.example")
    await owner.execute("update personal.candidate_items set telephone = '+81312345678' where email like 'third%'")
    other = resume(regime="eea")
    other["basics"] |= {"email": "THIRI@example.jp", "phone": "+81 3 1234 5678"}
    write_person(folder, "P2", other)
    with speaking("en"):
        report = await importing(folder)
        told = [each.told() for each in report.notices]
    assert report.problems == []
    assert [one.partition(" has")[0] for one in told] == [": P1", ": P3"]
    assert "from now on eea protects them as well" in told[0]
    assert [tuple(await owner.fetchrow(LAW, one)) for one in ("P1", "P3")] == [("eea", "eea"), (None, "eea")]
    entries = await owner.fetch("select role, facts from accesslog.entry where action = 'law_tightened'")
    assert [row["role"] for row in entries] == ["operator_program"] * 2
    check = await laws_check(database.url("portal_owner"))
    assert "2 are held by the law of the same e-mail address or telephone number (P1 by P2, P3 by P2)" in check.found

    await owner.execute("select gate.hold_person(gate.person_of('P2'), 'objection', null, null, now())")
    write_person(folder, "P4", resume(regime="eea"))
    with speaking("en"):
        told = [each.told() for each in (await importing(folder)).notices]
    held = "select array_agg(reference order by reference) from personal.candidate where objected_at is not null"
    assert await owner.fetchval(held) == ["P1", "P2", "P4"], "the same e-mail address, and not a telephone alone"
    assert [one.partition(" is")[0] for one in told] == [": P4"]
    officer = await owner.fetchval(
        "insert into portal.account (email, display_name, role) values ('emi@operator.example', 'Emi', 'compliance')"
        " returning email"
    )
    loosened = await owner.fetchval(
        "select gate.loosen_law(gate.person_of('P1'), 'regime', 'general', 'two people', 'scan 7', $1)", officer
    )
    assert loosened is None
    changed = resume(gender="other")
    changed["basics"]["email"] = "thiri@example.jp"
    write_person(folder, "P1", changed)
    other["basics"]["label"] = "Welder"
    write_person(folder, "P2", other)
    assert (await importing(folder)).problems == []
    assert tuple(await owner.fetchrow(LAW, "P1")) == ("general", None), "what compliance decided stands"


async def test_compliance_corrects_the_address_first_and_then_loosens(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url("portal_owner"))
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path / "home"))
    await owner.execute(
        "insert into portal.account (email, display_name, role) values ('emi@operator.example', 'Emi', 'compliance')"
    )
    await insert(owner, "P7", None, '{"country": "FR"}')
    assert "P7" in (await laws_check(database.url("portal_owner"))).found
    words = ["candidate", "loosen", "P7", "--what", "regime", "--to", "general", *BY]
    told = await asyncio.to_thread(CliRunner().invoke, main, words)
    assert (told.exit_code != 0, "Correct it first" in told.output) == (True, True)
    await owner.execute('update personal.candidate_items set address = \'{"country": "JP"}\'')
    told = await asyncio.to_thread(CliRunner().invoke, main, words)
    assert told.exit_code == 0, told.output
    assert tuple(await owner.fetchrow(LAW, "P7")) == ("general", None)
    assert await owner.fetchval("select former_regime from personal.candidate") == "eea", "for consents of before"
    assert (await laws_check(database.url("portal_owner"))).state == "ok"
