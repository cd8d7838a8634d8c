"""The demo's template of agreements: the one that comes with the portal, drafted and approved by two of compliance."""

import json
from uuid import UUID

import asyncpg

from portal.accesslog.actions import Action
from portal.agreements.templates import Text, clauses_of, first, read, words

STAFF = "select id from portal.account where role = 'compliance' order by email limit 2"
DRAFT = """
insert into portal.agreement_template (version, title_ja, title_en, clauses, words, most_items, most_contact_days,
                                       most_grace_days, most_term_days, within, drafted_by, approved_by, approved_at)
values ($1, $2, $3, $4, $5, 16383, 60, 30, 1100, '{JP}', $6, $7, now()) returning id
"""
RECORD = "select gate.record_import($1, null, null, $2, $3)"


async def write_template(connection: asyncpg.Connection) -> None:
    """Make it, as portal_owner, in a demo that has none and two of compliance."""
    async with connection.transaction():
        staff = [row["id"] for row in await connection.fetch(STAFF)]
        if len(staff) < 2 or await connection.fetchval("select exists (select from portal.agreement_template)"):
            return
        await write_version(connection, 1, read(first("ja")), read(first("en")), staff)


async def write_version(connection: asyncpg.Connection, version: int, ja: Text, en: Text, staff: list[UUID]) -> UUID:
    """A version drafted by the first of these and approved by the second, with its entries; its id."""
    clauses, spoken = json.dumps(clauses_of(ja, en)), json.dumps(words())
    made: UUID = await connection.fetchval(DRAFT, version, ja.title, en.title, clauses, spoken, *staff)
    await connection.execute(RECORD, Action.TEMPLATE_DRAFTED.code, made, None)
    await connection.execute(RECORD, Action.TEMPLATE_APPROVED.code, made, json.dumps({"done": True}))
    return made
