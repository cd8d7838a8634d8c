"""The networks that a company's people may come from. What naming them shuts out is said before it is done."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import Action
from portal.companies.forms import NetworksForm
from portal.companies.handlers.own_company import CHANGED, OF_COMPANY, overtaken, require_going_on
from portal.companies.networks import closed_abroad, networks_of, reach, set_networks
from portal.country_file import CountryFile
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.language.i18n import N_
from portal.values.networks import Network
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

PATH = "/companies/{asked:uuid}/networks"
ASK = FormPage(
    title=N_("Networks it may come from"),
    lead=N_(
        "From any other network the company's people sign in and see no candidate, from the next click on. Without any "
        "network here they may come from anywhere."
    ),
    button=N_("See what it changes"),
    behind=N_("Company"),
)
SAVE = FormPage(
    title=N_("Networks it may come from"),
    button=N_("Save the networks"),
    behind=N_("Company"),
    template="companies/reach.html",
    tone="danger",
)


def _written(networks: Sequence[Network]) -> str:
    return "\n".join(str(one) for one in networks)


async def _stands(request: PortalRequest, asked: UUID) -> str:
    """Those that are named, a line each. Raises Refused for a company that is not the viewer's, or is over."""
    await require_going_on(request, asked, Action.COMPANY_NETWORKS_CHANGED)
    async with work(request) as unit:
        return _written([one for one, _country in await networks_of(unit, asked)])


@get(PATH, opt=OF_COMPANY)
async def show_networks(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The networks as a form, one a line."""
    stands = await _stands(request, asked)
    return await ASK.show(request, blank(NetworksForm, networks=stands, seen=stands))


@post(PATH, opt=OF_COMPANY)
async def change_networks(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """At the first sending whom these shut out; at the second they are saved."""
    stands = await _stands(request, asked)
    form: Form[NetworksForm] = await read_form(request, NetworksForm)
    if form.value is None:
        return await ASK.show(request, form)
    if form.value.weighed != form.value.networks:
        return await _weigh(request, asked, form)
    async with work(request) as unit:
        result = await set_networks(unit, asked, form.value.seen, form.value.networks)
    if result is None:
        raise Refused
    if result == "stale":
        return await ASK.show(request, overtaken(form, {"networks": stands, "seen": stands}))
    return lead_on(request, f"/companies/{asked}", CHANGED)


async def _weigh(request: PortalRequest, asked: UUID, form: Form[NetworksForm]) -> Response[str]:
    assert form.value is not None, "nothing is weighed before it was read"
    wanted = form.value.networks
    async with work(request) as unit:
        found = await reach(unit, asked, wanted)
        named = await _with_country(unit, asked, visit(request).kit.countries, wanted)
        outside = [one for one in named if one["country"] != "JP"]
        closed = await closed_abroad(unit, asked) if outside else None
    filled = form.filled(weighed=f"={_written(wanted)}")
    return await SAVE.show(request, filled, reach=found, outside=outside, closed=closed)


async def _with_country(
    unit: Unit, company: UUID, countries: CountryFile | None, wanted: Sequence[Network] | None = None
) -> list[dict[str, Any]]:
    named = []
    for one, known in await networks_of(unit, company, wanted):
        filed = countries and countries.country(str(one.network_address))
        named.append({"range": str(one), "country": filed if filed and filed != "JP" else known or filed})
    return named


async def where(unit: Unit, company: Mapping[str, Any], countries: CountryFile | None) -> dict[str, Any]:
    """What the company's page says of its networks, each with its country, and of what is closed because of either."""
    named = await _with_country(unit, company["id"], countries)
    abroad = company["country"] != "JP" or any(one["country"] != "JP" for one in named)
    return {"networks": named, "abroad": await closed_abroad(unit, company["id"]) if abroad else None}


routes = [show_networks, change_networks]
