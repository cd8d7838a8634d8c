"""The templates of agreements: drafted by one of compliance, approved by another."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.agreements import drafting
from portal.agreements.differences import differences
from portal.agreements.handlers.draft_forms import ShownForm, TemplateForm
from portal.agreements.templates import first, written
from portal.candidates.items import ALL_ITEMS, Item, codes_of
from portal.companies.queries import company_names
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Undone, language
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

LIST = "/agreement-templates"
OF_TEMPLATES = signed_in(Role.COMPLIANCE, back=(LIST,))
NEW = FormPage(
    title=N_("New version of the template"),
    lead=N_("It is used once another person of compliance has approved it. Agreements made before keep their version."),
    button=N_("Draft this version"),
    behind=N_("Templates of agreements"),
)
ANSWERS = {
    "approved": N_("The template is approved. New drafts are made from it."),
    "own": Undone(N_("Nothing was changed: whoever drafted a template does not approve it.")),
    "other_text": Undone(N_("Nothing was changed: the template is another than the one that was shown.")),
    "newer_version": Undone(
        N_(
            "Nothing was changed: a newer version was drafted while you were reading. Look at that one, under "
            "Templates of agreements; it takes the place of this one."
        )
    ),
    "approved_before": Undone(N_("Nothing was changed: the template was approved before.")),
}


@get(LIST, opt=signed_in(Role.COMPLIANCE))
async def list_templates(request: PortalRequest) -> Response[str]:
    """Every version, and the drafts whose choices wait for compliance."""
    async with work(request) as unit:
        found, waiting = await drafting.templates(unit), await drafting.awaiting_approval()
        names = dict(await company_names([one["company_id"] for one in waiting]))
    return page(request, "agreements/templates.html", templates=found, waiting=waiting, names=names)


@get("/agreement-templates/new", opt=OF_TEMPLATES)
async def new_template(request: PortalRequest) -> Response[str]:
    """The form, with the newest version in it; without one, with the template that comes with the portal."""
    async with work(request) as unit:
        found = await drafting.templates(unit)
    texts = {
        of: written(found[0][f"title_{of}"], found[0]["clauses"], of) if found else first(of) for of in ("ja", "en")
    }
    items = codes_of(Item(found[0]["most_items"])) if found else codes_of(ALL_ITEMS)
    bounds = (
        {name: str(found[0][f"most_{name}"]) for name in ("contact_days", "grace_days", "term_days")} if found else {}
    )
    return await NEW.show(request, blank(TemplateForm, **texts, items=items, **bounds))


@post("/agreement-templates/new", opt=OF_TEMPLATES)
async def draft_template(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Keep the version as a draft and lead to it."""
    form: Form[TemplateForm] = await read_form(request, TemplateForm)
    if form.value is None:
        return await NEW.show(request, form)
    async with work(request) as unit:
        made = await drafting.draft_template(unit, form.value.ja, form.value.en, form.value.bounds)
    if made is None:
        raise Refused
    return lead_on(request, f"{LIST}/{made}", N_("The version is drafted. Another person of compliance approves it."))


async def _template(request: PortalRequest, asked: UUID) -> dict[str, Any]:
    """A version, with the one before it; it is `newest` when it is the newest of those approved."""
    async with work(request) as unit:
        listed = await drafting.templates(unit)
    newest = next((one["id"] for one in listed if one["approved_at"]), None)
    found = next((one for one in listed if one["id"] == asked), None)
    if found is None:
        raise Refused
    former = next((one for one in listed if one["version"] < found["version"]), None)
    return {**found, "newest": found["id"] == newest, "former": former and _compared(former, found)}


def _compared(former: dict[str, Any], version: dict[str, Any]) -> dict[str, Any]:
    """The version before, and what differs from it in the language of the page."""
    spoken = language()
    texts = [written(one[f"title_{spoken}"], one["clauses"], spoken) for one in (former, version)]
    items = codes_of(Item(former["most_items"]))
    return {**former, "items": items, "differences": differences(*texts)}


@get("/agreement-templates/{template:uuid}", opt=OF_TEMPLATES)
async def show_template(request: PortalRequest, template: FromPath[UUID]) -> Response[str]:
    """A version: its clauses in both languages, and its bounds."""
    found = await _template(request, template)
    form = blank(ShownForm, shown=found["digest"].hex())
    items = codes_of(Item(found["most_items"]))
    return page(
        request,
        "agreements/template.html",
        version=found,
        former=found["former"],
        items=items,
        form=form,
        spoken=language(),
    )


@post("/agreement-templates/{template:uuid}/approve", opt=signed_in(Role.COMPLIANCE, leads=LIST, keeps=False))
async def approve_template(request: PortalRequest, template: FromPath[UUID]) -> Response[bytes]:
    """Approve the version that was shown."""
    form: Form[ShownForm] = await read_form(request, ShownForm)
    async with work(request) as unit:
        answer = await drafting.approve_template(unit, template, form.value.shown if form.value else b"")
    if answer is None:
        raise Refused
    return lead_on(request, f"{LIST}/{template}", ANSWERS[answer])


routes = [list_templates, new_template, draft_template, show_template, approve_template]
