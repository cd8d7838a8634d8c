"""An agreement of the demo that waits for its signatory: sent to them, with a link that `portal demo sign-ins` prints.

Promise: it is sent as an account manager sends it, once; the link's secret is made here and is nowhere else but in
`<home>/demo-signatory.json`, mode 0600. The code is mailed, as to anybody.
"""

import hashlib
import json
from pathlib import Path
from typing import TypedDict
from uuid import UUID

import asyncpg

from portal.database.viewer import new_secret
from portal.own_files import read_own, write_own

FILE = "demo-signatory.json"
WAITING = """
select agreement.id, company.name as company, agreement.signatory_email as email
from portal.agreement join portal.company on company.id = agreement.company_id
where agreement.reference = any ($1) and agreement.signatory_email is not null and agreement.lacks is null
  and agreement.company_signed_at is null and agreement.operator_signed_at is null and agreement.sent_at is null
order by agreement.reference limit 1
"""
SEND = "select gate.send_agreement($1)"
ADD = """
insert into portal.link_secret (secret_hash, link_id)
select $2, id from portal.link where agreement_id = $1 order by made_at desc limit 1
"""


class Signatory(TypedDict):
    """Who is to sign, and the secret of their link."""

    company: str
    email: str
    secret: str


def signatory(home: Path) -> Signatory | None:
    """Who is to sign in the demo; None where nobody is. Raises NotAnOwnFile."""
    text = read_own(home / FILE)
    kept: Signatory | None = None if text is None else json.loads(text)
    return kept


async def ask_to_sign(connection: asyncpg.Connection, home: Path, agreements: list[str]) -> None:
    """Send one of these agreements, by reference, that nobody has signed or sent yet. As portal_owner."""
    async with connection.transaction():
        row = await connection.fetchrow(WAITING, agreements)
        if row is None:
            return
        secret = new_secret()
        agreement: UUID = row["id"]
        await connection.fetchval(SEND, agreement)
        await connection.execute(ADD, agreement, hashlib.sha256(secret.encode()).digest())
        kept: Signatory = {"company": row["company"], "email": row["email"], "secret": secret}
        write_own(home / FILE, json.dumps(kept, ensure_ascii=False, indent=2))
