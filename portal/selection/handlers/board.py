"""The board: a column for each stage, with those who are at it. Each column is a search, and each card is recorded."""

from dataclasses import dataclass
from uuid import UUID

from litestar import Response, get

from portal.accounts.queries import own_colleagues
from portal.candidates.items import Item
from portal.companies.queries import own_openings
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import Found, SearchFilter, search
from portal.language.i18n import written
from portal.selection.actions import STAGES
from portal.selection.handlers.candidates import next_stage
from portal.selection.searching import MOST_COUNTED, BoardSearch
from portal.web.bodies import query_fields
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.searches import asked as searched
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

SIZE = 25


@dataclass(frozen=True, slots=True)
class Column:
    """A stage: how many are at it, and the newest of them that are disclosed, with the titles of their positions."""

    stage: str
    next_stage: str | None
    count: int
    cards: list[Found]
    titles: list[str]

    @property
    def choosable(self) -> bool:
        """Whether some of them can be chosen, to move or compare several at once."""
        return any(one.selection_open for one in self.cards)


async def _column(unit: Unit, stage: str, opening: UUID | None) -> Column:
    narrowed = SearchFilter(opening_id=opening, stage=stage, decided=False)
    found = await search(unit, narrowed, None, SIZE + 1, Item.NAME)
    count = (found[0].matches or 0) if found else 0
    cards = [one for one in found[:SIZE] if one.disclosed]
    titles = [written(one.opening_title, one.opening_title_latin) or one.opening_title for one in cards]
    return Column(stage, next_stage(stage), count, cards, titles)


@get("/board", opt=signed_in(*EMPLOYER, carries=BoardSearch))
async def show_board(request: PortalRequest) -> Response[str]:
    """Everybody who is still to be decided on, by stage; of one position, or of all."""
    narrowed = searched(query_fields(request), BoardSearch, visit(request).secret)
    opening = narrowed.value.opening if narrowed.value else None
    async with work(request) as unit:
        viewer = unit.who
        openings = await own_openings(unit)
        colleagues = await own_colleagues(unit)
        columns = [await _column(unit, stage, opening) for stage in STAGES]
    if not viewer.may_see_candidates:
        return page(request, "candidates/blocked.html")
    return page(
        request,
        "candidates/board.html",
        columns=columns,
        openings=openings,
        colleagues=colleagues,
        chosen=opening,
        most_counted=MOST_COUNTED,
    )


routes = [show_board]
