"""Erasing a person, for compliance: what goes and what stays first, then the ground, and a second time the same."""

import hashlib
import json
from dataclasses import astuple, replace
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Said
from portal.people.handlers.of_person import OF_COMPLIANCE
from portal.resume.workshop import Workshop
from portal.rights import erasure
from portal.rights.forms import ErasureForm
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

LIST = "/erasures"
ASK = FormPage(
    title=N_("Erase the person"),
    lead=N_("What is the person's goes for good. What a law makes you keep stays until its time is over."),
    button=N_("Continue to the last question"),
    behind=N_("Person"),
    template="rights/erase.html",
    tone="danger",
)
CONFIRM = replace(ASK, button=N_("Erase for good"))
NAMED = Said(N_("Please leave the person's name, address and numbers out: reason and note are kept."))
DONE = N_("The person is erased. Their address is gone too: tell them yourself.")
LEFT = N_("The person is erased. The store did not give up %(num)s files. Nobody can read them: their key is gone.")


def weighed(told: dict[str, Any], form: ErasureForm) -> str:
    """A mark of what was shown and chosen: where it is another at the second time, it is shown once more.

    Every look adds a side row of the log, so their number is no part of it.
    """
    texts = sorted(str(one["record"]) for one in told["texts"])
    goes = {kind: many for kind, many in told["goes"].items() if kind != "side_rows"}
    both = [told["reference"], goes, told["stays"]["provisions"], texts, astuple(form.said), sorted(form.texts)]
    return hashlib.sha256(json.dumps(both, default=str, sort_keys=True).encode()).hexdigest()[:32]


@get("/people/{person:uuid}/erasure", opt=OF_COMPLIANCE)
async def ask_erasure(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """What would go and what stays, and the form for the ground."""
    return await _show(request, person, ASK, blank(ErasureForm))


@post("/people/{person:uuid}/erasure", status_code=200, opt=OF_COMPLIANCE)
async def erase_person(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """At the first sending it is asked once more; at the second the person is erased."""
    form: Form[ErasureForm] = await read_form(request, ErasureForm)
    if form.value is None:
        return await _show(request, person, ASK, form)
    wanted, done = form.value, None
    async with work(request) as unit:
        told = await erasure.weigh(unit, person, f"{wanted.reason} / {wanted.note}")
        mark = weighed(told, wanted) if told else None
        if told and mark == wanted.weighed and not told["named"]:
            done = await erasure.erase(unit, person, wanted.said, wanted.texts)
    if told is None or mark is None:
        raise Refused
    if told["named"]:
        return await ASK.show(request, form.wrong(reason=NAMED), weighed=told, person=person, last=False)
    if done is None:
        return await CONFIRM.show(request, form.filled(weighed=mark), weighed=told, person=person, last=True)
    if done.erasure is None:
        raise Refused
    workshop: Workshop = request.app.state.workshop
    workshop.cache.forget_all()
    left = await erasure.remove(workshop.store, done.files)
    return lead_on(request, f"{LIST}/{done.erasure}", LEFT if left else DONE, num=str(len(left)))


async def _show(request: PortalRequest, person: UUID, said: FormPage, form: Form[ErasureForm]) -> Response[str]:
    async with work(request) as unit:
        told = await erasure.weigh(unit, person)
    if told is None:
        raise Refused
    return await said.show(request, form, weighed=told, person=person, last=False)


@get(LIST, opt=signed_in(Role.COMPLIANCE, back=("/people",)))
async def list_erasures(request: PortalRequest) -> Response[str]:
    """Who was erased, by no name: when, by whom, on what ground."""
    async with work(request) as unit:
        found = await erasure.erasures(unit)
    return page(request, "rights/erasures.html", rows=found)


@get("/erasures/{asked:uuid}", opt=signed_in(Role.COMPLIANCE, back=(LIST,)))
async def show_erasure(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """One erasure: its ground, what went, what stays, and where the name stood in free texts."""
    async with work(request) as unit:
        found = await erasure.erasures(unit, asked)
    if not found:
        raise Refused
    return page(request, "rights/erasure.html", erasure=found[0])


routes = [ask_erasure, erase_person, list_erasures, show_erasure]
