"""Taking an introduction back, with a reason: from the next click on nobody at the company can open it."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Undone
from portal.selection.handlers.forward_forms import WithdrawIntroductionForm
from portal.selection.withdrawal import Withdrawable, to_withdraw, withdraw
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

PATH = "/introductions/{introduction:uuid}/withdraw"
WITHDRAW = signed_in(Role.ACCOUNT_MANAGER, back=("/introductions/{introduction}",))
FORM = FormPage(
    title=N_("Withdraw the introduction"),
    lead=N_(
        "From the next click on nobody at the company can open this candidate, for selection or for contact. It cannot "
        "be undone for this position. What was recorded stays, and an outcome can no longer be recorded."
    ),
    button=N_("Withdraw the introduction"),
    behind=N_("Introduction"),
    template="introductions/withdraw.html",
    tone="danger",
)
SAID = {
    "withdrawn": N_("The introduction is withdrawn: nobody at the company can open it."),
    "already": Undone(N_("Nothing was changed: the introduction was withdrawn before.")),
}


async def _standing(request: PortalRequest, introduction: UUID) -> Withdrawable:
    async with work(request) as unit:
        found = await to_withdraw(unit, introduction)
    if found is None:
        raise Refused
    return found


@get(PATH, opt=WITHDRAW)
async def ask_withdrawal(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str]:
    """What withdrawing does, and the form for its reason."""
    found = await _standing(request, introduction)
    return await FORM.show(request, blank(WithdrawIntroductionForm), introduction=found)


@post(PATH, opt=WITHDRAW)
async def withdraw_introduction(
    request: PortalRequest, introduction: FromPath[UUID]
) -> Response[str] | Response[bytes]:
    """Withdraw it, and lead to the page that says why nothing is open."""
    form: Form[Any] = await read_form(request, WithdrawIntroductionForm)
    if form.value is None:
        return await FORM.show(request, form, introduction=await _standing(request, introduction))
    async with work(request) as unit:
        result = await withdraw(unit, introduction, form.value.reason)
    if result is None:
        raise Refused
    return lead_on(request, f"/introductions/{introduction}", SAID[result])


routes = [ask_withdrawal, withdraw_introduction]
