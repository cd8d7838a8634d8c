"""For a company's administrators: how the selections go, by position, and what the own people did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response, get

from portal.accesslog.actions import action_words
from portal.accounts.queries import own_colleagues
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.language.i18n import N_
from portal.selection.progress import REACHED, Done, company_log, progress
from portal.web.fields import identifier
from portal.web.forms import Offered
from portal.web.lists import Found, Listing, Start
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work


@get("/team/progress", opt=signed_in(Role.EMPLOYER_ADMIN, back=("/team",)))
async def show_progress(request: PortalRequest) -> Response[str]:
    """Who works on what, how far the candidates of each position came, and how long it takes."""
    async with work(request) as unit:
        found = await progress(unit)
        if found is None:
            raise Refused
    return page(request, "companies/progress.html", found=found, reached=REACHED)


@dataclass(frozen=True)
class CompanyLogSearch:
    """Whose acts."""

    whose: UUID | None = identifier(N_("Who"), required=False, blank=N_("Everybody"))


def _key(one: Done) -> tuple[datetime, UUID]:
    return one.recorded_at, one.id


async def _found(unit: Unit, asked: CompanyLogSearch, start: Start) -> Found:
    at, entry = start.key or (None, None)
    rows = await company_log(unit, asked.whose, at, entry, start.most, backwards=start.backwards)  # type: ignore[arg-type]  # the keys are those of `key`
    shown = start.window(rows, _key)
    return Found(shown.rows, shown.previous, shown.next, values={"action_words": action_words})


async def _offered(unit: Unit) -> Mapping[str, Offered]:
    return {"whose": await own_colleagues(unit)}


own_log = Listing(
    "/team/log",
    "companies/own_log.html",
    CompanyLogSearch,
    Role.EMPLOYER_ADMIN,
    find=_found,
    key=(datetime, UUID),
    offer=_offered,
)

routes = [show_progress, *own_log.routes]
