"""Finding a person: by number, which shows no name, or by name on a ground, each view recorded."""

from collections.abc import Sequence

from litestar import Response, get, post

from portal.language.i18n import N_, Said
from portal.people import actions
from portal.people.actions import Found
from portal.people.forms import FindForm
from portal.people.handlers.of_person import STAFF
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import see_other
from portal.web.visit import PortalRequest
from portal.web.work import work

FIND = FormPage(
    title=N_("Candidates"),
    lead=N_("Find a person to record what they say. Account managers find those of the companies they look after."),
    button=N_("Find the person"),
    behind=N_("Candidates"),
    template="people/find.html",
)
NOBODY = N_("Nobody whom you may find has this. Check it, or ask compliance.")
FINDER = signed_in(*STAFF)


@get("/people", opt=FINDER)
async def people(request: PortalRequest) -> Response[str]:
    """The form by which a person is found."""
    return await _show(request, blank(FindForm))


@post("/people", status_code=200, opt=FINDER)
async def find_people(request: PortalRequest) -> Response[str] | Response[bytes]:
    """The person's page for a number; for a name those who have it, to choose from."""
    form: Form[FindForm] = await read_form(request, FindForm)
    if form.value is None:
        return await _show(request, form)
    async with work(request) as unit:
        value = form.value
        found = await actions.find(unit, value.number or None, value.name or None, value.ground)
    if not found:
        return await _show(request, form.wrong(**{"name" if value.name else "number": Said(NOBODY)}))
    if value.number:
        return see_other(request, f"/people/{found[0].person}")
    return await _show(request, form, found)


async def _show(request: PortalRequest, form: Form[FindForm], found: Sequence[Found] = ()) -> Response[str]:
    return await FIND.show(request, form, found=found)


routes = [people, find_people]
