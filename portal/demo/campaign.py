"""The demo's campaign: a second version of the template, asked of every company, signed for a group so far."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import asyncpg

from portal.accesslog.actions import Action
from portal.agreements.templates import Text, first, read
from portal.demo.group import write_group
from portal.demo.template import RECORD, STAFF, write_version
from portal.language.zone import JAPAN

ADDED = {
    "ja": "乙は、利用者が年に1回以上、個人データの取扱いに関する研修を受けるようにする。",
    "en": " The company has its users trained in handling personal data at least once a year.",
}
REASON = "利用者の研修を年1回以上とする条項を加えました。/ A clause on yearly training of users was added."
START = """
insert into portal.campaign (template_version, reason, started_at, started_by, ends_at)
values ($1, $2, now() - interval '10 days', $3, $4)
"""


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
        await write_group(connection, 2)
        await connection.execute("select gate.spread_campaigns()")
        await connection.execute(RECORD, Action.CAMPAIGN_STARTED.code, made, None)
