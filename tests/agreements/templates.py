"""A template, written as compliance does, for tests of what is made from it."""

import json
from typing import Any

from portal.agreements.templates import clauses_of, first, read, words
from tests.facts import Account, Agreement

DRAFT = """
insert into portal.agreement_template (version, title_ja, title_en, clauses, words, most_items, most_contact_days,
                                       most_grace_days, most_term_days, within, drafted_by, approved_by, approved_at)
values ($1, $2, $3, $4, $5, 16383, 60, 30, 1100, '{JP}', $6, $7, case when $7::uuid is null then null else now() end)
returning version
"""


async def write_template(owner: Any, drafter: Account, approver: Account | None, version: int = 1) -> int:
    """The first template, drafted and approved by these two; its version."""
    ja, en = read(first("ja")), read(first("en"))
    clauses, spoken = json.dumps(clauses_of(ja, en)), json.dumps(words())
    approved = approver and approver.id
    made: int = await owner.fetchval(DRAFT, version, ja.title, en.title, clauses, spoken, drafter.id, approved)
    return made


def from_template(agreement: Agreement, version: int) -> None:
    """The agreement is made from this template, so that its text is made for it and no paper is kept elsewhere."""
    agreement.template_version, agreement.evidence, agreement.passages = version, None, {}
