"""Agreements on their way to both signatures, as the gate leaves them behind; without mail and browser."""

import hashlib
from typing import Any

import asyncpg

from portal.agreements.declarations import TEXTS
from portal.database.viewer import new_secret
from tests.client import Portal
from tests.facts import Agreement, Company

SIGNATORY = "ada@aoba.example"
DECLARATION = hashlib.sha256(TEXTS[1]["ja"].encode()).digest()


async def to_be_signed(portal: Portal, company: Company, **values: Any) -> Agreement:
    """Another agreement of a company, drafted and signed by nobody."""
    usual = {
        "company_signed_at": None, "operator_signed_at": None, "effective_at": portal.world.now, "evidence": None,
        "contact_days": 14, "signatory_email": SIGNATORY,
    }  # fmt: skip
    made = portal.world.agreement(company, **{**usual, **values})
    await portal.written()
    return made


async def sent(owner: asyncpg.Connection, agreement: Agreement) -> str:
    """It was sent; the link's secret, as its mail would hold it."""
    assert await owner.fetchval("select gate.send_agreement($1)", agreement.id) == "sent"
    return await secret_of(owner, agreement)


async def secret_of(owner: asyncpg.Connection, agreement: Agreement) -> str:
    """A secret of the newest link of an agreement."""
    secret = new_secret()
    await owner.execute(
        "insert into portal.link_secret (secret_hash, link_id)"
        " select $2, id from portal.link where agreement_id = $1 order by made_at desc limit 1",
        agreement.id, hashlib.sha256(secret.encode()).digest(),
    )  # fmt: skip
    return secret


async def link_session(owner: asyncpg.Connection, agreement: Agreement) -> str:
    """A sign-in by its newest link in which the code was entered; the secret that its browser has."""
    secret = new_secret()
    await owner.execute(
        "insert into portal.link_session (link_id, secret_hash, expires_at, code_entered_at)"
        " select id, $2, now() + interval '1 hour', now() from portal.link"
        " where agreement_id = $1 order by made_at desc limit 1",
        agreement.id, hashlib.sha256(secret.encode()).digest(),
    )  # fmt: skip
    return secret


async def signed_by_company(owner: asyncpg.Connection, agreement: Agreement) -> None:
    """Its signatory signed it."""
    await sent(owner, agreement)
    await link_session(owner, agreement)
    await owner.execute(
        "insert into portal.agreement_signature (agreement_id, session_id, stated_name, stated_title, authority, email,"
        " language, terms_digest, text_digest, declaration_digest, code_entered_at, entry_id)"
        " select agreement.id, session.id, signatory_name, signatory_title, signatory_authority, signatory_email, 'ja',"
        " agreement.terms_digest, text_digest, $2, now(), gen_random_uuid()"
        " from portal.agreement join portal.link on link.agreement_id = agreement.id"
        " join portal.link_session as session on session.link_id = link.id where agreement.id = $1",
        agreement.id, DECLARATION,
    )  # fmt: skip
    await owner.execute(
        "update portal.agreement set company_signed_at = now(), evidence = 'portal' where id = $1", agreement.id
    )
