"""A form as somebody would fill it in who sees its page for the first time: each field by its kind."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from stdnum.jp.cn import calc_check_digit

from portal.web import csrf
from portal.web.markers import SignedIn, access_of
from portal.web.untouched import STANDS
from tests.client import Browser
from tests.facts import DAY
from tests.matrix.expected import ROLES
from tests.matrix.requests import Cell, filled
from tests.matrix.stage import Stage
from tests.page import Form
from tests.routes import routes


@dataclass
class Filled:
    """A form as somebody would send it: with it something is done, or searched for."""

    browser: Browser
    path: str
    fields: Mapping[str, str | list[str]]
    searches: bool = False


async def by_its_page(stage: Stage, route: str) -> Filled:
    """The form of a route as its page shows it to whoever may come, about a company and a person just made."""
    marker = marker_of(route)
    role = next(role for role in ROLES if role in marker.roles)
    about_somebody = "{person:uuid}" in route or "{introduction:uuid}" in route
    target = await stage.target("own", "live") if about_somebody else stage.targets["own", "live"]
    path = await filled(await of_a_new_company(stage, route), Cell(stage, role, "own", "live", target))
    page = await stage.browsers[role].get(path)
    fields = fields_of(page.form(path))
    return Filled(stage.browsers[role], path, fields, searches=marker.carries is not None)


def marker_of(route: str) -> SignedIn:
    """Who may send the form of this route."""
    markers = [access_of(one) for path, one in routes() if path == route and "POST" in getattr(one, "http_methods", ())]
    (marker,) = [one for one in markers if isinstance(one, SignedIn)]
    return marker


async def of_a_new_company(stage: Stage, route: str) -> str:
    """The address of a route about a company, and its position, on which nothing stands yet."""
    if "{asked:uuid}" not in route:
        return route
    company = stage.portal.world.company(account_manager=stage.viewers["account_manager"])
    await stage.portal.written()
    opening = stage.portal.world.first_opening(company)
    return route.replace("{asked:uuid}", str(company.id)).replace("{opening:uuid}", str(opening.id))


def fields_of(form: Form) -> dict[str, str]:
    """What stands in the form, and in each field that is empty what its kind takes."""
    chosen = {name: next((one for one in offered if one), "") for name, offered in form.choices.items()}
    written = {name: entered(name, kind) for name, kind in form.kinds.items()}
    standing = {name: value for name, value in form.values.items() if value}
    everything = {**form.values, **written, **chosen, **standing}
    return {name: value for name, value in everything.items() if name not in (csrf.FIELD, STANDS)}


def entered(name: str, kind: str) -> str:
    """What somebody writes into an empty field of this kind; each time something else where that can be."""
    if name == "corporate_number":
        digits = str(10**11 + secrets.randbelow(9 * 10**11))
        return calc_check_digit(digits) + digits
    written = secrets.token_hex(5)
    soon = (datetime.now(UTC) + 40 * DAY).date().isoformat()
    told = {"email": f"{written}@made.example", "tel": "+81 3-1234-5678", "numeric": "7", "date": soon}
    return told.get(kind, written)
