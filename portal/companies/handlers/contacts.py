"""Whom the operator talks to at a company: added, changed, and no longer kept."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import Action
from portal.companies.handlers.keeping_forms import ContactForm, contact_of
from portal.companies.handlers.own_company import (
    CHANGED,
    OF_COMPANY,
    ON_COMPANY,
    SAVE,
    overtaken,
    require_going_on,
)
from portal.companies.keepers import contacts_of, remove_contact, save_contact
from portal.database.answers import Refused
from portal.language.i18n import N_
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

LEAD = N_("Their work address and number, not a private one. Tell them that you keep these, and remove whoever leaves.")
NEW = FormPage(title=N_("New contact"), lead=LEAD, button=N_("Add the contact"), behind=N_("Company"))
CHANGE = FormPage(title=N_("Change the contact"), lead=LEAD, button=SAVE, behind=N_("Company"))
PATH = "/companies/{asked:uuid}/contacts/{contact:uuid}"


@get("/companies/{asked:uuid}/contacts/new", opt=OF_COMPANY)
async def new_contact(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The form for a new contact."""
    await require_going_on(request, asked, Action.COMPANY_CONTACT_ADDED)
    return await NEW.show(request, blank(ContactForm))


@post("/companies/{asked:uuid}/contacts/new", opt=OF_COMPANY)
async def add_contact(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Add the contact and lead to the company."""
    await require_going_on(request, asked, Action.COMPANY_CONTACT_ADDED)
    form: Form[ContactForm] = await read_form(request, ContactForm)
    if form.value is None:
        return await NEW.show(request, form)
    async with work(request) as unit:
        result = await save_contact(unit, asked, None, None, form.value.contact)
    if result is None:
        raise Refused
    return lead_on(request, f"/companies/{asked}", N_("The contact is added."))


async def _standing(request: PortalRequest, company: UUID, asked: UUID) -> dict[str, Any]:
    await require_going_on(request, company, Action.COMPANY_CONTACT_CHANGED)
    async with work(request) as unit:
        found = next((one for one in await contacts_of(unit, company) if one["id"] == asked), None)
    if found is None:
        raise Refused
    return found


@get(PATH, opt=OF_COMPANY)
async def show_contact(request: PortalRequest, asked: FromPath[UUID], contact: FromPath[UUID]) -> Response[str]:
    """The contact as a form, with what stands in it."""
    return await CHANGE.show(request, blank(ContactForm, **contact_of(await _standing(request, asked, contact))))


@post(PATH, opt=OF_COMPANY)
async def change_contact(
    request: PortalRequest, asked: FromPath[UUID], contact: FromPath[UUID]
) -> Response[str] | Response[bytes]:
    """Change the contact, unless somebody did meanwhile: then the form comes back with what they made of it."""
    stands = await _standing(request, asked, contact)
    form: Form[ContactForm] = await read_form(request, ContactForm)
    if form.value is None:
        return await CHANGE.show(request, form)
    async with work(request) as unit:
        result = await save_contact(unit, asked, contact, form.value.seen, form.value.contact)
    if result is None:
        raise Refused
    if result == "stale":
        return await CHANGE.show(request, overtaken(form, contact_of(stands)))
    return lead_on(request, f"/companies/{asked}", CHANGED)


@post(f"{PATH}/remove", opt=ON_COMPANY)
async def remove(request: PortalRequest, asked: FromPath[UUID], contact: FromPath[UUID]) -> Response[bytes]:
    """Keep the contact no longer."""
    async with work(request) as unit:
        done = await remove_contact(unit, asked, contact)
    if done is None:
        raise Refused
    return lead_on(request, f"/companies/{asked}", N_("The contact is removed."))


routes = [new_contact, add_contact, show_contact, change_contact, remove]
