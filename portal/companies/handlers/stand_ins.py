"""Who stands in for the account manager of a company: named and ended by that one."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import Action
from portal.companies import queries
from portal.companies.handlers.keeping_forms import StandInForm
from portal.companies.handlers.own_company import OF_COMPANY, ON_COMPANY, require_kept
from portal.companies.keepers import end_stand_in, keepers_of, name_stand_in
from portal.database.answers import Refused
from portal.language.i18n import N_, Said, Undone
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

NAME = FormPage(
    title=N_("Name who stands in"),
    lead=N_(
        "They can do all for this company that you can, but hand it over or name others, until you end it. Each act is "
        "recorded in their own name."
    ),
    button=N_("Let them stand in"),
    behind=N_("Company"),
)
CANNOT = N_("This account cannot look after a company any more. Please choose another one.")
SAID = {
    "named": N_("They stand in from the next click on."),
    "already": Undone(N_("Nothing was changed: they do so already.")),
}


async def _others(request: PortalRequest, asked: UUID) -> Sequence[tuple[object, str]]:
    """The account managers who neither look after it nor stand in. Raises Refused for who does not look after it."""
    await require_kept(request, asked, Action.STAND_IN_NAMED)
    async with work(request) as unit:
        managers, keepers = await queries.account_managers(unit), await keepers_of(unit, asked)
        own = any(one.account_id == unit.who.account_id and not one.stands_in for one in keepers)
    if not own:
        raise Refused
    known = {one.account_id for one in keepers}
    return [one for one in managers if one[0] not in known]


@get("/companies/{asked:uuid}/stand-ins", opt=OF_COMPANY)
async def ask_stand_in(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The form with who could stand in."""
    return await NAME.show(request, blank(StandInForm).offering(who=await _others(request, asked)))


@post("/companies/{asked:uuid}/stand-ins", opt=OF_COMPANY)
async def name(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Let them stand in."""
    others = await _others(request, asked)
    form: Form[StandInForm] = (await read_form(request, StandInForm)).offering(who=others)
    if form.value is None:
        return await NAME.show(request, form)
    async with work(request) as unit:
        result = await name_stand_in(unit, asked, form.value.who)
    if result is None:
        raise Refused
    if result == "cannot":
        return await NAME.show(request, form.wrong(who=Said(CANNOT)))
    return lead_on(request, f"/companies/{asked}", SAID[result])


@post("/companies/{asked:uuid}/stand-ins/{account:uuid}/end", opt=ON_COMPANY)
async def end(request: PortalRequest, asked: FromPath[UUID], account: FromPath[UUID]) -> Response[bytes]:
    """They stand in no more."""
    async with work(request) as unit:
        done = await end_stand_in(unit, asked, account)
    if done is None:
        raise Refused
    return lead_on(request, f"/companies/{asked}", N_("They stand in no more, from the next click on."))


routes = [ask_stand_in, name, end]
