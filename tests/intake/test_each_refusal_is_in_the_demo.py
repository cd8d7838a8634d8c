"""The demo has an example of each reason of the rule; `sample/README.md` says of which there is none, and why."""

import re
from pathlib import Path

import asyncpg

from portal.accesslog.reasons import RULE
from portal.demo.refusals import WAITING, set_up_refusals
from portal.intake.folder import Tables
from portal.operate.check_evidence import companies_check
from portal.settings import PROJECT, Settings
from tests.intake.folders import sample_with_few_files
from tests.intake.test_demo import load

WITH_FILES = ("P001", "P060")
REASONS = "select distinct unnest(gate.reason_codes(selection_reasons | contact_reasons)) as code from gate.standing"
# What is no reason of a whole introduction: of an item, of a file, and of somebody who looks.
EXAMPLES = {
    "fair_screening": "select exists (select from gate.standing where selection_held <> 0)",
    "item_not_open": """
        select exists (select from gate.standing join personal.document on document.candidate_id = standing.candidate_id
                       where kind = 'resume_original' and selection_items <> 0 and selection_items & 8192 = 0)""",
    "file_holds_more": """
        select exists (select from gate.standing join personal.document on document.candidate_id = standing.candidate_id
                       where kind = 'resume_original' and selection_items & 8192 <> 0
                         and holds & ~(selection_items | contact_items) <> 0)""",
    "undertaking_not_accepted": """
        select exists (select from portal.account join portal.company on company.id = account.company_id
                       join portal.agreement on agreement.company_id = company.id and gate.in_force(agreement, now())
                       where account.role = 'recruiter' and not exists (
                           select from portal.undertaking where undertaking.account_id = account.id))""",
}
COMPANIES = """
select reference, identity_changed_at is not null as held, succeeded_at is not null as succeeded from portal.company
"""
OPEN = """
select company.reference, bool_or(selection_items | contact_items <> 0) as is_open
from gate.standing join portal.company on company.id = standing.company_id group by company.reference
"""


async def test_each_reason_of_the_rule_has_its_example_or_a_word_why_not(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    folder = sample_with_few_files(tmp_path / "sample", WITH_FILES)
    for _again in range(2):
        await load(settings, folder)
    found = {row["code"] for row in await owner.fetch(REASONS)}
    found |= {code for code, query in EXAMPLES.items() if await owner.fetchval(query)}
    text = (PROJECT / "sample/README.md").read_text(encoding="utf-8")
    without = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", text, re.MULTILINE))
    without = {code: why for code, why in without.items() if code in RULE}
    assert all(len(why) > 20 for why in without.values())
    assert set(RULE) - found == set(without)
    states = {row["reference"]: (row["held"], row["succeeded"]) for row in await owner.fetch(COMPANIES)}
    assert {name for name, (held, _succeeded) in states.items() if held} == {"HINATA"}
    assert {name for name, (_held, succeeded) in states.items() if succeeded} == {"SAZANAMI"}
    known, unknown = [await companies_check(settings.database_url or "", of) for of in (WAITING, ())]
    assert (known.state, "HINATA waits as the demo's example" in known.found, unknown.state) == ("ok", True, "failed")
    is_open = {row["reference"]: row["is_open"] for row in await owner.fetch(OPEN)}
    assert (is_open["HINATA"], is_open["SAZANAMI"], is_open["AOBA"]) == (False, False, True)
    regimes = await owner.fetch("select distinct regime from personal.candidate")
    assert {row["regime"] for row in regimes} == {"general", "eea", "california", None}
    before = await owner.fetchval("select count(*) from accesslog.entry")
    tables = Tables(folder)
    await set_up_refusals(
        owner, [each.record.key for each in tables.companies], [each.record.key for each in tables.accounts]
    )
    assert await owner.fetchval("select count(*) from accesslog.entry") == before, "each is made once"
