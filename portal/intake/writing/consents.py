"""Consents: what a person said about one company, and when.

A statement is never edited. An import may bring its withdrawal; to say anything else the person makes
a new statement, which has a reference of its own.
"""

from datetime import datetime
from uuid import UUID

from portal.accesslog.actions import Action
from portal.intake.folder import Placed
from portal.intake.problems import Unreadable
from portal.intake.records import Consent
from portal.intake.writing.work import State, Work, conflict
from portal.language.i18n import N_


async def write_consent(work: Work, placed: Placed[Consent]) -> State:
    """Raises Unreadable when what it refers to is unknown, its times contradict one another, or a
    statement that stands would be altered."""
    consent = placed.record
    candidate = await work.required("candidates", placed, "candidate")
    company = await work.required("companies", placed, "company")
    values: dict[str, object] = {
        "candidate_id": candidate,
        "company_id": company,
        "notice_id": await _notice(work, placed),
        "items": int(consent.items),
        "explicit_items": int(consent.explicit_items),
        "purposes": consent.purposes,
        "foreign_transfer_notice": consent.foreign_transfer_notice,
        "given_at": consent.given_at,
        "expires_at": consent.expires_at,
        "withdrawn_at": consent.withdrawn_at,
    }
    query = "select * from personal.consent where reference = $1 for update"
    row = await work.connection.fetchrow(query, consent.reference)
    if row is None:
        _check_order(work, placed)
        made = await work.insert("personal.consent", {"reference": consent.reference, **values})
        await work.record(Action.CONSENT_IMPORTED, candidate=candidate, company=company, subject=made)
        return State.ADDED
    changed = work.differences(row, values)
    if not changed:
        return State.UNCHANGED
    for column in changed:
        if column != "withdrawn_at" or row["withdrawn_at"] is not None:
            named = {"candidate_id": "candidate", "company_id": "company", "notice_id": "notice"}.get(column, column)
            raise conflict(
                placed, N_("the consent as it was given; a new statement has a new reference"), named, row[column]
            )
    await work.update("personal.consent", row["id"], changed)
    await work.record(Action.CONSENT_WITHDRAWN, candidate=candidate, company=company, subject=row["id"])
    return State.UPDATED


async def _notice(work: Work, placed: Placed[Consent]) -> UUID:
    consent = placed.record
    found: UUID | None = await work.connection.fetchval(
        "select id from portal.notice where reference = $1 and version = $2 and language = $3",
        consent.notice,
        consent.notice_version,
        consent.language,
    )
    if found is None:
        wanted = N_("a notice of this version in this language, in notices or imported before")
        key = (consent.notice, consent.notice_version, consent.language)
        raise Unreadable(placed.lacking(wanted, "notice", "notices", *key))
    return found


def _check_order(work: Work, placed: Placed[Consent]) -> None:
    consent = placed.record
    given: datetime = consent.given_at.at(work.now)
    if given > work.now:
        raise Unreadable(placed.problem(N_("a time that has been"), "given_at"))
    for column in ("expires_at", "withdrawn_at"):
        later = work.at(getattr(consent, column))
        if later is not None and later < given:
            raise Unreadable(placed.problem(N_("a time after the consent was given"), column))
