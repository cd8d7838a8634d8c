"""A report: facts, charts and tables under a title, set in type. Its words are made before it comes here.

Promise: a report is a pure function of this content. Nothing else reaches the page.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A table, or bars, under a heading. `wide` are the shares of the columns' widths, where they are not even."""

    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    bars: tuple[tuple[str, int], ...] = ()
    text: str = ""
    wide: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """`made` says by whom and when it was made; `foot` stands on every page beside the number of the page."""

    language: str
    title: str
    made: str
    foot: str
    lead: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    landscape: bool = False
    empty: str = ""


def set_report(report: Report) -> bytes:
    """The report as an unsigned PDF. Runs in a worker."""
    from portal.documents.typesetting import pdf_of  # in the worker alone: a machine without Pango does all else

    return pdf_of("pdf/report.html", "report.css", asdict(report), {})


def lines(rows: Sequence[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    """Rows of a table as texts; what is not there is a dash."""
    return tuple(tuple("–" if one in (None, "") else str(one) for one in row) for row in rows)
