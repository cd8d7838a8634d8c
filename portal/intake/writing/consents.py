"""Consents: what a person said about one company, and when.

A statement is never edited. An import may bring its withdrawal, which has happened by then, and the evidence of a
statement that was imported before evidence was asked for; to say anything else the person makes a new statement, which
has a reference of its own.
What a statement opens is reckoned by the database from the notice shown (`portal/consent/gate`).
"""

from datetime import datetime

import asyncpg

from portal.accesslog.actions import Action
from portal.candidates.items import Item, codes_of
from portal.consent.lacks import LACKS
from portal.intake.folder import Placed
from portal.intake.moments import Moment
from portal.intake.problems import Unreadable
from portal.intake.records import Consent
from portal.intake.writing.work import State, Work, conflict
from portal.language.i18n import N_
from portal.language.zone import JAPAN

STANDING = "select * from personal.consent where reference = $1 for update"
NOTICE = "select * from portal.notice where reference = $1 and version = $2 and language = $3"
WITHDRAWN = N_("a time that has been: a withdrawal holds from when the person says it, and is imported then")
SINCE = N_("a time at which the notice shown was in force: since {since}")
RECORD = """
select * from gate.record_consent(
    person => $2, company => $3, notice => $4, items => $5, purposes => $6, given => $7, ends => $8,
    reference => $1, withdrawn => $9, channel => $10, evidence => $11)
"""
WITHDRAW = "select gate.withdraw_consent($1, $2, null, null, $3, $4)"
PROOF = ("channel", "evidence")
ADDED_LATER = ("withdrawn_at", *PROOF)


async def write_consent(work: Work, placed: Placed[Consent]) -> State:
    """Raises Unreadable when what it refers to is unknown or its notice does not carry it. Likewise when its times
    contradict one another, or a statement that stands would be altered."""
    consent = placed.record
    candidate = await work.required("candidates", placed, "candidate")
    company = await work.required("companies", placed, "company")
    notice = await _notice(work, placed)
    values: dict[str, object] = {
        "candidate_id": candidate,
        "company_id": company,
        "notice_id": notice["id"],
        "items": int(consent.items),
        "purposes": consent.purposes,
        "given_at": consent.given_at,
        "expires_at": consent.expires_at,
        "withdrawn_at": consent.withdrawn_at,
        "channel": consent.channel,
        "evidence": consent.evidence,
    }
    row = await work.connection.fetchrow(STANDING, consent.reference)
    if row is not None:
        return await _settle(work, placed, row, values)
    _check_order(work, placed)
    _check_withdrawal(work, placed)
    _check_notice(placed, notice)
    said = [work.at(value) if isinstance(value, Moment) else value for value in values.values()]
    done = await work.connection.fetchrow(RECORD, consent.reference, *said)
    if done["lacks"]:
        column, wanted = LACKS[done["lacks"][0]]
        endless = done["lacks"][0] == "given_outside_notice" and notice["valid_until"] is None
        raise Unreadable(placed.problem(SINCE if endless else wanted, column, **_in_force(notice)))
    if done["result"] == "ended":
        raise Unreadable(placed.problem(N_("a time after the consent was given"), "expires_at"))
    return State.ADDED


async def _settle(work: Work, placed: Placed[Consent], row: asyncpg.Record, values: dict[str, object]) -> State:
    changed = work.differences(row, values)
    forward = _brought_forward(work, placed, row)
    if not changed and not forward:
        return State.UNCHANGED
    if "withdrawn_at" in changed:
        _check_withdrawal(work, placed)
    for column in changed.keys() - forward.keys():
        if column not in ADDED_LATER or row[column] is not None:
            named = {"candidate_id": "candidate", "company_id": "company", "notice_id": "notice"}.get(column, column)
            raise conflict(
                placed, N_("the consent as it was given; a new statement has a new reference"), named, row[column]
            )
    if withdrawn := (changed | forward).get("withdrawn_at"):
        await work.connection.execute(WITHDRAW, row["candidate_id"], row["company_id"], row["id"], withdrawn)
    if proved := {column: value for column, value in changed.items() if column in PROOF}:
        await work.update("personal.consent", row["id"], proved)
        candidate, company = row["candidate_id"], row["company_id"]
        await work.record(Action.CONSENT_EVIDENCED, candidate=candidate, company=company, subject=row["id"])
    return State.UPDATED


def _brought_forward(work: Work, placed: Placed[Consent], row: asyncpg.Record) -> dict[str, object]:
    """A withdrawal that was dated in the future and has happened by now. One that has been is not moved: what was said
    between the two times would open."""
    withdrawn, stands = work.at(placed.record.withdrawn_at), row["withdrawn_at"]
    return {"withdrawn_at": withdrawn} if withdrawn and stands and withdrawn <= work.now < stands else {}


async def _notice(work: Work, placed: Placed[Consent]) -> asyncpg.Record:
    consent = placed.record
    key = (consent.notice, consent.notice_version, consent.language)
    found: asyncpg.Record | None = await work.connection.fetchrow(NOTICE, *key)
    if found is None:
        wanted = N_("a notice of this version in this language, in notices or imported before")
        raise Unreadable(placed.lacking(wanted, "notice", "notices", *key))
    return found


def _check_notice(placed: Placed[Consent], notice: asyncpg.Record) -> None:
    """What was said goes no further than the notice. One that is not described is refused for that."""
    if notice["items"] is None:
        return
    if beyond := placed.record.items & ~Item(notice["items"]):
        wanted = N_("items that the notice shown names; it does not name {beyond}")
        raise Unreadable(placed.problem(wanted, "items", beyond=", ".join(codes_of(beyond))))
    if placed.record.purposes & ~notice["purposes"]:
        raise Unreadable(placed.problem(N_("purposes that the notice shown names"), "purposes"))


def _in_force(notice: asyncpg.Record) -> dict[str, str]:
    """Since and until when the notice is in force, as a file could write it."""
    since, until = (
        moment.astimezone(JAPAN).replace(tzinfo=None).isoformat(" ", "minutes") if moment else "-"
        for moment in (notice["published_at"], notice["valid_until"])
    )
    return {"since": since, "until": until}


def _check_withdrawal(work: Work, placed: Placed[Consent]) -> None:
    withdrawn = work.at(placed.record.withdrawn_at)
    if withdrawn is not None and withdrawn > work.now:
        raise Unreadable(placed.problem(WITHDRAWN, "withdrawn_at"))


def _check_order(work: Work, placed: Placed[Consent]) -> None:
    consent = placed.record
    given: datetime = consent.given_at.at(work.now)
    if given > work.now:
        raise Unreadable(placed.problem(N_("a time that has been"), "given_at"))
    for column in ("expires_at", "withdrawn_at"):
        later = work.at(getattr(consent, column))
        if later is not None and later < given:
            raise Unreadable(placed.problem(N_("a time after the consent was given"), column))
