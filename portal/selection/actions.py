"""What a recruiter does to an introduction. One action, one transaction, one entry: the gate writes both."""

from typing import Literal
from uuid import UUID

from portal.selection.forms import OutcomeForm
from portal.web.forms import Errors
from portal.web.i18n import N_, _
from portal.web.work import Unit

PUT = "select gate.put_outcome($1, $2, $3, $4, $5)"
DONE: dict[str, Literal["open", "closed"]] = {"recorded": "open", "corrected": "open", "recorded_and_closed": "closed"}
TROUBLE = {
    "already_recorded": N_("An outcome was recorded in the meantime. It stands on this page, and you can correct it."),
    "unchanged": N_("Nothing was changed: this is recorded already. Change the result, the reason or the note."),
    "too_late": N_("The 24 hours for corrections are over. Ask your account manager to have it put right."),
}


async def put_outcome(unit: Unit, introduction: UUID, form: OutcomeForm) -> Literal["open", "closed"] | Errors | None:
    """Record an outcome, or correct the one that stands.

    Returns "open" or "closed" when it is done: whether anything of the introduction is still open; errors
    that say why not; or None when to this viewer there is nothing to decide on.
    """
    answer = await unit.fetchval(PUT, introduction, form.result, form.reason, form.note, form.correcting)
    if answer in TROUBLE:
        return Errors(result=_(TROUBLE[answer]))
    return DONE.get(answer)
