"""The searches that a recruiter keeps: made from the list, renamed and deleted on a page of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.companies.queries import own_openings
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.language.i18n import N_, Said
from portal.selection.handlers.search_forms import Search
from portal.selection.views import MOST_NAME, MOST_VIEWS, delete_view, found_at, my_views, rename_view, save_view
from portal.web.bodies import query_fields
from portal.web.field import declared
from portal.web.fields import hidden, text
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, parse, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

NEW = FormPage(
    title=N_("Keep this search"), button=N_("Keep it"), behind=N_("Candidates"), template="candidates/view_new.html"
)
KEPT = tuple(name for name, of in declared(Search) if of.plain)
OWN = signed_in(*EMPLOYER, back=("/candidates",), carries=Search)


@dataclass(frozen=True)
class ViewForm:
    """How a kept search is called."""

    title: str = text(
        N_("Name of the search"), most=MOST_NAME, hint=N_("Your own word for it. Please name no candidate.")
    )
    shown: str = hidden(str)

    @property
    def filters(self) -> dict[str, str]:
        """Its choices, of which its page made an address."""
        return choices_in(parse_qs(self.shown))


def choices_in(fields: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """The choices of a search among what an address or a form holds. What cannot be chosen, and what was typed, is
    left out."""
    search = parse({name: fields.get(name, ()) for name in KEPT}, Search)
    return {name: search.given[name] for name in KEPT if search.given[name] and name not in search.errors}


async def _new(request: PortalRequest, form: Form[ViewForm], filters: Mapping[str, str]) -> Response[str]:
    """The page that says what is kept and asks for its name."""
    async with work(request) as unit:
        openings = await own_openings(unit)
    search = parse({name: [one] for name, one in filters.items()}, Search).offering(opening=openings)
    return await NEW.show(request, form, search=search)


@get("/candidates/views/new", opt=OWN)
async def new_view(request: PortalRequest) -> Response[str]:
    """The form for the name of the search that the address holds."""
    filters = choices_in(query_fields(request))
    return await _new(request, blank(ViewForm, shown=urlencode(filters)), filters)


@post("/candidates/views/new", opt=OWN)
async def make_view(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Keep it, and lead on to it."""
    form = await read_form(request, ViewForm)
    if form.value is not None:
        async with work(request) as unit:
            said = await save_view(unit, form.value.title, form.value.filters)
        if said == "refused":
            raise Refused
        if said == "saved":
            return lead_on(request, found_at(form.value.filters), N_("The search is kept."))
        said_most = Said(N_("You keep %(most)s searches already: delete one first."), {"most": MOST_VIEWS})
        form = form.wrong(title=said_most)
    return await _new(request, form, choices_in(parse_qs(form.given["shown"])))


async def _views(request: PortalRequest, wrong: Mapping[UUID, Form[ViewForm]] | None = None) -> Response[str]:
    async with work(request) as unit:
        views = await my_views(unit)
    forms = [(one, (wrong or {}).get(one.id) or blank(ViewForm, title=one.name).named(one.id)) for one in views]
    return page(request, "candidates/views.html", status=422 if wrong else 200, views=forms)


@get("/candidates/views", opt=signed_in(*EMPLOYER, back=("/candidates",)))
async def show_views(request: PortalRequest) -> Response[str]:
    """One's own kept searches."""
    return await _views(request)


@post("/candidates/views/{view:uuid}/name", opt=signed_in(*EMPLOYER, leads="/candidates/views"))
async def name_view(request: PortalRequest, view: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Give one another name."""
    form = (await read_form(request, ViewForm)).named(view)
    if form.value is not None:
        async with work(request) as unit:
            said = await rename_view(unit, view, form.value.title)
        if said == "refused":
            raise Refused
        if said == "renamed":
            return lead_on(request, "/candidates/views", N_("The search has its new name."))
        form = form.wrong(title=Said(N_("You keep another search under this name.")))
    return await _views(request, {view: form})


@post("/candidates/views/{view:uuid}/delete", opt=signed_in(*EMPLOYER, keeps=False, leads="/candidates/views"))
async def forget_view(request: PortalRequest, view: FromPath[UUID]) -> Response[bytes]:
    """Forget one."""
    async with work(request) as unit:
        if not await delete_view(unit, view):
            raise Refused
    return lead_on(request, "/candidates/views", N_("The search is deleted."))


routes = [new_view, make_view, show_views, name_view, forget_view]
