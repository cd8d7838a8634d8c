"""What a consent opens follows from the notice that was shown and the time at which it was given, and from no flag."""

from pathlib import Path
from typing import Any

import asyncpg
import pytest

from portal.candidates.items import ALL_ITEMS, Item, codes_of
from portal.language.i18n import speaking
from portal.operate.check_evidence import consents_check
from portal.operate.migrate import migrate, migrate_back
from tests.database import Database
from tests.facts import BOTH_USES, EVERY_ITEM
from tests.intake.conftest import Import
from tests.intake.folders import COMPANY, CONSENT, NOTICE, Row, resume, write_person, write_table, write_world
from tests.intake.states import states

EVIDENCE = "2026-11-29T20:00:00:000000"
TEXT = f"""企業への情報提供についてのお願い

{EVERY_ITEM}
{BOTH_USES}
提供先の国：シンガポール共和国。個人データ保護法があります。消去を求める権利の定めがありません。企業は目的を限定します。
EEAにお住まいの方（GDPR）へ。氏名と写真は、明示して選んだときだけ提供します。
カリフォルニア州にお住まいの方へ。年齢と性別は、明示して選んだときだけ提供します。
"""
ABROAD = {
    "country": "SG",
    "says_country": "提供先の国：シンガポール共和国。",
    "says_system": "個人データ保護法があります。",
    "says_measures": "企業は目的を限定します。",
    "says_differences": "消去を求める権利の定めがありません。",
}
EEA = {
    "regimes": "eea",
    "explicit_items": "name;photo",
    "says_eea": "EEAにお住まいの方（GDPR）へ。",
    "says_explicit": "氏名と写真は、明示して選んだときだけ提供します。",
}
STANDING = """
select selection_items | contact_items as items, gate.reason_codes(selection_reasons) as reasons from gate.standing
"""
EEA_SELECTION = {"nationality", "date_of_birth", "background", "qualifications", "japanese_level"}


def world(folder: Path, *, notice: Row | None = None, consent: Row | None = None, **tables: Row) -> Path:
    """The small world, with other notices, consents and tables; nothing is decided in it yet."""
    write_world(folder)
    (folder / "outcomes.csv").unlink()
    (folder / "texts" / "notice.txt").write_text(TEXT, encoding="utf-8")
    write_table(folder, "notices", NOTICE | (notice or {}))
    write_table(folder, "consents", CONSENT | (consent or {}))
    for name, row in tables.items():
        write_table(folder, name, row)
    return folder


async def told(importing: Import, folder: Path) -> list[str]:
    """What the import says is wrong, in English."""
    report = await importing(folder)
    with speaking("en"):
        return [each.place() + each.told() for each in report.problems]


async def standing(owner: Any) -> tuple[set[str], set[str]]:
    """What is open of the one introduction, and what stands against selection."""
    row = await owner.fetchrow(STANDING)
    return set(codes_of(Item(row["items"]))), set(row["reasons"])


async def test_a_flag_opens_nothing_abroad_and_the_words_of_the_notice_do(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    abroad = COMPANY | {"country": "SG"}
    flagged = world(tmp_path / "in", consent={"foreign_transfer_notice": "yes"}, companies=abroad)
    (problem, *_rest) = await told(importing, flagged)
    assert problem.startswith("consents.csv:2 foreign_transfer_notice")
    assert "says_measures" in problem
    await importing(world(tmp_path / "in", companies=abroad))
    assert await standing(owner) == (set(), {"foreign_transfer_notice_missing"})
    anew = {"reference": "CS-2", "given_at": "today-2d", "notice_version": "2"}
    folder = world(tmp_path / "in", companies=abroad)
    write_table(folder, "notices", NOTICE, NOTICE | ABROAD | {"version": "2", "published_at": "today-5d"})
    write_table(folder, "consents", CONSENT, CONSENT | anew)
    assert await told(importing, folder) == []
    opened, against = await standing(owner)
    assert (opened, against) == (set(codes_of(ALL_ITEMS)), set())


async def test_a_notice_about_one_country_opens_nothing_to_another(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = world(tmp_path / "in", notice=ABROAD, companies=COMPANY | {"country": "US"})
    assert await told(importing, folder) == []
    assert await standing(owner) == (set(), {"foreign_transfer_notice_missing"})


async def test_the_eea_ceiling_is_lifted_by_a_notice_that_names_the_items_and_by_nothing_else(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = world(tmp_path / "in", consent={"explicit_items": "all"})
    write_person(folder, "P1", resume(regime="eea"))
    (problem, *_rest) = await told(importing, folder)
    assert problem.startswith("consents.csv:2 explicit_items has “all”")
    assert "says_explicit" in problem
    folder = world(tmp_path / "in")
    write_person(folder, "P1", resume(regime="eea"))
    await importing(folder)
    assert await standing(owner) == (set(), {"notice_not_for_regime"})
    write_table(folder, "notices", NOTICE, NOTICE | EEA | {"version": "2", "published_at": "today-5d"})
    anew = CONSENT | {"reference": "CS-2", "given_at": "today-2d", "notice_version": "2", "items": "default"}
    write_table(folder, "consents", CONSENT, anew)
    assert await told(importing, folder) == []
    opened, against = await standing(owner)
    assert opened == EEA_SELECTION | {"name", "photo", "address", "telephone"}
    assert against == set()


@pytest.mark.parametrize(
    ("notice", "column", "says"),
    [
        ({**ABROAD, "says_country": "この国ではない言葉"}, "says_country", "words that stand in the notice's text"),
        ({**ABROAD, "says_differences": ""}, "says_differences", "what differs from Japan's law"),
        ({**ABROAD, "country": "US"}, "says_country", "アメリカ合衆国"),
        ({"country": "SG"}, "says_country", "its system"),
        ({"regimes": "general;eea"}, "says_eea", "GDPR"),
        ({"regimes": "eea", "says_eea": "提供先の国：シンガポール共和国。"}, "says_eea", "GDPR"),
        ({**EEA, "explicit_items": "name;photo;email"}, "says_explicit", "メールアドレス"),
        ({"policy_version": ""}, "policy_version", "nothing can be consented to"),
        ({"items": ""}, "items", "nothing can be consented to"),
        ({"policy_version": "today+1d"}, "policy_version", "in force when"),
        ({"valid_until": "2025-01-01"}, "valid_until", "after the notice was published"),
    ],
)
async def test_a_notice_says_what_its_text_says(
    tmp_path: Path, importing: Import, notice: Row, column: str, says: str
) -> None:
    problem = (await told(importing, world(tmp_path / "in", notice=notice)))[0]
    assert problem.startswith(f"notices.csv:2 {column}")
    assert says in problem


@pytest.mark.parametrize(
    ("notice", "consent", "column", "says"),
    [
        ({"published_at": "today-3d"}, {}, "given_at", "was in force: since"),
        ({"valid_until": "today-20d"}, {}, "given_at", "until"),
        ({"promises_expiry": "yes"}, {"expires_at": ""}, "expires_at", "promises"),
        ({"policy_version": "2024-02-12"}, {}, "notice", "2024-02-13"),
        ({"items": "name"}, {"items": "name;photo"}, "items", "does not name photo"),
        ({"purposes": "selection"}, {}, "purposes", "that the notice shown names"),
        ({}, {"channel": ""}, "channel", "a value"),
        ({}, {"channel": "page"}, "channel", "paper, telephone, platform"),
        ({}, {"evidence": ""}, "evidence", "a value"),
        ({}, {"given_at": "today+1d"}, "given_at", "a time that has been"),
        ({}, {"language": "en"}, "notice", "in this language"),
    ],
)
async def test_a_consent_fits_its_notice_and_its_time_or_is_refused(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, notice: Row, consent: Row, column: str, says: str
) -> None:
    folder = world(tmp_path / "in", notice=notice, consent=consent)
    problem = next(each for each in await told(importing, folder) if each.startswith("consents.csv"))
    assert problem.startswith(f"consents.csv:2 {column}")
    assert says in problem
    assert await owner.fetchval("select count(*) from personal.consent") == 0


async def test_whoever_writes_the_row_what_it_opens_is_reckoned_by_the_database(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    await importing(world(tmp_path / "in", notice={"items": "name;background"}, consent={"items": "name"}))
    await owner.execute(
        "update personal.consent set items = 16383, open_items = 16383, explicit_items = 16383, regimes = 7,"
        " told_country = 'SG'"
    )
    row = await owner.fetchrow("select open_items, explicit_items, regimes, told_country, lacks from personal.consent")
    assert tuple(row) == (Item.NAME | Item.BACKGROUND, 0, 1, None, None)
    await owner.execute(
        "update personal.consent set given_at = now() - interval '20 years', lacks = null, evidence = null"
    )
    assert await owner.fetchval("select lacks from personal.consent") == ["given_outside_notice", "evidence_missing"]
    with pytest.raises(asyncpg.ObjectNotInPrerequisiteStateError):
        await owner.execute("update portal.notice set items = 16383")


async def test_a_translation_says_what_its_original_says(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = world(tmp_path / "in")
    english = {name: NOTICE[name] for name in ("reference", "version", "published_at", "text_file")} | {
        "language": "en"
    }
    write_table(folder, "notices", NOTICE, english)
    assert await told(importing, folder) == []
    rows = await owner.fetch("select items, regimes, original_digest, text_digest from portal.notice order by language")
    assert rows[0]["original_digest"] == rows[1]["text_digest"]
    assert rows[1]["original_digest"] is None
    assert rows[0]["items"] == rows[1]["items"]
    write_table(folder, "notices", NOTICE, english | {"items": "all"})
    assert "what its Japanese original says" in (await told(importing, folder))[0]


async def test_a_home_of_before_opens_nothing_until_the_evidence_is_given(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, database: Database
) -> None:
    url = database.url("portal_owner")
    folder = world(tmp_path / "in", consent={"items": "default"})
    await importing(folder)
    before, _none = await standing(owner)
    assert before == set(codes_of(ALL_ITEMS & ~Item.RESUME_ORIGINAL))
    await migrate_back(url, EVIDENCE)
    await migrate(url)
    closed = {"consent_unsupported", "notice_not_for_regime", "purpose_not_in_consent", "agreement_not_in_force"}
    assert await standing(owner) == (set(), closed)
    check = await consents_check(url)
    assert check.state == "failed"
    assert "1 notice_not_described (CS-1)" in check.found
    assert "1 evidence_missing (CS-1)" in check.found
    assert "import notices" in check.remedy
    report = await importing(folder)
    assert states(report)["notices"] == states(report)["consents"] == {"updated": 1}
    assert await standing(owner) == (before, set())
    assert (await consents_check(url)).state == "ok"
    acts = await owner.fetch("select action from accesslog.entry order by id desc limit 2")
    assert {row["action"] for row in acts} == {"notice_described", "consent_evidenced"}
