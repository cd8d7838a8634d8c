"""Reopening a decision: a form on the candidate's page, and the account manager's page with what is asked."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER, Role
from portal.language.i18n import N_, Undone
from portal.selection.handlers.candidate import opened
from portal.selection.handlers.forward_forms import NeedForm, ReopenForm
from portal.selection.reopening import answer_reopening, ask_to_reopen, reopenings
from portal.web.forms import Form, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page, path_of
from portal.web.visit import PortalRequest
from portal.web.work import work

PATH = "/reopenings"
ASKED = {
    "asked": N_("Your account manager is asked to reopen the selection. Until the answer everything stays closed."),
    "waiting": N_("Your account manager has been asked already."),
    "undecided": Undone(N_("No decision stands here, so there is nothing to reopen.")),
    "returnable": N_("Whoever recorded this can still take it back. Ask for it to be reopened after that."),
}
ANSWERED = {
    "reopened": N_("The selection is open again for the company, and the person is told."),
    "declined": N_("Declined. The selection stays closed."),
    "over": Undone(N_("Nothing was changed: it was answered already, or the decision was taken back.")),
    "closed": Undone(
        N_("Nothing was opened: besides the decision something else keeps the selection closed. See it below.")
    ),
}


@post(
    "/candidates/{introduction:uuid}/reopening",
    status_code=200,
    opt=signed_in(*EMPLOYER, keeps=False, leads="/candidates/{introduction}"),
)
async def ask_reopening(request: PortalRequest, introduction: FromPath[UUID]) -> Response[bytes]:
    """Ask the account manager to reopen the selection."""
    form: Form[ReopenForm] = await read_form(request, ReopenForm)
    async with work(request) as unit:
        if form.value is None:
            await opened(unit, introduction)
            return lead_on(request, path_of(request), Undone(N_("Choose why it should be reopened.")))
        answer = await ask_to_reopen(unit, introduction, form.value.reason)
        if answer is None:
            raise Refused
    return lead_on(request, path_of(request), ASKED[answer])


@get(PATH, opt=signed_in(Role.ACCOUNT_MANAGER))
async def show_reopenings(request: PortalRequest) -> Response[str]:
    """What companies ask to have reopened, by code."""
    async with work(request) as unit:
        found = await reopenings(unit)
    waiting = [one for one in found if one.answered_at is None]
    answered = [one for one in found if one.answered_at is not None]
    return page(request, "introductions/reopenings.html", waiting=waiting, answered=answered)


@post(PATH, status_code=200, opt=signed_in(Role.ACCOUNT_MANAGER, keeps=False))
async def answer(request: PortalRequest) -> Response[bytes]:
    """Grant or decline one."""
    form: Form[NeedForm] = await read_form(request, NeedForm)
    async with work(request) as unit:
        said = None
        if form.value:
            said = await answer_reopening(unit, form.value.asked, granted=form.value.answer == "yes")
        if said is None:
            raise Refused
    return lead_on(request, PATH, ANSWERED[said])


routes = [ask_reopening, show_reopenings, answer]
