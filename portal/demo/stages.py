"""What an import does not bring for a company that is set up: compliance's approval, and its agreement being sent.

Promise: done once, for companies of the folder alone, and by the functions that the pages call where there are such.
"""

import asyncpg

APPROVE = """
insert into portal.company_screening (company_id, outcome, note, decided_by)
select company.id, 'approved', 'Invented, as everything in the demo.', officer.id
from portal.company
cross join (select id from portal.account
            where role = 'compliance' and lower(email) = any ($2) order by email limit 1) as officer
where company.reference = any ($1) and company.status = 'pending'
  and exists (select from portal.agreement where agreement.company_id = company.id and agreement.lacks is null)
  and not exists (select from portal.company_screening as said where said.company_id = company.id)
"""
SEND = """
select gate.send_agreement(agreement.id) from portal.agreement join portal.company on company.id = agreement.company_id
where company.reference = any ($1) and company.status = 'pending'
  and agreement.sent_at is null and agreement.lacks is null
  and agreement.signatory_email is not null and agreement.company_signed_at is null
"""


async def set_up(connection: asyncpg.Connection, companies: list[str], emails: list[str]) -> None:
    """Approve those of these companies, by reference, that have an agreement to sign, and send it. As portal_owner."""
    async with connection.transaction():
        await connection.execute(APPROVE, companies, emails)
        await connection.execute(SEND, companies)
