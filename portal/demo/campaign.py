"""The demo's campaign: a second version of the template, asked of every company, signed by one of them so far."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import asyncpg

from portal.accesslog.actions import Action
from portal.agreements.templates import Text, first, read
from portal.demo.history import JAPAN
from portal.demo.template import RECORD, STAFF, write_version

ADDED = {
    "ja": " 企業は、利用者が年に1回以上、個人データの取扱いに関する研修を受けるようにする。",
    "en": " The company has its users trained in handling personal data at least once a year.",
}
REASON = "利用者の研修を年1回以上とする条項を加えました。/ A clause on yearly training of users was added."
START = """
insert into portal.campaign (template_version, reason, started_at, started_by, ends_at)
values ($1, $2, now() - interval '10 days', $3, $4)
"""
SIGN = """
insert into portal.agreement (
    reference, company_id, number, version, items, purposes, contact_days, grace_days, text, effective_at, expires_at,
    template_version, territory, company_name, company_name_latin, company_address, company_representative,
    company_corporate_number, company_country, operator_name, operator_address, operator_representative,
    signatory_name, signatory_title, signatory_email, signatory_authority,
    sent_at, company_signed_at, operator_signed_at)
select former.reference || '-NEW', former.company_id, former.number, former.version + 1, former.items, former.purposes,
       30, 14, '', $2::timestamptz, $2::timestamptz + interval '730 days', $3, '{JP}',
       former.company_name, former.company_name_latin, former.company_address, former.company_representative,
       former.company_corporate_number, former.company_country,
       former.operator_name, former.operator_address, former.operator_representative,
       former.signatory_name, former.signatory_title, former.signatory_email, former.signatory_authority,
       now() - interval '8 days', now() - interval '6 days', now() - interval '5 days'
from portal.agreement as former join portal.company on company.id = former.company_id
where company.reference = $1 and former.lacks is null and former.operator_signed_at is not null
order by former.effective_at desc limit 1
"""
SIGNED_BY = "SEIRAN"


def _with_training(text: Text, language: str) -> Text:
    clauses = (replace(one, body=one.body + ADDED[language]) if one.key == "people" else one for one in text.clauses)
    return Text(text.title, tuple(clauses))


async def write_campaign(connection: asyncpg.Connection) -> None:
    """Draft and approve the second version and ask for it, as portal_owner, in a demo that has the first one alone."""
    async with connection.transaction():
        staff = [row["id"] for row in await connection.fetch(STAFF)]
        newest = await connection.fetchval("select max(version) from portal.agreement_template")
        if len(staff) < 2 or newest != 1:
            return
        ja, en = (_with_training(read(first(language)), language) for language in ("ja", "en"))
        made = await write_version(connection, 2, ja, en, staff)
        today = datetime.combine(datetime.now(JAPAN).date(), time(), JAPAN)
        await connection.execute(START, 2, REASON, staff[1], today + timedelta(days=76))
        await connection.execute(SIGN, SIGNED_BY, today + timedelta(days=30), 2)
        await connection.execute("select gate.spread_campaigns()")
        await connection.execute(RECORD, Action.CAMPAIGN_STARTED.code, made, None)
