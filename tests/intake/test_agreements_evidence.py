"""An agreement is taken in with its parties, signatory, authority and words for its numbers, or not at all."""

from pathlib import Path

import asyncpg
import pytest

from portal.language.i18n import speaking
from portal.operate.check_evidence import agreements_check
from portal.operate.migrate import migrate, migrate_back
from tests.database import Database
from tests.intake.conftest import Import
from tests.intake.folders import AGREEMENT, COMPANY, SAID, Row, write_table, write_world
from tests.intake.states import states

KEEPERS = "2026-11-29T20:40:00:000000"
IN_FORCE = "select gate.in_force(agreement, now()) from portal.agreement"


def world(folder: Path, **agreement: str) -> Path:
    """The small world with another agreement."""
    write_world(folder)
    write_table(folder, "agreements", AGREEMENT | agreement)
    return folder


async def told(importing: Import, folder: Path) -> list[str]:
    """What the import says is wrong with the agreement, in English."""
    report = await importing(folder)
    with speaking("en"):
        return [each.place() + each.told() for each in report.problems if each.file == "agreements.csv" and each.field]


@pytest.mark.parametrize(
    ("change", "column", "wanted"),
    [
        ({"company_address": ""}, "company_address", "representative, country"),
        ({"company_representative": ""}, "company_address", "representative, country"),
        ({"company_corporate_number": ""}, "company_address", "in Japan, corporate number"),
        ({"operator_representative": ""}, "operator_address", "the recipient has to confirm them"),
        ({"signatory": ""}, "signatory", "by name and title"),
        ({"signatory_title": ""}, "signatory", "by name and title"),
        ({"signatory_authority": ""}, "signatory_authority", "the authority to sign"),
        ({"evidence": ""}, "evidence", "where the signed paper is kept"),
        ({"contact_days": "365"}, "says_days", "the same number of days"),
        ({"contact_days": "3"}, "says_days", "the same number of days"),
        ({"says_days": "利用できる期間は365日とする。", "contact_days": "365"}, "says_days", "the same number of days"),
        ({"says_days": ""}, "says_days", "the same number of days"),
        ({"inactive_days": "45"}, "says_inactive", "the same number of days without activity"),
        (
            {"inactive_days": "30", "says_inactive": "30日何もなければ終わる。"},
            "says_inactive",
            "the same number of days",
        ),
        ({"grace_days": "14"}, "says_grace", "without them grace_days is 0"),
        ({"says_items": "氏名、メール、"}, "says_items", "name every item"),
        ({"expires_at": "today-11d"}, "expires_at", "after the agreement takes effect"),
    ],
)
async def test_an_agreement_that_lacks_something_is_refused_and_says_what(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, change: Row, column: str, wanted: str
) -> None:
    (problem,) = await told(importing, world(tmp_path / "in", **change))
    assert column in problem
    assert wanted in problem
    assert await owner.fetchval("select count(*) from portal.agreement") == 0


async def test_whole_it_is_taken_in_and_in_force(tmp_path: Path, importing: Import, owner: asyncpg.Connection) -> None:
    assert await told(importing, world(tmp_path / "in")) == []
    assert await owner.fetchval(IN_FORCE) is True


async def test_a_draft_may_lack_what_its_signature_needs(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = world(tmp_path / "in", company_signed_at="", evidence="", signatory_authority="")
    assert await told(importing, folder) == []
    assert await owner.fetchval(IN_FORCE) in (None, False)


async def test_an_agreement_of_before_is_closed_and_listed_until_its_evidence_is_given(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, database: Database
) -> None:
    url = database.url("portal_owner")
    folder = write_world(tmp_path / "in")
    await importing(folder)
    assert (await agreements_check(url)).state == "ok"
    await migrate_back(url, KEEPERS)
    await owner.execute("update portal.agreement set text = '契約の本文。', grace_days = 14, contact_days = 365")
    await migrate(url)
    assert await owner.fetchval(IN_FORCE) is False
    check = await agreements_check(url)
    assert check.state == "failed"
    assert "1 authority_missing (AG-1)" in check.found
    assert "import agreements" in check.remedy
    report = await importing(folder)
    assert states(report)["agreements"] == {"updated": 1}, "the annex, too, was part of the signed paper"
    assert await owner.fetchval(IN_FORCE) is True
    assert SAID in await owner.fetchval("select text from portal.agreement")
    assert (await agreements_check(url)).state == "ok"
    assert await owner.fetchval("select action from accesslog.entry order by id desc limit 1") == "agreement_evidenced"
    assert states(await importing(folder))["agreements"] == {"unchanged": 1}


async def test_what_is_still_lacking_is_told_and_nothing_of_it_is_taken(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, database: Database
) -> None:
    url = database.url("portal_owner")
    folder = write_world(tmp_path / "in")
    await importing(folder)
    await migrate_back(url, KEEPERS)
    await migrate(url)
    write_table(folder, "agreements", AGREEMENT | {"signatory_authority": ""})
    (problem,) = await told(importing, folder)
    assert "the authority to sign" in problem
    assert await owner.fetchval("select company_address from portal.agreement") is None


async def test_a_country_that_was_not_known_is_filled_in_as_a_signed_agreement_names_it(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    write_table(folder, "companies", COMPANY | {"country": ""})
    await importing(folder)
    write_table(folder, "companies", COMPANY | {"country": "SG", "corporate_number": ""})
    report = await importing(folder)
    assert [(each.file, each.field) for each in report.problems] == [("companies.csv", "corporate_number")]
    write_table(folder, "companies", COMPANY | {"country": "SG"})
    report = await importing(folder)
    with speaking("en"):
        assert "as a signed agreement names them" in report.problems[0].told()
    with pytest.raises(asyncpg.PostgresError, match="no signed agreement names the company so"):
        await owner.execute("update portal.company set country = 'SG'")
    write_table(folder, "companies", COMPANY)
    report = await importing(folder)
    assert [each.told() for each in report.problems] == []
    assert states(report)["companies"] == {"updated": 1}
    assert await owner.fetchval("select country from portal.company") == "JP"
