"""What staff send to correct one entry of a list: an employment, a school, a certificate, a skill or a language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.language.i18n import N_, Said
from portal.language.zone import JAPAN
from portal.people.handlers.correction_forms import STAYS, something, when
from portal.values import days
from portal.values.wrong import Wrong
from portal.web.field import single
from portal.web.fields import CHOOSE, lines, text, ticked

NEW = "new"
REMOVED = N_("Take this entry out")


def _place(raw: str) -> int | None:
    """The place of an entry in its list; None for a new one."""
    if raw == NEW:
        return None
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 4):
        raise Wrong(CHOOSE)
    return int(raw)


def _entry() -> Any:
    """Which entry it is. The page offers those that were looked at, and a new one."""
    hint = N_("A new entry stands first. Those that stand are listed after a look.")
    return single(_place, widget="select", label=N_("Which entry"), plain=True, initial=NEW, hint=hint)


def _whole(read: Mapping[str, Any], names: Sequence[str]) -> dict[str, Said]:
    """Something is filled in, or an entry that stands is taken out."""
    if "entry" not in read or not {*names} <= {*read}:
        return {}
    if read["removed"]:
        filled = any(read[name] for name in names if name != "removed")
        if read["entry"] is None or filled:
            return {"removed": Said(N_("Please choose the entry to take out, and leave the other fields empty."))}
        return {}
    return something(read, *names)


def _period(read: Mapping[str, Any]) -> dict[str, Said]:
    """A time that has begun, and does not end before that."""
    start, end = read.get("start") or "", read.get("end") or ""
    if not days.has_begun(start, datetime.now(JAPAN).date()):
        return {"start": Said(N_("Please leave out what has not begun."))}
    if not days.ends_after(end, start):
        return {"end": Said(N_("Please enter an end that does not come before the start."))}
    return {"end": Said(N_("Please leave the end empty: it goes on."))} if end and read.get("ongoing") else {}


@dataclass(frozen=True)
class Employment:
    """One employment."""

    entry: int | None = _entry()
    company: str = text(N_("Employer"), most=300, required=False, hint=STAYS)
    position: str = text(N_("Job title"), most=300, required=False)
    start: str | None = when(N_("From"))
    end: str | None = when(N_("Until"))
    ongoing: bool = ticked(N_("Goes on to the present"))
    location: str = text(N_("Place"), most=300, required=False)
    summary: str = lines(N_("What the work was"), most=5000, required=False)
    removed: bool = ticked(REMOVED)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Something, at a time."""
        return _whole(
            read, ("company", "position", "start", "end", "ongoing", "location", "summary", "removed")
        ) or _period(read)


@dataclass(frozen=True)
class Education:
    """One school."""

    entry: int | None = _entry()
    institution: str = text(N_("School"), most=300, required=False, hint=STAYS)
    area: str = text(N_("Subject"), most=300, required=False)
    study_type: str = text(N_("Degree"), most=300, required=False)
    start: str | None = when(N_("From"))
    end: str | None = when(N_("Until"))
    ongoing: bool = ticked(N_("Goes on to the present"))
    removed: bool = ticked(REMOVED)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Something, at a time."""
        return _whole(read, ("institution", "area", "study_type", "start", "end", "ongoing", "removed")) or _period(
            read
        )


@dataclass(frozen=True)
class Certificate:
    """One certificate or qualification."""

    entry: int | None = _entry()
    name: str = text(N_("Certificate"), most=300, required=False, hint=STAYS)
    issuer: str = text(N_("Issued by"), most=300, required=False)
    date: str | None = when(N_("Issued on"))
    removed: bool = ticked(REMOVED)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Something."""
        return _whole(read, ("name", "issuer", "date", "removed"))


@dataclass(frozen=True)
class Skill:
    """One skill."""

    entry: int | None = _entry()
    name: str = text(N_("Skill"), most=300, required=False, hint=STAYS)
    level: str = text(N_("How well"), most=300, required=False)
    keywords: str = lines(N_("What belongs to it"), most=2000, required=False, hint=N_("One in each line."))
    removed: bool = ticked(REMOVED)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Something."""
        return _whole(read, ("name", "level", "keywords", "removed"))


@dataclass(frozen=True)
class Language:
    """One language."""

    entry: int | None = _entry()
    language: str = text(N_("Language"), most=300, required=False, hint=STAYS)
    fluency: str = text(N_("How well"), most=300, required=False)
    removed: bool = ticked(REMOVED)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Something."""
        return _whole(read, ("language", "fluency", "removed"))
