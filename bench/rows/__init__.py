"""The rows of the table, a file for each kind. Every one takes a `Run` and gives its lines."""

from collections.abc import Awaitable, Callable

from bench.rows import (
    arriving,
    companies,
    entries,
    exporting,
    growth,
    logsearch,
    pages,
    peer,
    resume,
    searches,
    start,
    verifying,
    weight,
)
from bench.run import Run
from bench.table import Row

ROWS: dict[str, Callable[[Run], Awaitable[list[Row]]]] = {
    "pages": pages.measure,
    "peer": peer.measure,
    "arriving": arriving.measure,
    "companies": companies.measure,
    "entries": entries.measure,
    "growth": growth.measure,
    "searches": searches.measure,
    "log": logsearch.measure,
    "export": exporting.measure,
    "verify": verifying.measure,
    "resume": resume.measure,
    "weight": weight.measure,
    "start": start.measure,
}
