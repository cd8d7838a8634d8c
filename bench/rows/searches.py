"""Searching: one recruiter at a time, the first page of each kind of filter beside the list without any."""

from dataclasses import astuple

from bench.run import Run, secret
from bench.table import Row, ms
from bench.times import p50
from bench.turns import Statements, taking_turns
from portal.disclosure.searching import SEARCH, Order, SearchFilter
from portal.operate.roles import WEB
from portal.selection.handlers.candidates import LISTED

KINDS = {
    "Japanese N1": SearchFilter(japanese_rank=5),
    "Japanese N3 or higher": SearchFilter(japanese_rank=3),
    "permission to work": SearchFilter(work_permission="unrestricted"),
    "stage": SearchFilter(stage="offer"),
    "a common name": SearchFilter("nguyen"),
    "a name in its own script": SearchFilter("グエン"),
    "two words": SearchFilter("nguyen minh"),
    "a rare name": SearchFilter("Chelon"),
    "a name nobody has": SearchFilter("zzzz"),
    "a code nobody has": SearchFilter(code="SK-000000"),
    "unread": SearchFilter(unread=True),
    "assigned to nobody": SearchFilter(assigned="nobody"),
    "an occupation": SearchFilter(keywords="welder"),
    "a rare employer": SearchFilter(keywords="works 17"),
    "a word nobody has": SearchFilter(keywords="zzzz"),
    "a qualification": SearchFilter(qualification="forklift"),
    "a language": SearchFilter(language="en"),
    "can begin within three months": SearchFilter(available_months=3),
}
MOST = 1.5
ORDERS: tuple[Order, ...] = ("changed", "stage")


async def measure(run: Run) -> list[Row]:
    """In the largest company, where it is hardest, and in an ordinary one."""
    await run.world.refresh()
    rows = []
    for who in ("ordinary", "largest"):
        connection = await run.world.connect(WEB)
        try:
            searches = {"counted": _search(SearchFilter())}
            searches |= {kind: _search(asked) for kind, asked in KINDS.items()}
            searches |= {f"sorted by {order}": _search(SearchFilter(), order) for order in ORDERS}
            taken = await taking_turns(connection, secret(who, 1), run.seconds * len(searches), searches)
        finally:
            await connection.close()
        plain, *others = ((kind, p50(sample)) for kind, sample in taken.items())
        rows.append(Row(f"search, {who} company, {plain[0]}", ms(plain[1]), "", "1.0 ×"))
        for kind, took in others:
            what, kept = f"search, {who} company: {kind}", took <= MOST * plain[1]
            rows.append(Row(what, ms(took), ms(plain[1]), f"{took / plain[1]:.1f} ×", f"≤ {MOST} ×", kept))
    return rows


def _search(asked: SearchFilter, order: Order = "introduced") -> Statements:
    values = (*astuple(asked), None, None, False, 26, int(LISTED), order, None, asked.judges)
    return lambda connection: connection.fetch(SEARCH, *values)
