"""What `portal doctor` says of facts that lack their evidence: how many, which, and how each is put right."""

from collections.abc import Collection

import asyncpg

from portal.operate.checks import Check, verdict
from portal.operate.connect import connected

AGREEMENTS = "select * from gate.unproved_agreements()"
LACKING = "select * from gate.unproved_consents()"
CHANGED = "select reference from portal.company where identity_changed_at is not null order by reference"
LAWS = "select reference from gate.unknown_laws() as reference"
SAME = "select reference || ' by ' || because as reference from gate.laws_of_same()"
CLOSED_FILES = "select reference from gate.closed_files() as reference"
ASKED = "select to_regproc($1) is not null"
SHOWN = 5
REMEDIES = {
    "notice_not_described": "import notices with policy_version, purposes, items and regimes of the notice shown",
    "notice_names_less": "ask the person anew under a notice whose text names each item and purpose that it covers",
    "policy_before_sharing": "ask the person anew: the policy of that time did not allow sharing",
    "given_outside_notice": "ask the person anew: the notice shown was not in force",
    "given_in_future": "ask the person anew: the consent was recorded before it was given",
    "expiry_missing": "ask the person anew: the notice shown promises an end",
    "expiry_beyond_promise": "ask the person anew: the notice shown promises an earlier end",
    "evidence_missing": "import consents with channel and evidence of the same references",
}
AGREEMENT_REMEDIES = {
    "company_particulars_missing": "import agreements with company_name, company_address, company_representative,"
    " company_country and company_corporate_number of the signed paper",
    "operator_particulars_missing": "import agreements with operator_name, operator_address, operator_representative",
    "signatory_missing": "import agreements with signatory and signatory_title",
    "authority_missing": "import agreements with signatory_authority",
    "evidence_missing": "import agreements with evidence: where the signed paper is kept",
    "days_not_in_text": "import agreements with says_days quoted from the text, and contact_days no more than it says",
    "grace_not_in_text": "import agreements with grace_days 0, or with says_grace quoted from the text",
    "template_not_approved": "have the template approved by another person of compliance, and sign anew",
    "choices_not_approved": "have compliance approve the choices, and sign anew",
    "items_not_in_text": "import agreements with says_items quoted from the text, and no items beyond it",
}


async def consents_check(url: str) -> Check:
    """Which consents open nothing because what they rest on is not proved. Reads as portal_owner."""
    return await _evidence_check(url, "consents", LACKING, REMEDIES)


async def agreements_check(url: str) -> Check:
    """Which signed agreements are not in force because they lack something. Reads as portal_owner."""
    return await _evidence_check(url, "agreements", AGREEMENTS, AGREEMENT_REMEDIES)


async def companies_check(url: str, examples: Collection[str] = ()) -> Check:
    """Which companies are no longer what their consents and agreements name. Reads as portal_owner.

    `examples` wait to show in a demo that and how one waits, so that nothing is to be done about them.
    """
    waiting = await _references(url, "gate.record_succession", CHANGED)
    found, shown = [one for one in waiting if one not in examples], [one for one in waiting if one in examples]
    said = f"{len(found)} became another and wait ({_shown(found)})" if found else "none became another"
    said += f"; {_shown(shown)} waits as the demo's example" if shown else ""
    remedy = "Nothing is disclosed to them until somebody of compliance records on the company's page what happened."
    return verdict("companies", not found, said, remedy)


async def laws_check(url: str) -> Check:
    """Whose law is not known, though their address demands one or is missing. Reads as portal_owner."""
    found = await _references(url, "gate.unknown_laws", LAWS)
    said = f"{len(found)} are not known ({_shown(found)})" if found else "none contradicts an address"
    held = await _references(url, "gate.laws_of_same", SAME)
    if held:
        said += f"; {len(held)} are held by the law of the same e-mail address or telephone number ({_shown(held)})"
    remedy = (
        "Nothing opens of them: their address demands a stricter law than was said, or names no country. Import them"
        " with the address and a law that fits it, or have compliance loosen the law on the record."
    )
    return verdict("laws of people", not found, said, remedy)


async def files_check(url: str) -> Check:
    """Whose uploaded file is closed, though they agreed to it, because of what it shows. Reads as portal_owner."""
    found = await _references(url, "gate.closed_files", CLOSED_FILES)
    if not found:
        return Check("uploaded files", "ok", "none shows more than its person agreed to")
    said = f"{len(found)} are closed: they show, or may show, more than their person agreed to ({_shown(found)})"
    return Check(
        "uploaded files", "ok", said, "Import resume_holds with the items that each shows: unless somebody says, all."
    )


async def _references(url: str, needed: str, question: str) -> list[str]:
    """Nobody while the gate is older than the question: the check of the gate says so."""
    async with connected(url) as connection:
        if not await connection.fetchval(ASKED, needed):
            return []
        return [row["reference"] for row in await connection.fetch(question)]


async def _evidence_check(url: str, of: str, lacking: str, remedies: dict[str, str]) -> Check:
    name = f"evidence of the {of}"
    async with connected(url) as connection:
        if not await connection.fetchval(ASKED, f"gate.unproved_{of}"):
            return Check(name, "skipped", "the gate is older than this question")
        rows: list[asyncpg.Record] = await connection.fetch(lacking)
    found = [f"{row['many']} {row['lack']} ({_first(row)})" for row in rows]
    remedy = "; ".join(f"{row['lack']}: {remedies[row['lack']]}" for row in rows)
    whole = " `portal candidate to-ask` lists them all." if of == "consents" else ""
    return verdict(name, not rows, "; ".join(found) or "nothing is lacking", f"These open nothing. {remedy}.{whole}")


def _first(row: asyncpg.Record) -> str:
    return _shown(row["first"], row["many"])


def _shown(references: list[str], many: int | None = None) -> str:
    return ", ".join(references[:SHOWN]) + (" …" if (many or len(references)) > SHOWN else "")
