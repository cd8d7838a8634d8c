"""The company's agreement as its recruiters read it, and their own undertaking under it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post

from portal.agreements.queries import accepted_at, days_left, last_agreement, standing_agreement
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.language.i18n import N_, Said
from portal.web.fields import identifier, ticked
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest, visit
from portal.web.work import work


@dataclass(frozen=True)
class UndertakingForm:
    """Which agreement was read, and the box that says "I undertake this"."""

    agreement: UUID = identifier(widget="hidden")
    promise: bool = ticked(N_("I have read the agreement below and undertake this."))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Nobody undertakes anything by leaving the box empty."""
        return {} if read["promise"] else {"promise": Said(N_("Tick the box if you accept the undertaking."))}


@get("/agreement", opt=signed_in(*EMPLOYER))
async def show_agreement(request: PortalRequest) -> Response[str]:
    """The agreement in force and the viewer's undertaking."""
    return await _page(request, None)


@post("/agreement/undertaking", opt=signed_in(*EMPLOYER, leads="/agreement"))
async def accept_undertaking(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Accept the undertaking; the box must be ticked."""
    form = await read_form(request, UndertakingForm)
    if form.value is None:
        return await _page(request, form)
    async with work(request) as unit:
        if not await unit.fetchval("select gate.accept_undertaking($1)", form.value.agreement):
            raise Refused
    return lead_on(request, "/candidates", N_("Your undertaking is recorded."))


async def _page(request: PortalRequest, form: Form[UndertakingForm] | None) -> Response[str]:
    async with work(request) as unit:
        viewer = unit.who
        agreement = await standing_agreement(unit)
        accepted = await accepted_at(viewer, agreement["id"]) if agreement else None
        last = None if agreement else await last_agreement(viewer)
    if agreement is None:
        return page(request, "agreements/none.html", last_agreement=last)
    names = {"company_name": viewer.company, "operator_name": visit(request).kit.settings.operator_name}
    return page(
        request,
        "agreements/detail.html",
        status=200 if form is None else 422,
        agreement={**agreement, **names, "days_left": days_left(agreement["ends_at"], datetime.now(UTC))},
        accepted_at=accepted,
        form=form or blank(UndertakingForm, agreement=str(agreement["id"])),
    )


routes = [show_agreement, accept_undertaking]
