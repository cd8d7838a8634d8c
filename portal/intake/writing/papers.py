"""Agreements and notices: texts that people signed or were shown.

A text that was signed or shown is never altered afterwards: an agreement signed by both can only be
ended, and a notice not at all.
"""

from pathlib import Path

from portal.accesslog.actions import Action
from portal.intake.folder import Placed, read_text
from portal.intake.problems import Unreadable
from portal.intake.records import Agreement, Notice
from portal.intake.writing.work import State, Work, conflict
from portal.language.i18n import N_

ENDINGS = ("terminated_at", "superseded_at")


class Papers:
    """Writes the papers whose texts lie in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def write_agreement(self, work: Work, placed: Placed[Agreement]) -> State:
        """Raises Unreadable for an unknown company, a missing text, or a change to what was signed."""
        agreement = placed.record
        company = await work.required("companies", placed, "company")
        values = {**_columns(agreement), "company_id": company, "text": read_text(self.folder, placed)}
        query = "select * from portal.agreement where reference = $1 for update"
        row = await work.connection.fetchrow(query, agreement.reference)
        if row is None:
            made = await work.insert("portal.agreement", {"reference": agreement.reference, **values})
            await work.record(Action.AGREEMENT_IMPORTED, company=company, subject=made, new=True)
            return State.ADDED
        changed = work.differences(row, values)
        signed = row["company_signed_at"] and row["operator_signed_at"]
        for column in changed if signed else ():
            if column not in ENDINGS or row[column] is not None:
                named = {"company_id": "company", "text": "text_file", "signatory_name": "signatory"}.get(
                    column, column
                )
                raise conflict(
                    placed, N_("the signed agreement as it stands; a change needs a new version"), named, row[column]
                )
        if not changed:
            return State.UNCHANGED
        await work.update("portal.agreement", row["id"], changed)
        await work.record(Action.AGREEMENT_IMPORTED, company=company, subject=row["id"], new=False)
        return State.UPDATED

    async def write_notice(self, work: Work, placed: Placed[Notice]) -> State:
        """Raises Unreadable for a missing text, a translation without its original, or a changed text."""
        notice = placed.record
        text = read_text(self.folder, placed)
        key = (notice.reference, notice.version, notice.language)
        query = "select * from portal.notice where reference = $1 and version = $2 and language = $3"
        row = await work.connection.fetchrow(query, *key)
        if row is not None:
            if work.differences(row, {"text": text, "published_at": notice.published_at}):
                raise Unreadable(
                    placed.problem(N_("the notice as it was published; a change needs a new version"), "text_file")
                )
            return State.UNCHANGED
        original = await work.connection.fetchval(query, notice.reference, notice.version, "ja")
        if notice.language != "ja" and original is None:
            wanted = N_("a translation of a notice whose Japanese original comes before it")
            raise Unreadable(placed.lacking(wanted, "language", "notices", notice.reference, notice.version, "ja"))
        values = {"reference": notice.reference, "version": notice.version, "language": notice.language}
        made = await work.insert("portal.notice", {**values, "text": text, "published_at": notice.published_at})
        await work.record(Action.NOTICE_IMPORTED, subject=made)
        return State.ADDED


def _columns(agreement: Agreement) -> dict[str, object]:
    same = (
        "number", "version", "contact_days", "company_signed_at", "operator_signed_at", "effective_at",
        "expires_at", "terminated_at", "superseded_at", "grace_days", "purposes",
    )  # fmt: skip
    values = {name: getattr(agreement, name) for name in same}
    return {**values, "items": int(agreement.items), "signatory_name": agreement.signatory}
