"""Education and work as a 履歴書 lists them: one dated line per event, oldest first.

Promise: what was not given is not guessed. A missing month stays blank. Without any date nothing is said of beginning,
end or present. What lies after the day on which the resume was made is called expected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from portal.resume.calendars import PartialDate, full_text, parsed, year_text
from portal.resume.request import Calendar, FormLanguage
from portal.resume.text import MANY, long, short

Event = Literal[
    "entered",
    "entering",
    "graduated",
    "expected",
    "enrolled",
    "joined",
    "joining",
    "left",
    "leaving",
    "present",
    "undated",
]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the form's table; `event` is worded by the template, `written` is the whole date."""

    year: str
    month: str
    event: Event
    what: str
    detail: str
    written: str


@dataclass(frozen=True, slots=True)
class Post:
    """One employer (or school), as the career history describes it."""

    start: str
    end: str
    ongoing: bool
    where: str
    role: str
    place: str
    summary: str
    highlights: list[str]


@dataclass(frozen=True, slots=True)
class Writer:
    """How dates are written on this resume."""

    calendar: Calendar
    language: FormLanguage
    today: date

    def line(self, when: PartialDate | None, event: Event, what: str, detail: str = "") -> Line:
        """A dated line; without a date both date cells stay blank."""
        year = year_text(when, self.calendar, self.language) if when else ""
        month = str(when.month) if when and when.month else ""
        written = full_text(when, self.calendar, self.language) if when else ""
        return Line(year, month, event, what, detail, written)

    def is_to_come(self, when: PartialDate) -> bool:
        """Whether a date lies wholly after the day of the resume."""
        return when.earliest > self.today

    def is_ongoing(self, entry: Mapping[str, Any]) -> bool:
        """Whether something began, and nobody said that it ended."""
        start = parsed(entry.get("start"))
        return start is not None and not self.is_to_come(start) and not entry.get("end")

    def text(self, given: object) -> str:
        """A date written out, "" when none was given."""
        when = parsed(given if isinstance(given, str) else None)
        return full_text(when, self.calendar, self.language) if when else ""


def _oldest_first(entries: object) -> list[Mapping[str, Any]]:
    given = entries if isinstance(entries, list) else []
    known = [entry for entry in given[:MANY] if isinstance(entry, Mapping)]

    def order(entry: Mapping[str, Any]) -> tuple[date, date]:
        # What has no date stands first: after the last one it would seem to be the present.
        start, end = parsed(entry.get("start")), parsed(entry.get("end"))
        last = end.earliest if end else date.max if start else date.min
        return (start.earliest if start else last, last)

    return sorted(known, key=order)


def education_lines(entries: object, writer: Writer) -> list[Line]:
    """Entry and graduation of each school; an ongoing course ends in "enrolled"."""
    lines: list[Line] = []
    for entry in _oldest_first(entries):
        what = " ".join(filter(None, (short(entry.get("institution")), short(entry.get("area")))))
        degree = short(entry.get("study_type"))
        start, end = parsed(entry.get("start")), parsed(entry.get("end"))
        if start:
            event: Event = "entering" if writer.is_to_come(start) else "entered"
            lines.append(writer.line(start, event, what, "" if end else degree))
        if end:
            lines.append(writer.line(end, "expected" if writer.is_to_come(end) else "graduated", what, degree))
        elif not start:
            lines.append(writer.line(None, "undated", what, degree))
        elif writer.is_ongoing(entry):
            lines.append(writer.line(None, "enrolled", ""))
    return lines


def work_lines(entries: object, writer: Writer) -> list[Line]:
    """Joining and leaving of each employer; the present post, if any, ends in "present"."""
    lines: list[Line] = []
    ongoing = False
    for entry in _oldest_first(entries):
        company, position = short(entry.get("company")), short(entry.get("position"))
        start, end = parsed(entry.get("start")), parsed(entry.get("end"))
        to_come = start is not None and writer.is_to_come(start)
        event: Event = "joining" if to_come else "joined" if start or end else "undated"
        lines.append(writer.line(start, event, *_first(company, position)))
        ongoing = ongoing or writer.is_ongoing(entry)
        if end is not None:
            lines.append(writer.line(end, "leaving" if writer.is_to_come(end) else "left", company or position))
    return [*lines, writer.line(None, "present", "")] if ongoing else lines


def _first(name: str, detail: str) -> tuple[str, str]:
    """A name and a detail of it, of which the name may be missing."""
    return (name, detail) if name else (detail, "")


def _texts(values: object) -> list[str]:
    given: Sequence[object] = values if isinstance(values, list) else []
    return [text for text in (long(value) for value in given[:MANY]) if text]


def work_posts(entries: object, writer: Writer) -> list[Post]:
    """Employers, newest first, as a career history lists them."""
    return [
        Post(
            start=writer.text(entry.get("start")),
            end=writer.text(entry.get("end")),
            ongoing=writer.is_ongoing(entry),
            where=short(entry.get("company")),
            role=short(entry.get("position")),
            place=short(entry.get("location")),
            summary=long(entry.get("summary")),
            highlights=_texts(entry.get("highlights")),
        )
        for entry in reversed(_oldest_first(entries))
    ]


def schools(entries: object, writer: Writer) -> list[Post]:
    """Schools, newest first, for the English form."""
    return [
        Post(
            start=writer.text(entry.get("start")),
            end=writer.text(entry.get("end")),
            ongoing=writer.is_ongoing(entry),
            where=short(entry.get("institution")),
            role=", ".join(filter(None, (short(entry.get("study_type")), short(entry.get("area"))))),
            place="",
            summary="",
            highlights=[],
        )
        for entry in reversed(_oldest_first(entries))
    ]
