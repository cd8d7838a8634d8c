"""Groups of companies: what they publish, who is in them, and which members have joined the group's agreement."""

from functools import partial
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import Action
from portal.agreements.group_agreements import standing_of
from portal.companies import groups
from portal.companies.handlers.group_forms import EnterForm, GroupForm, LeaveForm, ListForm
from portal.companies.handlers.own_company import OF_COMPANY, require_going_on
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.disclosure.what_if import what_if
from portal.language.i18n import N_, Said, Undone
from portal.web.bodies import body_fields
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.sought import sought_in
from portal.web.visit import PortalRequest
from portal.web.work import work

LIST = "/groups"
READERS = (Role.ACCOUNT_MANAGER, Role.COMPLIANCE)
ENTER = FormPage(
    title=N_("Enter a group"),
    lead=N_(
        "This opens nothing. A group agreement that lists the company does, once the company has joined it. Offered "
        "are the groups whose newest list names the company, and those that another company of yours answers for."
    ),
    button=N_("Enter this group"),
    behind=N_("Company"),
    template="agreements/group_enter.html",
)
MAKE = FormPage(
    title=N_("New group"),
    lead=N_("This company answers for the group: the group's agreement is concluded with it."),
    button=N_("Make the group"),
    behind=N_("Company"),
)
PUBLISH = FormPage(
    title=N_("New version of the list"),
    lead=N_("Agreements that are signed keep the list that they name. One that is not signed yet follows."),
    button=N_("Keep this version"),
    behind=N_("Groups"),
)
LEAVE = FormPage(
    title=N_("The company leaves its group"),
    lead=N_("What it is under as a member of the group closes at that second."),
    button=N_("Record that it left"),
    behind=N_("Company"),
    template="companies/effect.html",
    tone="danger",
)
IN_GROUP = N_("The company is in a group already. Let it leave that one first.")
NO_GROUP = N_("No group that the company can enter is called that. Please enter part of its name.")
SUGGESTED = signed_in(Role.ACCOUNT_MANAGER, keeps=False, leads="/companies/{asked}/group")
NOT_ENTERED = {
    "in_group": IN_GROUP,
    "not_listed": N_("The newest list of this group does not name the company. Have a version published that does."),
}
LEFT = {
    "left": N_("The company has left the group. What it was under as a member is closed."),
    "responsible": Undone(
        N_(
            "Nothing was changed: the company answers for the group. Let the other members leave first, and enter "
            "a new group that another company answers for."
        )
    ),
    "none": Undone(N_("Nothing was changed: the company is in no group.")),
}
NOWHERE = {"listed": False, "joined_id": None}


@get(LIST, opt=signed_in(*READERS))
async def list_groups(request: PortalRequest) -> Response[str]:
    """The groups that the viewer's companies are in; for compliance all."""
    async with work(request) as unit:
        found = await groups.groups(unit)
    return page(request, "agreements/groups.html", groups=found)


async def shown_group(request: PortalRequest, group: UUID) -> dict[str, Any]:
    """What a page about a group shows of it. Raises Refused."""
    async with work(request) as unit:
        found = await groups.one_group(unit, group)
        standing = await standing_of(unit, group)
        members = [
            {**NOWHERE, **one, **standing.get(one["company_id"], {})} for one in await groups.members(unit, group)
        ]
        lists = await groups.lists(unit, group)
    if found is None:
        raise Refused
    agreement = next(iter(standing.values()), None)
    return {"group": found, "members": members, "lists": lists, "agreement": agreement}


@get("/groups/{group:uuid}", opt=signed_in(*READERS, back=(LIST,)))
async def show_group(request: PortalRequest, group: FromPath[UUID]) -> Response[str]:
    """A group: its list, its agreement, and each member with where it stands."""
    return page(request, "agreements/group.html", **await shown_group(request, group))


async def _mine(request: PortalRequest, group: UUID) -> dict[str, Any]:
    """A group whose responsible company the viewer looks after. Raises Refused."""
    shown = await shown_group(request, group)
    if not shown["group"]["mine"]:
        raise Refused
    return shown


OF_LIST = signed_in(Role.ACCOUNT_MANAGER, back=("/groups/{group}",))


@get("/groups/{group:uuid}/list", opt=OF_LIST)
async def new_list(request: PortalRequest, group: FromPath[UUID]) -> Response[str]:
    """The form, with the newest version in it."""
    newest = next(iter((await _mine(request, group))["lists"]), None)
    given = {"address": newest["address"], "list_text": newest["text"]} if newest else {}
    return await PUBLISH.show(request, blank(ListForm, **given))


@post("/groups/{group:uuid}/list", opt=OF_LIST)
async def publish_list(request: PortalRequest, group: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Keep another version."""
    await _mine(request, group)
    form: Form[ListForm] = await read_form(request, ListForm)
    if form.value is None:
        return await PUBLISH.show(request, form)
    async with work(request) as unit:
        done = await groups.publish_list(unit, group, form.value.published)
    if done is None:
        raise Refused
    return lead_on(request, f"{LIST}/{group}", N_("The list is kept.") if done else Undone(N_("Nothing was changed.")))


async def _entering(request: PortalRequest, asked: UUID, form: Form[EnterForm]) -> Response[str]:
    async with work(request) as unit:
        found = await groups.offered(unit, asked)
    return await ENTER.show(request, form, asked=asked, found=[one.label for one in found])


@get("/companies/{asked:uuid}/group", opt=OF_COMPANY)
async def ask_group(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The groups that there are, and the way to a new one."""
    await require_going_on(request, asked, Action.GROUP_MEMBER_ADDED)
    return await _entering(request, asked, blank(EnterForm))


@post("/companies/{asked:uuid}/group", opt=OF_COMPANY)
async def enter_group(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """The company is in this group from now on."""
    await require_going_on(request, asked, Action.GROUP_MEMBER_ADDED)
    read: Form[EnterForm] = await read_form(request, EnterForm)
    async with work(request) as unit:
        form = await sought_in(read, "group", partial(groups.offered, unit, asked), NO_GROUP)
    if form.value is None:
        return await _entering(request, asked, form)
    async with work(request) as unit:
        answer = await groups.add_member(unit, form.value.group, asked)
    if answer is None:
        raise Refused
    if answer != "added":
        return await _entering(request, asked, form.wrong(group=Said(NOT_ENTERED[answer])))
    return lead_on(request, f"/companies/{asked}", N_("The company is in the group."))


@post("/companies/{asked:uuid}/group/called", status_code=200, opt=SUGGESTED)
async def suggest_group(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The groups called as was typed so far that the company can enter."""
    typed = (await body_fields(request)).get("group", [""])[0]
    await require_going_on(request, asked, Action.GROUP_MEMBER_ADDED)
    async with work(request) as unit:
        found = await groups.offered(unit, asked, typed)
    return page(request, "agreements/_called.html", found=[one.label for one in found])


@get("/companies/{asked:uuid}/group/new", opt=OF_COMPANY)
async def new_group(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The form for a group that this company answers for."""
    await require_going_on(request, asked, Action.GROUP_MADE)
    return await MAKE.show(request, blank(GroupForm))


@post("/companies/{asked:uuid}/group/new", opt=OF_COMPANY)
async def make_group(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Make the group with its first list."""
    await require_going_on(request, asked, Action.GROUP_MADE)
    form: Form[GroupForm] = await read_form(request, GroupForm)
    if form.value is None:
        return await MAKE.show(request, form)
    said = form.value
    async with work(request) as unit:
        made = await groups.make_group(unit, asked, said.name, said.name_latin, said.published)
    if made is None:
        raise Refused
    if made[0] == "in_group":
        return await MAKE.show(request, form.wrong(name=Said(IN_GROUP)))
    return lead_on(request, f"{LIST}/{made[1]}", N_("The group is made."))


async def _leaving(request: PortalRequest, asked: UUID, form: Form[LeaveForm]) -> Response[str]:
    await require_going_on(request, asked, Action.GROUP_MEMBER_LEFT)
    async with work(request) as unit:
        effect = await what_if(unit, asked, "left_group")
    return await LEAVE.show(request, form, effect=effect)


@get("/companies/{asked:uuid}/group/leave", opt=OF_COMPANY)
async def ask_leaving(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """What closes when it leaves."""
    return await _leaving(request, asked, blank(LeaveForm))


@post("/companies/{asked:uuid}/group/leave", opt=OF_COMPANY)
async def leave_group(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """It is in its group no more."""
    form: Form[LeaveForm] = await read_form(request, LeaveForm)
    if form.value is None:
        return await _leaving(request, asked, form)
    async with work(request) as unit:
        answer = await groups.leave_group(unit, asked)
    if answer is None:
        raise Refused
    return lead_on(request, f"/companies/{asked}", LEFT[answer])


routes = [
    list_groups, show_group, new_list, publish_list, ask_group, enter_group, suggest_group, new_group, make_group,
    ask_leaving, leave_group,
]  # fmt: skip
