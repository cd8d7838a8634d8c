"""No condition of the log's page looks through the whole log: each is found by an index, or in the order of time.

On a log of a hundred thousand entries the planner's choice is that of a large one. How long each takes with millions is
a row of script/bench ("logsearch").
"""

import json
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from portal.language.zone import JAPAN
from tests.database import Database

pytestmark = pytest.mark.asyncio(loop_scope="module")
MANY = 100_000
FILL = """
insert into accesslog.entry (id, recorded_at, action, actor_id, role, company_id, session_id, request_id,
                             introduction_id, purpose, items, decision, reasons, document_digest, commitment)
select accesslog.entry_id(at), at, case when n % 50 = 0 then 'resume_downloaded' else 'listed' end,
       md5('a' || n % 900)::uuid, case when n % 500 = 0 then 'administrator' else 'recruiter' end,
       md5('c' || n % 300)::uuid, md5('s' || n / 40)::uuid, md5('r' || n / 20)::uuid, md5('i' || n % 9000)::uuid,
       case when n % 200 = 0 then 2 else 1 end, case when n % 100 = 0 then 274 else 6145 end,
       case when n % 60 = 0 then 'refused' else 'permitted' end,
       case when n % 6000 = 0 then array['window_closed'] when n % 60 = 0 then array['consent_withdrawn'] end,
       case when n % 100 = 0 then sha256(int4send(n)) end, sha256('')
from (select n, date_trunc('month', now()) + n * ((now() - date_trunc('month', now())) / $1::integer) as at
      from generate_series(1, $1::integer) as n) as made
"""
SIDES = """
insert into accesslog.entry_subject (entry_id, recorded_at, candidate_id, ip)
select id, recorded_at, md5('p' || row_number() over () % 5000)::uuid,
       ('10.' || abs(hashtext(actor_id::text)) % 200 || '.0.1')::inet
from accesslog.entry
"""
ASKED = """
select found.asked::text as asked, gate.log_query(found.asked, false, false, 1501) as query
from gate.looked_for($1, null) as found, gate.walk_in_order(found.asked), set_config('random_page_cost', '1.1', true)
"""
FIELDS = (
    "recorded_from", "recorded_to", "company_id", "actor_id", "action", "decision", "introduction_code",
    "candidate_reference", "role", "purpose", "reason", "item", "session_id", "request_of", "address_of", "address",
    "document", "person_id", "hour",
)  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def owner(module_database: Database) -> Any:
    """A connection to a log of some length."""
    made = await module_database.connect("portal_owner")
    await made.execute("alter table accesslog.entry disable trigger user")
    await made.execute(FILL.replace("$1::integer", str(MANY)))
    await made.execute(SIDES)
    await made.execute("analyze accesslog.entry; analyze accesslog.entry_subject")
    return made


# What need not be asked of each entry, because the index has no other ones.
BY_ITSELF = {"purpose": "purpose &", "item": "items & 274", "reason": "reasons IS NOT NULL"}


async def values(owner: Any) -> dict[str, Any]:
    """A value for each field, rare where it can be."""
    one = await owner.fetchrow("select * from accesslog.entry where document_digest is not null limit 1")
    return {
        "recorded_from": one["recorded_at"], "company_id": one["company_id"], "actor_id": one["actor_id"],
        "action": "resume_downloaded", "decision": "refused", "role": "administrator", "purpose": "contact",
        "reason": "consent_withdrawn", "item": "telephone", "session_id": one["session_id"], "request_of": one["id"],
        "address_of": one["id"], "address": "10.7.0.1", "document": one["document_digest"],
        "person_id": await owner.fetchval("select candidate_id from accesslog.entry_subject limit 1"),
        "introduction_code": "SK-000000", "hour": one["recorded_at"].astimezone(JAPAN).hour,
    }  # fmt: skip


async def test_no_condition_reads_the_whole_log(owner: Any) -> None:
    await owner.execute("set role portal_gate")
    for name, value in (await values(owner)).items():
        async with owner.transaction():  # with the settings of `gate.log_found`
            asked, query = await owner.fetchrow(ASKED, tuple(value if one == name else None for one in FIELDS))
            constant = "('" + asked.replace("'", "''") + "'::gate.log_asked)"
            told = await owner.fetchval(f"explain (format json) {query.replace('($1)', constant)}")
        whole = [node for node in nodes(json.loads(told)[0]["Plan"]) if node["Node Type"] == "Seq Scan"]
        assert not [node["Relation Name"] for node in whole if node["Relation Name"].startswith("entry")], name
        assert name not in BY_ITSELF or BY_ITSELF[name] not in told, told
        # In the order of time alone an hour in which nothing is done would be looked for through the whole log.
        assert name != "hour" or "extract" in told.partition('"Index Cond"')[2][:200].lower(), told
        # What many have is read in the order of an index, so that a page costs the same however many there are.
        assert name not in ("hour", "address") or '"Node Type": "Sort"' not in told, told


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """A plan and all below it that reads more than an empty partition."""
    below = [one for part in plan.get("Plans", ()) for one in nodes(part)]
    return [plan, *below] if plan["Plan Rows"] > 10 or "Relation Name" not in plan else below


async def test_what_nobody_has_is_found_at_once(owner: Any) -> None:
    await owner.execute("set role portal_gate")
    found = await owner.fetchval(
        "select (asked).nothing from gate.looked_for($1, null)", (*[None] * 13, uuid4(), *[None] * 5)
    )
    assert found is True


OF_ASKED = "from gate.looked_for($1, null) as wanted"
FOUND = f"select (one).id from (select unnest(gate.log_found(asked, $2, $3, false, 9, $4)) as one {OF_ASKED}) as found"
REACHED = f"select reached.* {OF_ASKED}, gate.log_reached(asked, $2, $3) as reached"


async def test_of_a_busy_address_a_step_is_looked_through_and_the_next_goes_on_behind_it(owner: Any) -> None:
    await owner.execute("reset role; alter table accesslog.entry_subject disable trigger user")
    step = await owner.fetchval("select gate.log_step()")
    oldest = await owner.fetch("select * from accesslog.entry order by recorded_at, id limit $1", step + 1000)
    busy = "update accesslog.entry_subject set ip = '10.255.0.1' where entry_id = any ($1)"
    await owner.execute(busy, [one["id"] for one in oldest])
    rare = next(one for one in oldest if one["document_digest"])
    asked = {"address": "10.255.0.1", "document": rare["document_digest"]}
    wanted = tuple(asked.get(one) for one in FIELDS)
    assert await owner.fetch(FOUND, wanted, None, None, step) == []
    reached = await owner.fetchrow(REACHED, wanted, None, None)
    assert reached["id"] == oldest[1000]["id"]
    assert [one["id"] for one in await owner.fetch(FOUND, wanted, *reached, step)] == [rare["id"]]
    assert (await owner.fetchrow(REACHED, wanted, *reached))["id"] is None
    assert [one["id"] for one in await owner.fetch(FOUND, wanted, None, None, None)] == [rare["id"]], "an export's"
