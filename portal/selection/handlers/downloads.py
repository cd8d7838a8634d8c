"""What one person took: what of it has to be deleted and when, and how many more files may be saved today."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post

from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER, Role
from portal.language.i18n import N_
from portal.selection.handlers.forward_forms import MoreForm, NeedForm, OwnAttestationForm
from portal.selection.taking import (
    answer_download,
    ask_for_downloads,
    asked_downloads,
    attest_own,
    own_downloads,
    own_limit,
)
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

PATH = "/downloads"
HERE = signed_in(*EMPLOYER, leads=PATH)
ASKED = {
    "given": N_("Your reason is recorded. You can save that many more today."),
    "asked": N_("The administrators of your company are asked. Until one of them approves, nothing more can be saved."),
    "waiting": N_("An administrator has been asked already. Please wait for the answer."),
    "no_limit": N_("There is no limit, so no reason is needed."),
    "nothing": N_("An administrator of your company lets you read on the page, and save nothing."),
}
ANSWERED = {
    "granted": N_("Granted. Your colleague can save that many more today."),
    "declined": N_("Declined. Your colleague sees it on their page."),
    "own": N_("You asked for this yourself, so another administrator has to answer it."),
    "over": N_("This was answered already, or its day is over."),
}


async def _show(request: PortalRequest, **given: Form[Any]) -> Response[str]:
    """The page, with a form as it came back in place of a blank one."""
    async with work(request) as unit:
        taken, limit, needs = await own_downloads(unit), await own_limit(unit), await asked_downloads(unit)
    forms: dict[str, Any] = {"more_form": blank(MoreForm).named("more"), "attest_form": blank(OwnAttestationForm)}
    return page(
        request,
        "deletions/downloads.html",
        status=422 if any(form.errors for form in given.values()) else 200,
        **{**forms, **given},
        now=datetime.now(UTC),
        limit=limit,
        needs=needs,
        to_delete=[one for one in taken if one.duty_id and not one.attested_at],
        kept=[one for one in taken if not one.duty_id],
        attested=[one for one in taken if one.duty_id and one.attested_at],
    )


@get(PATH, opt=signed_in(*EMPLOYER))
async def show_downloads(request: PortalRequest) -> Response[str]:
    """What the viewer took, by code."""
    return await _show(request)


@post(PATH, opt=signed_in(*EMPLOYER), status_code=200)
async def attest_copies(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Record what became of the own copies that were chosen."""
    form: Form[OwnAttestationForm] = await read_form(request, OwnAttestationForm)
    if form.value is None:
        return await _show(request, attest_form=form)
    async with work(request) as unit:
        done = await attest_own(unit, form.value.duties, form.value.said)
    if done is None:
        raise Refused
    left = str(len(form.value.duties) - done)
    if left != "0":
        said = N_("Recorded: %(done)s. Not recorded: %(left)s, because it is closed already, or nobody was hired.")
        return lead_on(request, PATH, said, done=str(done), left=left)
    return lead_on(request, PATH, N_("Recorded: %(done)s."), done=str(done))


@post("/downloads/more", opt=HERE, status_code=200)
async def ask_for_more(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Say why more files are needed today."""
    form: Form[MoreForm] = await read_form(request, MoreForm)
    if form.value is None:
        return await _show(request, more_form=form.named("more"))
    async with work(request) as unit:
        answer = await ask_for_downloads(unit, form.value.reason)
    if answer is None:
        raise Refused
    return lead_on(request, PATH, ASKED[answer])


@post("/downloads/answer", opt=signed_in(Role.EMPLOYER_ADMIN, keeps=False, leads=PATH), status_code=200)
async def answer_need(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Grant or decline what a colleague asked for."""
    form: Form[NeedForm] = await read_form(request, NeedForm)
    if form.value is None:
        return await _show(request)
    async with work(request) as unit:
        answer = await answer_download(unit, form.value.asked, granted=form.value.answer == "yes")
    if answer is None:
        raise Refused
    return lead_on(request, PATH, ANSWERED[answer])


routes = [show_downloads, attest_copies, ask_for_more, answer_need]
