"""A recruiter's home, board, comparison and decision, in the database: each beside the list's statements."""

from collections.abc import Sequence
from dataclasses import astuple
from functools import partial
from uuid import UUID

import asyncpg

from bench.run import Run, secret
from bench.table import Row, ms
from bench.times import p50
from bench.turns import NOTE, Statements, taking_turns
from portal.candidates.items import Item
from portal.disclosure.calls import COMPARE
from portal.disclosure.searching import SEARCH, SearchFilter
from portal.operate.roles import WEB
from portal.selection.actions import PUT
from portal.selection.handlers.board import SIZE
from portal.selection.handlers.candidates import LISTED
from portal.selection.handlers.compare import COMPARED
from portal.selection.handlers.several_forms import MOST_COMPARED
from portal.selection.home import HOME

MOST = 1.5
NEWEST = ("introduced", None, None)  # how the list is sorted, at which stage a page of it begins, and no step


async def the_list(connection: asyncpg.Connection) -> None:
    """What the list page asks for."""
    await connection.fetch(SEARCH, *astuple(SearchFilter()), None, None, False, 26, LISTED, *NEWEST)


async def the_board(connection: asyncpg.Connection) -> None:
    """What the board asks for."""
    asked = astuple(SearchFilter(decided=False))
    await connection.fetch(SEARCH, *asked, None, None, False, SIZE, Item.NAME, "board", None, None)


async def the_home_page(connection: asyncpg.Connection) -> None:
    """What the home page asks for."""
    await connection.fetchval(HOME)


async def the_comparison(connection: asyncpg.Connection, chosen: Sequence[UUID]) -> None:
    """What the page of four side by side asks for."""
    await connection.fetch(COMPARE, list(chosen), int(COMPARED))


async def the_decision(connection: asyncpg.Connection, introduction: UUID) -> None:
    """What recording a decision asks for; it is undone, so that the next one is the same."""
    undone = connection.transaction()
    await undone.start()
    try:
        answer = await connection.fetchval(PUT, introduction, "not_hired", "position_filled", "", False, [])
        assert answer in ("recorded", "recorded_and_closed"), f"the decision was answered {answer}"
    finally:
        await undone.rollback()


async def of_one_position(connection: asyncpg.Connection) -> list[UUID]:
    """Four of the newest that are of one position."""
    found = await connection.fetch(SEARCH, *astuple(SearchFilter(decided=False)), None, None, False, 100, 0, *NEWEST)
    by_opening: dict[UUID, list[UUID]] = {}
    for row in found:
        by_opening.setdefault(row["opening_id"], []).append(row["introduction_id"])
    return max(by_opening.values(), key=len)[:MOST_COMPARED]


PAGES: Sequence[tuple[str, Statements]] = (("the list", the_list), ("home", the_home_page), ("board", the_board))


async def measure(run: Run) -> list[Row]:
    """One recruiter at a time, of an ordinary company and of the largest; the pages take turns."""
    await run.world.refresh()
    rows = []
    for who in ("ordinary", "largest"):
        connection = await run.world.connect(WEB)
        try:
            async with connection.transaction():
                await connection.fetch("select * from gate.arrive($1, $2)", secret(who, 1), NOTE)
                chosen = await of_one_position(connection)
            pages: Sequence[tuple[str, Statements]] = (
                *PAGES,
                (f"comparison of {len(chosen)}", partial(the_comparison, chosen=chosen)),
                ("decision", partial(the_decision, introduction=chosen[0])),
            )
            taken = await taking_turns(connection, secret(who, 1), run.seconds, dict(pages))
        finally:
            await connection.close()
        listed, *others = (p50(taken[name]) for name, _page in pages)
        for (name, _page), took in zip(pages[1:], others, strict=True):
            what = f"{name}, {who} company, beside the list"
            rows.append(Row(what, ms(took), ms(listed), f"{took / listed:.2f} ×", f"≤ {MOST} ×", took <= MOST * listed))
    return rows
