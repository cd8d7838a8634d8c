"""Compliance records what happened to a company whose identity became another, so that disclosure goes on."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.companies import actions, queries
from portal.companies.forms import SuccessionForm
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Said, Undone
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

LIST = "/screenings"
ONE = signed_in(Role.COMPLIANCE, back=(LIST,))
RECORD = FormPage(
    title=N_("Record a succession"),
    lead=N_(
        "Nothing is disclosed to this company until this is recorded. Consents do not pass to another legal person: "
        "after a merger each person is asked anew."
    ),
    button=N_("Record the succession"),
    behind=N_("Companies to screen"),
    template="companies/succession.html",
)
DONE = N_("The succession is recorded, and disclosure goes on.")
MERGED = N_("The succession is recorded. Disclosure goes on for whoever consents to the new recipient.")
OVER = Undone(N_("Nothing was recorded: the company is what it was again, or somebody recorded it meanwhile."))
WRONG = {
    "not_this_kind": ("kind", N_("The change cannot be this: another number or country is another legal person.")),
    "unproved": ("evidence", N_("Please say where the proof is kept.")),
    "meanwhile": ("evidence", N_("The company was changed meanwhile. Read what it is now, and send this again.")),
}


async def _show(request: PortalRequest, asked: UUID, form: Form[SuccessionForm] | None) -> Response[str]:
    """The form, below what became another. Raises Refused for a company that waits for nothing."""
    async with work(request) as unit:
        found = await queries.in_succession(unit, asked)
    if not found:
        raise Refused
    seen = found[0]["changed_at"].isoformat()
    form = blank(SuccessionForm, seen=seen) if form is None else form.filled(seen=seen)
    return await RECORD.show(request, form, company=found[0])


@get("/successions/{asked:uuid}", opt=ONE)
async def ask_succession(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """What the company was and is, what was recorded before, and the form."""
    return await _show(request, asked, None)


@post("/successions/{asked:uuid}", opt=ONE)
async def record_succession(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Record it, unless the company was changed meanwhile."""
    form: Form[SuccessionForm] = await read_form(request, SuccessionForm)
    if form.value is None:
        return await _show(request, asked, form)
    said = form.value
    async with work(request) as unit:
        answer = await actions.record_succession(unit, asked, said.seen, said.kind, said.evidence)
    if answer is None:
        raise Refused
    if answer in WRONG:
        field, wrong = WRONG[answer]
        return await _show(request, asked, form.wrong(**{field: Said(wrong)}))
    if answer == "over":
        return lead_on(request, LIST, OVER)
    return lead_on(request, LIST, MERGED if said.kind == "merged" else DONE)


routes = [ask_succession, record_succession]
