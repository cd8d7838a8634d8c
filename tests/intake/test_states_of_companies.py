"""An import changes a company's state as page and command do: with its reason, by the same act, and an entry."""

from pathlib import Path

import asyncpg

from portal.language.i18n import speaking
from tests.intake.conftest import Import
from tests.intake.folders import COMPANY, write_table, write_world
from tests.intake.states import explained, states

ROW = "select status, activation_reason, suspension_reason, termination_reason, suspended_at from portal.company"
ENTRIES = """
select action, role from accesslog.entry
where action ~ '^company_' and action <> 'company_imported' order by recorded_at, id
"""


async def acts(owner: asyncpg.Connection) -> list[str]:
    """What was entered about companies besides their rows, each by a program of the operator."""
    rows = await owner.fetch(ENTRIES)
    assert {row["role"] for row in rows} <= {"operator_program"}
    return [row["action"] for row in rows]


async def test_a_company_becomes_active_once_it_lacks_nothing(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    write_table(folder, "companies", COMPANY | {"screening": "", "address": ""})
    report = await importing(folder)
    assert explained(report) == ["companies.csv:2 status"] * 2
    assert states(report)["companies"] == {"added": 1}
    with speaking("en"):
        told = " ".join(one.told() for one in report.problems)
    assert "has an address" in told
    assert "compliance approves a company before it is active, in the column screening" in told
    assert "an agreement in force" not in told, "the same folder brings it"
    assert (await owner.fetchrow(ROW))["status"] == "pending"
    assert await acts(owner) == []
    write_table(folder, "companies", COMPANY | {"screening": "", "status": "screening"})
    for state in ("updated", "unchanged"):
        report = await importing(folder)
        assert (report.problems, states(report)["companies"]) == ([], {state: 1})
    assert await acts(owner) == ["company_sent_to_screening"], "once"
    write_table(folder, "companies", COMPANY)
    report = await importing(folder)
    assert (report.problems, states(report)["companies"]) == ([], {"updated": 1})
    row = await owner.fetchrow(ROW)
    assert (row["status"], row["activation_reason"]) == ("active", "taken over")
    assert await acts(owner) == ["company_sent_to_screening", "company_screened", "company_activated"]
    report = await importing(folder)
    assert (report.problems, states(report)["companies"]) == ([], {"unchanged": 1})
    assert await acts(owner) == ["company_sent_to_screening", "company_screened", "company_activated"]


async def test_what_an_import_suspends_or_terminates_has_its_reason(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    write_table(folder, "companies", COMPANY | {"status": "suspended", "status_reason": "unpaid"})
    assert (await importing(folder)).problems == []
    row = await owner.fetchrow(ROW)
    assert (row["status"], row["suspension_reason"], row["suspended_at"] is not None) == ("suspended", "unpaid", True)
    write_table(folder, "companies", COMPANY | {"status": "terminated", "status_reason": "over"})
    assert states(await importing(folder))["companies"] == {"updated": 1}
    row = await owner.fetchrow(ROW)
    assert (row["status"], row["termination_reason"]) == ("terminated", "over")
    assert await acts(owner) == [
        "company_screened", "company_activated", "company_suspended", "company_terminated",
    ]  # fmt: skip


async def test_a_state_without_a_reason_is_refused_and_a_refusal_of_compliance_stands(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    write_table(folder, "companies", COMPANY | {"status_reason": ""})
    report = await importing(folder)
    with speaking("en"):
        assert any("status_reason" in one.told() for one in report.problems if one.file == "companies.csv")
    assert await owner.fetchval("select count(*) from portal.company") == 0
    write_table(folder, "companies", COMPANY | {"status": "pending", "screening": ""})
    await importing(folder)
    refused = "select gate.screen_company(id, 'refused', 'x') from portal.company"
    assert await owner.fetchval(refused) == "screened"
    write_table(folder, "companies", COMPANY)
    report = await importing(folder)
    with speaking("en"):
        assert "compliance refused the company" in report.problems[0].told()
    assert (await owner.fetchrow(ROW))["status"] == "pending"
