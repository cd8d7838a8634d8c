"""What no import brings, so that the demo has an example of each refusal.

Recipients that became others, a restriction that was lifted, and an introduction that was taken back. Promise: done
once, for what the folder holds alone. Its signed agreement names who a company was, its row who it is now.
"""

import json

import asyncpg

from portal.accesslog.actions import Action

LIFTED = "P012"
TAKEN_BACK = "IN-P023-202"
# With another representative than its agreement names, a company waits for compliance.
CHANGED = """
with was as (
    select company.id, gate.identity(company) as later,
           (select jsonb_build_object('name', signed.company_name, 'corporate_number', signed.company_corporate_number,
                                      'country', signed.company_country, 'address', signed.company_address,
                                      'representative', signed.company_representative)
            from portal.agreement as signed
            where signed.company_id = company.id and signed.company_signed_at is not null and signed.lacks is null
            order by signed.effective_at desc limit 1) as former
    from portal.company
    where company.reference = any ($1) and company.identity_changed_at is null
      and not exists (select from portal.succession where succession.company_id = company.id)
)
update portal.company set stood_as = was.former, identity_changed_at = now() - interval '2 days'
from was
where company.id = was.id and gate.identity_changes(was.former, was.later) <> '{}'
returning company.id, gate.identity_changes(was.former, was.later) as changes
"""
SUCCEEDED = """
with recorded as (
    insert into portal.succession (company_id, kind, former, later, changed_at, evidence, recorded_by)
    select company.id, 'merged', company.stood_as, gate.identity(company), company.identity_changed_at,
           '登記事項証明書（吸収合併）', officer.id
    from portal.company
    cross join (select id from portal.account
                where role = 'compliance' and lower(email) = any ($2) order by email limit 1) as officer
    where company.id = any ($1)
    returning company_id
)
update portal.company set identity_changed_at = null, stood_as = null, succeeded_at = now()
from recorded where company.id = recorded.company_id
"""
RESTRICTED = """
select candidate.id, officer.email
from personal.candidate
cross join (select email from portal.account
            where role = 'compliance' and lower(email) = any ($2) order by email limit 1) as officer
where candidate.reference = $1
  and not exists (select from personal.law_change where law_change.candidate_id = candidate.id)
"""
HOLD = "select gate.hold_person($1, 'restriction', null, null)"
LIFT = "select gate.loosen_law($1, 'restriction', null, '本人から制限を解いてほしいとの申し出', '記録 P012-R', $2)"
WITHDRAW = """
insert into personal.introduction_withdrawal (introduction_id, reason, withdrawn_by)
select introduction.id, 'by_mistake', company.account_manager_id
from personal.introduction join portal.company on company.id = introduction.company_id
where introduction.reference = $1
on conflict do nothing
returning introduction_id
"""
ENTRY = "select gate.record_import($1, null, $2, $2, $3)"
TAKEN = "select gate.record_import($1, candidate_id, company_id, id, $2) from personal.introduction where id = $3"
FACTS = {"corporate_number": "number_changed"}


async def set_up_refusals(connection: asyncpg.Connection, companies: list[str], emails: list[str]) -> None:
    """Make each of them once. As portal_owner."""
    async with connection.transaction():
        await _become_others(connection, companies, emails)
        row = await connection.fetchrow(RESTRICTED, LIFTED, emails)
        if row is not None:
            await connection.execute(HOLD, row["id"])
            await connection.execute(LIFT, row["id"], row["email"])
        taken = await connection.fetchval(WITHDRAW, TAKEN_BACK)
        if taken is not None:
            because = json.dumps({"withdrawn_because": "by_mistake"})
            await connection.execute(TAKEN, Action.INTRODUCTION_WITHDRAWN.code, because, taken)


async def _become_others(connection: asyncpg.Connection, companies: list[str], emails: list[str]) -> None:
    rows = await connection.fetch(CHANGED, companies)
    for row in rows:
        facts = {FACTS.get(name, f"{name}_changed"): True for name in row["changes"]}
        said = json.dumps(facts | {"disclosure_stopped": True})
        await connection.execute(ENTRY, Action.COMPANY_CHANGED.code, row["id"], said)
    merged = [row["id"] for row in rows if "corporate_number" in row["changes"]]
    await connection.execute(SUCCEEDED, merged, emails)
    for company in merged:
        await connection.execute(ENTRY, Action.SUCCESSION_RECORDED.code, company, json.dumps({"succession": "merged"}))
