"""Agreements: texts that companies signed. One that both have signed can only be ended."""

from pathlib import Path

from portal.accesslog.actions import Action
from portal.intake.folder import Placed, read_text
from portal.intake.records import Agreement
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


def _columns(agreement: Agreement) -> dict[str, object]:
    same = (
        "number", "version", "contact_days", "company_signed_at", "operator_signed_at", "effective_at",
        "expires_at", "terminated_at", "superseded_at", "grace_days", "purposes",
    )  # fmt: skip
    values = {name: getattr(agreement, name) for name in same}
    return {**values, "items": int(agreement.items), "signatory_name": agreement.signatory}
