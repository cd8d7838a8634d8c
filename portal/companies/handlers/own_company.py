"""What the pages about one company share: who may come, whether it goes on, and a form that somebody overtook."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portal.accesslog.actions import Action
from portal.companies import queries
from portal.companies.forms import UNSEEN, began_with
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Said, written
from portal.web.forms import Form
from portal.web.markers import signed_in
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

OF_COMPANY = signed_in(Role.ACCOUNT_MANAGER, back=("/companies/{asked}",))
ON_COMPANY = signed_in(Role.ACCOUNT_MANAGER, leads="/companies/{asked}", keeps=False)
SAVE = N_("Save the changes")
CHANGED = N_("The changes are saved.")
STALE = N_(
    "This was changed while you were writing. It says now: %(now)s. Send the form again to put yours in its place."
)

TAKEN_OVER = N_("Somebody else changed this while you were writing. It is shown as it stands now.")


async def require_kept(request: PortalRequest, asked: UUID, act: Action) -> dict[str, Any]:
    """A company of the viewer's. Raises Refused; that the act was refused is entered then."""
    async with work(request) as unit:
        kept = await queries.may_keep(unit, act.code, asked)
        company = await queries.company_record(asked)
    if not kept or company is None:
        raise Refused
    visit(request).about = written(company["name"], company["name_latin"])
    return company


async def require_going_on(request: PortalRequest, asked: UUID, act: Action) -> None:
    """Raises Refused when the company is none of the viewer's, which is entered, or is terminated."""
    company = await require_kept(request, asked, act)
    if company["status"] == "terminated":
        raise Refused


def overtaken(form: Form[Any], stands: Mapping[str, str]) -> Form[Any]:
    """The form as it was typed, told apart from what somebody else changed meanwhile. It knows now what is there.

    A field that its writer left alone takes what stands now. One that both changed keeps what was typed, and says what
    stands.
    """
    began = began_with(form.given.get("began", ""))
    typed = {name: one.replace("\r\n", "\n") for name, one in form.given.items()}
    changed = {name: now for name, now in stands.items() if name not in UNSEEN and typed.get(name, now) != now}
    left_alone = {name: now for name, now in changed.items() if began.get(name) == typed[name]}
    said = {
        name: Said(TAKEN_OVER) if name in left_alone else Said(STALE, {"now": now or "–"})
        for name, now in changed.items()
        if began.get(name) != now
    }
    known = {name: stands[name] for name in UNSEEN if name in stands}
    return form.wrong(**said).filled(**left_alone, **known)
