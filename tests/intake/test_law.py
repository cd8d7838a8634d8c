"""A person's law is tightened by a file and loosened by compliance alone; what was closed opens by a later consent."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from click.testing import CliRunner, Result

from portal.candidates.items import ALL_ITEMS, Item, codes_of
from portal.cli import main
from portal.language.i18n import speaking
from tests.database import Database
from tests.facts import BOTH_USES, EVERY_ITEM
from tests.intake.conftest import Import
from tests.intake.folders import CONSENT, NOTICE, resume, write_person, write_table, write_world
from tests.intake.states import states

CHOOSE = "年齢と性別は、選べば提供します。"
TEXT = f"{EVERY_ITEM}{BOTH_USES}EEAの方（GDPR）へ。カリフォルニア州の方へ。{CHOOSE}"
SPEAKING = {
    "regimes": "general;eea;california",
    "says_eea": "EEAの方（GDPR）へ。",
    "says_california": "カリフォルニア州の方へ。",
}
STANDING = """
select selection_items | contact_items as items, gate.reason_codes(selection_reasons) as reasons from gate.standing
"""
EVERYTHING = set(codes_of(ALL_ITEMS))
EEA = {"nationality", "date_of_birth", "background", "qualifications", "japanese_level", "address", "telephone"}
UNPUBLISHED = {"age", "gender", "residence_status"}
ENOUGH = ("--reason", "moved to Japan", "--evidence", "scan 7", "--by", "emi@operator.example")


def world(folder: Path, **law: Any) -> Path:
    write_world(folder)
    (folder / "outcomes.csv").unlink()
    (folder / "texts" / "notice.txt").write_text(TEXT, encoding="utf-8")
    write_table(folder, "notices", NOTICE | SPEAKING)
    write_person(folder, "P1", resume(**law))
    return folder


@pytest.fixture
def loosened(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """`await loosened("--what", ...)`: the command as an operator types it."""
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url("portal_owner"))
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path / "home"))

    async def run(*words: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, main, ["candidate", "loosen", "P1", *words])

    return run


async def officer(owner: Any, role: str = "compliance") -> None:
    await owner.execute(
        "insert into portal.account (email, display_name, role) values ('emi@operator.example', 'Emi', $1)", role
    )


async def standing(owner: Any) -> tuple[set[str], set[str]]:
    row = await owner.fetchrow(STANDING)
    return set(codes_of(Item(row["items"]))), set(row["reasons"])


@pytest.mark.parametrize(
    ("stands", "asked"), [("eea", "general"), ("eea", "california"), ("california", "general"), ("eea", None)]
)
async def test_a_file_loosens_no_law(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, stands: str, asked: str | None
) -> None:
    folder = world(tmp_path / "in", regime=stands)
    await importing(folder)
    before = await standing(owner)
    report = await importing(world(tmp_path / "in", regime=asked))
    with speaking("en"):
        (told,) = [each.place() + each.told() for each in report.problems]
    assert told.startswith("candidates/P1/resume.json basics.x-shokai.regime")
    assert "portal candidate loosen P1 --what regime" in told
    assert "reason and evidence" in told
    assert "a consent given afterwards" in told
    assert await standing(owner) == before


async def test_a_file_tightens_a_law_at_once(tmp_path: Path, importing: Import, owner: asyncpg.Connection) -> None:
    await importing(world(tmp_path / "in"))
    assert (await standing(owner))[0] == EVERYTHING
    await importing(world(tmp_path / "in", regime="california"))
    assert (await standing(owner))[0] == EVERYTHING - UNPUBLISHED
    report = await importing(world(tmp_path / "in", regime="eea"))
    assert states(report)["candidates"] == {"updated": 1}
    assert (await standing(owner))[0] == EEA


async def test_a_law_loosened_by_compliance_opens_what_was_closed_to_a_later_consent_alone(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, loosened: Any
) -> None:
    folder = world(tmp_path / "in", regime="eea")
    await importing(folder)
    await officer(owner)
    result = await loosened("--what", "regime", "--to", "general", *ENOUGH)
    assert result.exit_code == 0, result.output
    assert "a consent given from now on" in result.output
    assert await standing(owner) == (EEA, set()), "the consent of before stays under the law of then"
    change = await owner.fetchrow("select former, now_is, reason, evidence from personal.law_change")
    assert tuple(change) == ("eea", "general", "moved to Japan", "scan 7")
    (entry,) = await owner.fetch("select facts from accesslog.entry where action = 'law_loosened'")
    assert "regime" in entry["facts"]
    assert "scan 7" not in entry["facts"]
    (folder / "candidates" / "P1" / "resume.json").unlink()
    write_person(folder, "P1", resume())
    write_table(folder, "consents", CONSENT, CONSENT | {"reference": "CS-2", "given_at": "now"})
    assert (await importing(folder)).problems == []
    assert await standing(owner) == (EVERYTHING, set())


@pytest.mark.parametrize(("what", "column"), [("restriction", "restricted_at"), ("objection", "objected_at")])
async def test_what_a_person_asked_for_is_lifted_by_compliance_and_opens_to_a_later_consent(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, loosened: Any, what: str, column: str
) -> None:
    folder = world(tmp_path / "in", **{column: "today-1d"})
    await importing(folder)
    report = await importing(world(tmp_path / "in", gender="other"))
    with speaking("en"):
        (notice,) = [each.place() + each.told() for each in report.notices]
    assert f"basics.x-shokai.{column}" in notice
    assert f"--what {what}" in notice
    await officer(owner)
    assert (await loosened("--what", what, *ENOUGH)).exit_code == 0
    assert await standing(owner) == (set(), {"consent_before_lifting"})
    write_table(folder, "consents", CONSENT, CONSENT | {"reference": "CS-2", "given_at": "now"})
    await importing(folder)
    assert await standing(owner) == (EVERYTHING, set())


@pytest.mark.parametrize(
    ("role", "words", "says"),
    [
        ("account_manager", ("--what", "regime", "--to", "general"), "no active account of compliance"),
        ("compliance", ("--what", "restriction"), "nothing to loosen"),
        ("compliance", ("--what", "regime"), "--to says the law"),
    ],
)
async def test_nobody_else_loosens_and_nothing_that_does_not_stand(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, loosened: Any, role: str, words: Any, says: str
) -> None:
    await importing(world(tmp_path / "in", regime="eea"))
    await officer(owner, role)
    result = await loosened(*words, *ENOUGH)
    assert result.exit_code != 0
    assert says in result.output
    assert await owner.fetchval("select regime from personal.candidate") == "eea"


@pytest.mark.parametrize(
    "change", ["regime = 'general'", "regime = null", "restricted_at = null", "objected_at = now()", "erased_at = null"]
)
async def test_a_program_that_writes_the_row_loosens_nothing_either(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, change: str
) -> None:
    await importing(world(tmp_path / "in", regime="eea"))
    await owner.execute("update personal.candidate set restricted_at = now(), objected_at = now(), erased_at = now()")
    with pytest.raises(asyncpg.ObjectNotInPrerequisiteStateError):
        await owner.execute(f"update personal.candidate set {change}")


async def test_s41_age_gender_and_status_open_in_california_by_a_notice_that_names_them(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = world(tmp_path / "in", regime="california")
    named = {"explicit_items": "age;gender", "says_explicit": CHOOSE}
    write_table(folder, "notices", NOTICE | SPEAKING | named)
    await importing(folder)
    assert await standing(owner) == (EVERYTHING - {"residence_status"}, set())
