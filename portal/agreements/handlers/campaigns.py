"""Campaigns for a new version: started by compliance, and looked at by whoever looks after the companies."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.agreements import campaigns, drafting
from portal.agreements.forms import CampaignForm
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Said, Undone
from portal.language.zone import JAPAN
from portal.web.bodies import query_fields
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.lists import started
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

LIST = "/campaigns"
NEW = "/agreement-templates/{template:uuid}/campaign"
READERS = (Role.COMPLIANCE, Role.ACCOUNT_MANAGER)
OF_NEW = signed_in(Role.COMPLIANCE, back=("/agreement-templates",))
SHOWN = 100
DAYS = timedelta(days=31)  # the database asks for thirty whole ones
PAGES = {
    tone: FormPage(
        title=N_("Ask companies to sign the new version"),
        lead=N_(
            "The agreements before it end with that day for every company that has not signed by then. It is reminded "
            "60, 30 and 7 days before."
        ),
        button=button,
        behind=N_("Templates of agreements"),
        template="agreements/campaign_effect.html",
        tone=tone,
    )
    for tone, button in (("primary", N_("See what it closes")), ("danger", N_("Start the campaign")))
}
AGAINST = {
    "not_newest": N_("Only the newest version that is approved can be asked for."),
    "running": N_("This version is asked for already. Call that campaign off first to set another day."),
    "too_soon": N_("Please choose a day that is at least 30 days away, so that companies can be reminded in time."),
}
STARTED = N_("The campaign has begun. Its companies are reminded by mail.")
CALLED_OFF = N_("The campaign is called off: the agreements go on as if nobody had asked.")
OVER = Undone(N_("Nothing was changed: the day has come, or the campaign was called off before."))


@get(LIST, opt=signed_in(*READERS))
async def list_campaigns(request: PortalRequest) -> Response[str]:
    """Every campaign, with how many companies have signed."""
    async with work(request) as unit:
        found = await campaigns.campaigns(unit)
    return page(request, "agreements/campaigns.html", campaigns=found, now=datetime.now(UTC))


@dataclass(frozen=True)
class Narrowing:
    """Nothing narrows the companies of a campaign; its address says the page alone."""


@get("/campaigns/{campaign:uuid}", opt=signed_in(*READERS, back=(LIST,), carries=Narrowing))
async def show_campaign(request: PortalRequest, campaign: FromPath[UUID]) -> Response[str]:
    """Who has signed, and who has not, page by page."""
    start = started(query_fields(request), (UUID,), SHOWN)
    place: Any = start.key and start.key[0]
    async with work(request) as unit:
        found = await campaigns.campaigns(unit, campaign)
        asked = await campaigns.companies_asked(unit, campaign, place, start.backwards, start.most)
    if not found:
        raise Refused
    shown = start.window(asked, lambda one: (one["company_id"],))
    here = f"{LIST}/{campaign}"
    return page(
        request,
        "agreements/campaign.html",
        campaign=found[0],
        companies=shown.rows,
        previous=shown.previous and f"{here}?before={shown.previous}",
        next=shown.next and f"{here}?after={shown.next}",
        now=datetime.now(UTC),
    )


@post("/campaigns/{campaign:uuid}/call-off", opt=signed_in(Role.COMPLIANCE, leads=LIST, keeps=False))
async def call_off(request: PortalRequest, campaign: FromPath[UUID]) -> Response[bytes]:
    """End it before its day."""
    async with work(request) as unit:
        done = await campaigns.call_off_campaign(unit, campaign)
    if done is None:
        raise Refused
    return lead_on(request, f"{LIST}/{campaign}", CALLED_OFF if done else OVER)


async def _version(request: PortalRequest, template: UUID) -> dict[str, Any]:
    async with work(request) as unit:
        found = next((one for one in await drafting.templates(unit) if one["id"] == template), None)
        effect = await campaigns.what_would_close(unit, template)
    if found is None or effect is None:
        raise Refused
    return {"version": found, "effect": effect}


@get(NEW, opt=OF_NEW)
async def new_campaign(request: PortalRequest, template: FromPath[UUID]) -> Response[str]:
    """The form, with the nearest day that leaves time for each reminder."""
    shown = await _version(request, template)
    day = (datetime.now(JAPAN) + timedelta(days=75)).date()
    return await PAGES["primary"].show(request, blank(CampaignForm, last_day=day.isoformat()), weighed=False, **shown)


@post(NEW, opt=OF_NEW)
async def start_campaign(request: PortalRequest, template: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """At the first sending what it closes; at the second it begins."""
    shown = await _version(request, template)
    form: Form[CampaignForm] = await read_form(request, CampaignForm)
    if form.value is None:
        return await PAGES["primary"].show(request, form, weighed=False, **shown)
    asked = form.value
    ends_at = datetime.combine(asked.last_day + timedelta(days=1), time(), JAPAN)
    answer: str | None = "too_soon" if ends_at < datetime.now(JAPAN) + DAYS else "weigh"
    if answer == "weigh" and asked.weighed == asked.last_day.isoformat():
        async with work(request) as unit:
            answer = await campaigns.start_campaign(unit, template, ends_at, asked.reason)
    if answer is None:
        raise Refused
    if answer == "started":
        return lead_on(request, LIST, STARTED)
    if answer == "weigh":
        filled = form.filled(weighed=asked.last_day.isoformat())
        return await PAGES["danger"].show(request, filled, weighed=True, **shown)
    return await PAGES["primary"].show(request, form.wrong(last_day=Said(AGAINST[answer])), weighed=False, **shown)


routes = [list_campaigns, show_campaign, call_off, new_campaign, start_campaign]
