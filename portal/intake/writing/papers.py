"""Agreements: texts that companies signed. What both have signed is never altered; it can be ended, and where it lacks
something, what the signed paper says and nobody recorded can be added."""

import json
from pathlib import Path
from uuid import UUID

import asyncpg

from portal.accesslog.actions import Action
from portal.agreements.lacks import LACKS
from portal.candidates.items import Item
from portal.intake.folder import Placed, read_text
from portal.intake.problems import Unreadable
from portal.intake.records import Agreement
from portal.intake.writing.work import State, Work, conflict
from portal.language.i18n import N_

ENDINGS = ("terminated_at", "superseded_at")
# As in the file, and as in the row.
CALLED = {"company_id": "company", "text": "text_file", "signatory_name": "signatory", "passages": "says_days"}
NARROWED = ("contact_days", "grace_days")
SAME = (
    "number", "version", "contact_days", "company_signed_at", "operator_signed_at", "effective_at",
    "expires_at", "terminated_at", "superseded_at", "grace_days", "purposes",
    "fair_screening", "inactive_days", "daily_downloads",
)  # fmt: skip
PARTICULARS = (
    "company_name", "company_name_latin", "company_address", "company_representative", "company_corporate_number",
    "company_country", "operator_name", "operator_address", "operator_representative",
    "signatory_title", "signatory_email", "signatory_authority", "evidence",
)  # fmt: skip
SIGNED = N_("the signed agreement as it stands; a change needs a new version")
TERM = N_("a time after the agreement takes effect")


class Papers:
    """Writes the papers whose texts lie in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def write_agreement(self, work: Work, placed: Placed[Agreement]) -> State:
        """Raises Unreadable for an unknown company, a missing text, or a change to what was signed. Also for a signed
        agreement that lacks what would put it in force."""
        agreement = placed.record
        company = await work.required("companies", placed, "company")
        values = {**_columns(agreement), "company_id": company, "text": read_text(self.folder, placed)}
        query = "select * from portal.agreement where reference = $1 for update"
        row = await work.connection.fetchrow(query, agreement.reference)
        if row is None:
            return await self._add(work, placed, company, values)
        changed = _changes(work, row, values)
        if row["company_signed_at"] and row["operator_signed_at"]:
            _check_signed(placed, row, changed)
        if not changed:
            return State.UNCHANGED
        _check_signatures(work, placed)
        await work.update("portal.agreement", row["id"], changed)
        if row["company_signed_at"] and changed.keys() - {*ENDINGS}:
            await work.record(Action.AGREEMENT_EVIDENCED, company=company, subject=row["id"])
        else:
            await work.record(Action.AGREEMENT_IMPORTED, company=company, subject=row["id"], new=False)
        if changed.keys() - {*ENDINGS}:
            await _check_lacks(work, placed, row["id"])
        return State.UPDATED

    async def _add(self, work: Work, placed: Placed[Agreement], company: UUID, values: dict[str, object]) -> State:
        agreement = placed.record
        until = work.at(agreement.expires_at)
        if until is not None and until <= agreement.effective_at.at(work.now):
            raise Unreadable(placed.problem(TERM, "expires_at"))
        _check_signatures(work, placed)
        made = await work.insert("portal.agreement", {"reference": agreement.reference, **values})
        await _check_lacks(work, placed, made)
        await work.record(Action.AGREEMENT_IMPORTED, company=company, subject=made, new=True)
        return State.ADDED


async def _check_lacks(work: Work, placed: Placed[Agreement], agreement: object) -> None:
    """What the company has signed is taken in only with all that puts it in force."""
    query = "select lacks from portal.agreement where id = $1 and company_signed_at is not null"
    if lacks := await work.connection.fetchval(query, agreement):
        column, wanted = LACKS[lacks[0]]
        raise Unreadable(placed.problem(wanted, column))


def _check_signatures(work: Work, placed: Placed[Agreement]) -> None:
    """Raises Unreadable for a signature that is still to be given."""
    for column in ("company_signed_at", "operator_signed_at"):
        signed = work.at(getattr(placed.record, column))
        if signed is not None and signed > work.now:
            raise Unreadable(placed.problem(N_("a time that has been"), column))


def _changes(work: Work, row: asyncpg.Record, values: dict[str, object]) -> dict[str, object]:
    """The columns whose value is another; quotations are compared by what they quote. An end that was recorded here
    and that the file does not know stays."""
    plain = {name: value for name, value in values.items() if name != "passages"}
    plain = {name: value for name, value in plain.items() if value is not None or name not in ENDINGS}
    changed = work.differences(row, plain)
    if json.loads(row["passages"]) != json.loads(str(values["passages"])):
        changed["passages"] = values["passages"]
    return changed


def _check_signed(placed: Placed[Agreement], row: asyncpg.Record, changed: dict[str, object]) -> None:
    """Raises Unreadable for a change that is neither an end nor a mending of what lacks something."""
    for column, value in changed.items():
        ends = column in ENDINGS and row[column] is None
        if not ends and not (row["lacks"] and _mends(row, column, value)):
            raise conflict(placed, SIGNED, CALLED.get(column, column), row[column])


def _mends(row: asyncpg.Record, column: str, value: object) -> bool:
    """Whether this adds what was never recorded, or narrows to the text what goes beyond it. The trigger
    `gate.keep_agreement` holds every writer to the same."""
    stands = row[column]
    match column, value:
        case "text", str():
            return value.startswith(str(stands).rstrip("\n"))
        case "passages", str():
            return dict(json.loads(stands)).items() <= dict(json.loads(value)).items()
        case "items", int():
            return not Item(value) & ~Item(stands)
        case _, int() if column in NARROWED:
            return value < int(stands)
    return (column in PARTICULARS or column == "signatory_name") and stands is None


def _columns(agreement: Agreement) -> dict[str, object]:
    values = {name: getattr(agreement, name) for name in (*SAME, *PARTICULARS)}
    quoted = {
        "contact_days": agreement.says_days,
        "grace_days": agreement.says_grace,
        "items": agreement.says_items,
        "inactive_days": agreement.says_inactive,
        "daily_downloads": agreement.says_downloads,
    }
    passages = json.dumps({name: words for name, words in quoted.items() if words is not None})
    return {**values, "items": int(agreement.items), "signatory_name": agreement.signatory, "passages": passages}
