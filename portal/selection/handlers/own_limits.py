"""How many files each of a company's people may save in a day: seen and lowered by its administrators."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, get, post

from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Said
from portal.selection.own_limits import own_limits, set_own_limit
from portal.web.fields import identifier, number
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

PATH = "/team/limits"
HERE = signed_in(Role.EMPLOYER_ADMIN, back=("/team",))
ABOVE = N_("Your agreement lets one person save %(most)s files a day. You can set that many or fewer.")
DONE = {
    "set": N_("The limit is set. It counts from the next file on."),
    "unchanged": N_("That limit stands already."),
}


@dataclass(frozen=True)
class OwnLimitForm:
    """For whom, and how many."""

    whom: UUID | None = identifier(N_("For whom"), required=False, blank=N_("Everybody at your company"))
    daily: int | None = number(
        N_("Files a day"),
        least=0,
        most=1000,
        required=False,
        hint=N_("0: read on the page, and save nothing. Empty: no limit of your own."),
    )


async def _show(request: PortalRequest, form: Form[Any]) -> Response[str]:
    """The list, and below it the form as it is given."""
    async with work(request) as unit:
        found = await own_limits(unit)
    people = [(one.account_id, one.name or "") for one in found if one.account_id]
    status = 422 if form.errors else 200
    return page(request, "companies/own_limits.html", status=status, limits=found, form=form.offering(whom=people))


@get(PATH, opt=HERE)
async def show_own_limits(request: PortalRequest) -> Response[str]:
    """What counts for each of the company's people."""
    return await _show(request, blank(OwnLimitForm))


@post(PATH, opt=HERE, status_code=200)
async def put_own_limit(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Set one, unless it is more than the agreement says."""
    form: Form[OwnLimitForm] = await read_form(request, OwnLimitForm)
    if form.value is None:
        return await _show(request, form)
    async with work(request) as unit:
        said = await set_own_limit(unit, form.value.whom, form.value.daily)
        if said is None:
            raise Refused
        agreed = next((one.agreed for one in await own_limits(unit)), None)
    if said == "above":
        return await _show(request, form.wrong(daily=Said(ABOVE, {"most": agreed})))
    return lead_on(request, PATH, DONE[said])


routes = [show_own_limits, put_own_limit]
