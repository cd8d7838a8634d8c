"""An agreement is drafted for a company, shown beside what it opens, and approved where it goes beyond the bounds."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.agreements import drafting
from portal.agreements.clauses import clauses_of_agreement
from portal.agreements.handlers.draft_forms import AgreementForm, ShownForm, choices_of
from portal.agreements.handlers.offering import LEAST, offer
from portal.agreements.queries import as_shown
from portal.candidates.items import codes_of
from portal.companies import queries
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.disclosure.what_if import what_if
from portal.language.i18n import N_, Said, Undone, language, written
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

OF_COMPANY = signed_in(Role.ACCOUNT_MANAGER, back=("/companies/{asked}",))
LEAD = N_("The text is made from what you choose here. Beyond the template's bounds compliance has to approve it.")
NEW = FormPage(
    title=N_("Draft an agreement"),
    lead=LEAD,
    button=N_("Draft the agreement"),
    behind=N_("Company"),
    template="agreements/draft.html",
)
CHANGE = replace(NEW, title=N_("Change the draft"), button=N_("Save the draft"))
ANOTHER_DRAFT = N_("The company has this draft, which is not signed: send it, or change it.")
AT_FIELD = {
    "no_template": ("items", N_("There is no approved template yet: compliance approves one first.")),
    "another_draft": ("items", N_("The company has a draft that is not signed: open that one and change it.")),
    "overlaps": ("replaces", N_("An agreement is in force in that time. Tick this if the new one replaces it.")),
    "inactivity_not_in_template": (
        "inactive_days",
        N_(
            "The template's text names no such time. Leave this empty, or have compliance approve a template that does."
        ),
    ),
    "downloads_not_in_template": (
        "daily_downloads",
        N_(
            "The template's text names no such number. Leave this empty, or have compliance approve a template that "
            "does."
        ),
    ),
    "screening_not_in_template": (
        "fair_screening",
        N_(
            "The template's text says nothing of fair screening. Choose it on the positions, or have compliance "
            "approve a template that does."
        ),
    ),
    "group_not_in_template": (
        "for_group",
        N_("The template's text lists no group. Have compliance approve a template that does."),
    ),
    "answers_for_none": (
        "for_group",
        N_("The company answers for no group. Make the group on its page first, or draft it for the company alone."),
    ),
    "joined_overlaps": (
        "begins",
        N_(
            "The company is under the agreement of its group then. Record on its page that it left the group, or "
            "choose a first day after the end of that agreement."
        ),
    ),
    "sent": ("items", N_("Its signatory has it: withdraw the link first, then change it.")),
}
DOUBTS = {
    "free_mail": N_("This address is of a free mail service. Ask for one of the company, or tick the box below."),
    "nothing_to_compare": N_(
        "The company has no people, contacts or earlier signatory whose address this one could be compared with. "
        "Check it, and tick the box below."
    ),
    "other_domain": N_(
        "This address is of another domain than the company's people and contacts. Check it, and tick the box below."
    ),
}
APPROVED = {
    "approved": N_("The choices are approved for these terms. A change needs another approval."),
    "own": Undone(N_("Nothing was changed: whoever drafted it does not approve it.")),
    "other_text": Undone(N_("Nothing was changed: the draft is another than the one that was shown.")),
}


async def _company(request: PortalRequest, asked: UUID) -> dict[str, Any]:
    """The company, unless it is none of the viewer's or is terminated."""
    async with work(request):
        company = await queries.company_record(asked)
    if company is None or company["status"] == "terminated":
        raise Refused
    visit(request).about = written(company["name"], company["name_latin"])
    return company


async def _save(
    request: PortalRequest, asked: UUID, former: dict[str, Any] | None, form: Form[AgreementForm]
) -> Form[AgreementForm] | Response[bytes]:
    """Save the draft and lead to it; the form again, with what keeps it from that. An address that stands in the draft
    already was checked when it was written."""
    company = await _company(request, asked)
    if form.value is None:
        return form
    async with work(request) as unit:
        doubt = form.value.mail_doubt(await drafting.mail_domains(unit, asked))
        known = former is not None and former["signatory_email"] == form.value.signatory_email
        if doubt and not form.value.mail_checked and not known:
            return form.wrong(signatory_email=Said(DOUBTS[doubt]))
        draft = form.value.draft(company["country"], visit(request).kit.settings)
        saved = await drafting.save_agreement(
            unit, asked, former["id"] if former else None, draft, replaces=form.value.replaces, mail_doubt=doubt
        )
    if saved is None:
        raise Refused
    result, made = saved
    if result in AT_FIELD:
        field, said = AT_FIELD[result]
        return form.wrong(**{field: Said(said)})
    return lead_on(
        request, f"/companies/{asked}/agreements/{made}", N_("The draft is saved. Read it before you send it.")
    )


async def _show(request: PortalRequest, said: FormPage, asked: UUID, form: Form[AgreementForm]) -> Response[str]:
    """The form with what can be chosen for this company, below the template that it is made from."""
    async with work(request) as unit:
        offered = await offer(unit, asked)
    return await said.show(request, offered.fitted(form), made_from=offered.template)


@get("/companies/{asked:uuid}/agreements/new", opt=OF_COMPANY)
async def new_agreement(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """The form for a company's agreement; a company that has a draft already is led to that."""
    company = await _company(request, asked)
    async with work(request):
        draft = await drafting.unsigned_draft(asked)
    if draft is not None:
        return lead_on(request, f"/companies/{asked}/agreements/{draft}", ANOTHER_DRAFT)
    given = {"items": codes_of(LEAST), "purposes": ("selection", "contact")}
    within = "japan" if company["country"] in ("JP", None) else "company"
    return await _show(request, NEW, asked, blank(AgreementForm, **given, territory=within))


@post("/companies/{asked:uuid}/agreements/new", opt=OF_COMPANY)
async def draft_agreement(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Draft the agreement and lead to it."""
    saved = await _save(request, asked, None, await read_form(request, AgreementForm))
    return await _show(request, NEW, asked, saved) if isinstance(saved, Form) else saved


async def _draft(request: PortalRequest, asked: UUID, agreement: UUID) -> dict[str, Any]:
    """A draft of the company that can still be changed."""
    async with work(request):
        found = await drafting.drafted(asked, agreement)
    if found is None or found["template_version"] is None or found["company_signed_at"] is not None:
        raise Refused
    return found


@get("/companies/{asked:uuid}/agreements/{agreement:uuid}/change", opt=OF_COMPANY)
async def show_choices(request: PortalRequest, asked: FromPath[UUID], agreement: FromPath[UUID]) -> Response[str]:
    """The draft's choices as a form."""
    await _company(request, asked)
    form = blank(AgreementForm, **choices_of(await _draft(request, asked, agreement)))
    return await _show(request, CHANGE, asked, form)


@post("/companies/{asked:uuid}/agreements/{agreement:uuid}/change", opt=OF_COMPANY)
async def change_agreement(
    request: PortalRequest, asked: FromPath[UUID], agreement: FromPath[UUID]
) -> Response[str] | Response[bytes]:
    """Change the draft; its text follows."""
    former = await _draft(request, asked, agreement)
    saved = await _save(request, asked, former, await read_form(request, AgreementForm))
    return await _show(request, CHANGE, asked, saved) if isinstance(saved, Form) else saved


@get(
    "/companies/{asked:uuid}/agreements/{agreement:uuid}",
    opt=signed_in(Role.ACCOUNT_MANAGER, Role.COMPLIANCE, back=("/companies/{asked}", "/agreement-templates")),
)
async def show_agreement(request: PortalRequest, asked: FromPath[UUID], agreement: FromPath[UUID]) -> Response[str]:
    """Its clauses beside what the portal holds everybody to."""
    async with work(request) as unit:
        found = await drafting.drafted(asked, agreement)
        if found is None:
            raise Refused
        clauses, beyond = await clauses_of_agreement(unit, agreement)
        judged = unit.who.role == Role.ACCOUNT_MANAGER and not (found["lacks"] or found["operator_signed_at"])
        effect = await what_if(unit, asked, "agreement", str(agreement)) if judged else None
        company = await queries.company_record(asked)
    form = blank(ShownForm, shown=found["terms_digest"].hex())
    return page(
        request,
        "agreements/drafted.html",
        agreement=as_shown(found),
        clauses=clauses,
        beyond=beyond,
        judged=judged,
        effect=effect,
        asked=asked,
        company=written(found["company_name"], found["company_name_latin"]) if found["company_name"] else None,
        going_on=company is not None and company["status"] != "terminated",
        form=form,
        spoken=language(),
    )


@post(
    "/companies/{asked:uuid}/agreements/{agreement:uuid}/approve",
    opt=signed_in(Role.COMPLIANCE, leads="/agreement-templates", keeps=False),
)
async def approve_choices(request: PortalRequest, asked: FromPath[UUID], agreement: FromPath[UUID]) -> Response[bytes]:
    """Let choices out of bounds stand, for the terms that were shown."""
    form: Form[ShownForm] = await read_form(request, ShownForm)
    async with work(request) as unit:
        answer = await drafting.approve_choices(unit, agreement, form.value.shown if form.value else b"")
    if answer is None:
        raise Refused
    return lead_on(request, f"/companies/{asked}/agreements/{agreement}", APPROVED[answer])


routes = [
    new_agreement, draft_agreement, show_choices, change_agreement, show_agreement, approve_choices,
]  # fmt: skip
