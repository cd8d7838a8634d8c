"""Who stands in for a company of the demo, and the networks that the people of another come from.

Promise: done once, for the folder's own companies and accounts, by the functions that pages and commands call. The
network is a range reserved for examples, of a company that is suspended, so that nobody of the demo is shut out.
"""

from ipaddress import ip_network

import asyncpg

from portal.companies.keepers import name_stand_in
from portal.companies.networks import set_networks

STOOD_IN_FOR, NAMED = "AOBA", "CAMPANELLA"
RANGE = ip_network("203.0.113.0/24")
OTHER = """
select company.id as company, account.id as account
from portal.company join portal.account on account.role = 'account_manager' and account.id <> company.account_manager_id
where company.reference = $1 and company.reference = any ($2) and lower(account.email) = any ($3)
  and not exists (select from portal.stand_in where stand_in.company_id = company.id)
order by account.email limit 1
"""
WITHOUT = """
select company.id from portal.company
where company.reference = $1 and company.reference = any ($2)
  and not exists (select from portal.company_network as named where named.company_id = company.id)
"""


async def set_up_keeping(connection: asyncpg.Connection, companies: list[str], emails: list[str]) -> None:
    """Name both where there is none yet. As portal_owner."""
    async with connection.transaction():
        row = await connection.fetchrow(OTHER, STOOD_IN_FOR, companies, emails)
        if row is not None:
            await name_stand_in(connection, row["company"], row["account"])
        company = await connection.fetchval(WITHOUT, NAMED, companies)
        if company is not None:
            await set_networks(connection, company, [], [RANGE])
