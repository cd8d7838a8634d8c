"""The board: a column for each stage, with those who are at it. It is one search, and each card is recorded."""

from dataclasses import dataclass
from uuid import UUID

from litestar import Response, get

from portal.accounts.queries import own_colleagues
from portal.candidates.items import Item
from portal.companies.queries import own_openings
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER
from portal.disclosure.searching import Found, SearchFilter, search
from portal.language.i18n import written
from portal.selection.actions import STAGES
from portal.selection.handlers.candidates import next_stage
from portal.selection.handlers.search_forms import BoardSearch
from portal.web.bodies import query_fields
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.searches import asked as searched
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

SIZE = 12
MOST_AT_STAGE = 75  # are counted


@dataclass(frozen=True, slots=True)
class Column:
    """A stage: how many are at it, and the newest of them that are disclosed, with the titles of their positions.

    `more` says that there may be more than were counted.
    """

    stage: str
    next_stage: str | None
    count: int
    more: bool
    cards: list[Found]
    titles: list[str]

    @property
    def choosable(self) -> bool:
        """Whether some of them can be chosen, to move or compare several at once."""
        return any(one.selection_open for one in self.cards)


async def _columns(unit: Unit, opening: UUID | None) -> list[Column]:
    """All of them, of one search."""
    narrowed = SearchFilter(opening_id=opening, decided=False)
    found = (await search(unit, narrowed, None, SIZE, Item.NAME, "board")).found
    counts = {one.stage: one.matches or 0 for one in found}
    columns = []
    for stage in STAGES:
        cards = [one for one in found if one.stage == stage and one.disclosed]
        titles = [written(one.opening_title, one.opening_title_latin) or one.opening_title for one in cards]
        count = counts.get(stage, 0)
        columns.append(Column(stage, next_stage(stage), count, count > MOST_AT_STAGE, cards, titles))
    return columns


@get("/board", opt=signed_in(*EMPLOYER, carries=BoardSearch))
async def show_board(request: PortalRequest) -> Response[str]:
    """Everybody who is still to be decided on, by stage; of one position, or of all."""
    narrowed = searched(query_fields(request), BoardSearch, visit(request).secret)
    opening = narrowed.value.opening if narrowed.value else None
    async with work(request) as unit:
        viewer = unit.who
        openings = await own_openings(unit)
        colleagues = await own_colleagues(unit)
        columns = await _columns(unit, opening)
    if not viewer.may_see_candidates:
        return page(request, "candidates/blocked.html")
    return page(
        request,
        "candidates/board.html",
        columns=columns,
        openings=openings,
        colleagues=colleagues,
        chosen=opening,
    )


routes = [show_board]
