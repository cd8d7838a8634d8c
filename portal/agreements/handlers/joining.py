"""The members that join the agreement of their group, by a statement that compliance has seen."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.agreements.forms import JoinForm
from portal.agreements.group_agreements import Joining, join_group_agreement
from portal.agreements.handlers.groups import LIST, shown_group
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.disclosure.what_if import what_if
from portal.language.i18n import N_, Said
from portal.language.zone import JAPAN
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

JOIN = FormPage(
    title=N_("A member joins the group agreement"),
    lead=N_(
        "By a statement of the member's own representative that you have seen. People still consent to each company by "
        "itself."
    ),
    button=N_("Record that it joined"),
    behind=N_("Groups"),
    template="agreements/group_join.html",
)
JOINED = N_("The company has joined. Its people accept the undertaking under this agreement next.")
AGAINST = {
    "no_agreement": N_("No agreement of this group is signed by both and in force. Have one signed first."),
    "party": N_("The agreement is concluded with this company itself: it is bound already."),
    "not_member": N_("The company is not in this group. Its account manager enters it on the company's page."),
    "not_listed": N_(
        "The agreement does not list this company: it entered the group after the signature. A new group agreement "
        "that lists it has to be signed, or an agreement of its own."
    ),
    "not_complete": N_("The company's record lacks country, number, address or representative. Complete it first."),
    "changed": N_(
        "The company is called otherwise than the agreement lists it. A new group agreement has to be signed."
    ),
    "future": N_("Please choose the day on which it was signed: today or earlier."),
    "overlaps": N_(
        "Another agreement of this company is in force then. Only one can be: choose a first day after its end."
    ),
}
OF_JOINING = signed_in(Role.COMPLIANCE, back=("/groups/{group}",))
JOIN_AT = "/groups/{group:uuid}/join/{asked:uuid}"


async def _joining(request: PortalRequest, group: UUID, asked: UUID) -> dict[str, Any] | Response[bytes]:
    """What the page of joining shows: the member, the agreement, and what it would open; without an agreement that both
    signed, the way back to the group. Raises Refused."""
    shown = await shown_group(request, group)
    member = next((one for one in shown["members"] if one["company_id"] == asked and one["until"] is None), None)
    if member is None:
        raise Refused
    if shown["agreement"] is None:
        return lead_on(request, f"{LIST}/{group}", AGAINST["no_agreement"])
    async with work(request) as unit:
        effect = await what_if(unit, asked, "joined", str(shown["agreement"]["agreement_id"]))
    return {**shown, "member": member, "effect": effect}


@get(JOIN_AT, opt=OF_JOINING)
async def ask_joining(
    request: PortalRequest, group: FromPath[UUID], asked: FromPath[UUID]
) -> Response[str] | Response[bytes]:
    """The form for a member's statement."""
    shown = await _joining(request, group, asked)
    if isinstance(shown, Response):
        return shown
    return await JOIN.show(request, blank(JoinForm, begins=datetime.now(JAPAN).date().isoformat()), **shown)


async def _record(request: PortalRequest, asked: UUID, agreement: dict[str, Any], said: JoinForm) -> str:
    """Put it down: "joined", or what keeps it from that. Raises Refused."""
    begins, signed = (datetime.combine(day, time(), JAPAN) for day in (said.begins, said.signed_on))
    by = (said.signatory_name, said.signatory_title, said.signatory_authority, said.evidence)
    async with work(request) as unit:
        answer = await join_group_agreement(unit, asked, agreement["agreement_id"], Joining(begins, signed, *by))
    if answer is None:
        raise Refused
    return answer


@post(JOIN_AT, opt=OF_JOINING)
async def join(request: PortalRequest, group: FromPath[UUID], asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Record it: the member is under the agreement like under its own."""
    shown = await _joining(request, group, asked)
    if isinstance(shown, Response):
        return shown
    form: Form[JoinForm] = await read_form(request, JoinForm)
    if form.value is None:
        return await JOIN.show(request, form, **shown)
    answer = await _record(request, asked, shown["agreement"], form.value)
    if answer != "joined":
        field = {"future": "signed_on", "overlaps": "begins"}.get(answer, "evidence")
        return await JOIN.show(request, form.wrong(**{field: Said(AGAINST[answer])}), **shown)
    return lead_on(request, f"{LIST}/{group}", JOINED)


routes = [ask_joining, join]
