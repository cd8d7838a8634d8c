"""What is sent about groups of companies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portal.companies.groups import PublishedList
from portal.language.i18n import N_, Said
from portal.language.zone import JAPAN
from portal.web.fields import day, lines, sought, text, ticked

ADDRESS = N_("Please write the whole address, beginning with https://.")
LATER = N_("Please choose the day on which it was published: today or earlier.")
HINT = N_(
    "The text as it is published, kept word for word: items, purposes, who answers for the data with address and "
    "representative, and every company by name."
)


def _check(read: Mapping[str, Any]) -> dict[str, Said]:
    wrong = {}
    if "address" in read and not read["address"].startswith(("https://", "http://")):
        wrong["address"] = Said(ADDRESS)
    if "published_on" in read and read["published_on"] > datetime.now(JAPAN).date():
        wrong["published_on"] = Said(LATER)
    return wrong


@dataclass(frozen=True)
class ListForm:
    """A group's list as it is published."""

    address: str = text(N_("Where the list is published"), most=500, hint=N_("A web address."))
    published_on: date = day(N_("Published on"))
    list_text: str = lines(N_("Text of the list"), most=20_000, hint=HINT)

    check = staticmethod(_check)

    @property
    def published(self) -> PublishedList:
        """The list as the acts take it."""
        return PublishedList(self.address, self.published_on, self.list_text)


@dataclass(frozen=True)
class GroupForm:
    """A new group, with the company that answers for it and its list."""

    name: str = text(N_("Name of the group in Japanese"), most=200)
    name_latin: str | None = text(N_("Name of the group in Latin letters"), most=200, required=False)
    address: str = text(N_("Where the list is published"), most=500, hint=N_("A web address."))
    published_on: date = day(N_("Published on"))
    list_text: str = lines(N_("Text of the list"), most=20_000, hint=HINT)

    check = staticmethod(_check)

    @property
    def published(self) -> PublishedList:
        """The list as the acts take it."""
        return PublishedList(self.address, self.published_on, self.list_text)


@dataclass(frozen=True)
class EnterForm:
    """Which group a company is in from now on."""

    group: UUID = sought(N_("Group"), at="group/called", hint=N_("Part of its name."))


@dataclass(frozen=True)
class LeaveForm:
    """That a company is in its group no more."""

    sure: bool = ticked(N_("The company has left the group."))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """What closes is not closed by a slip."""
        return {} if read["sure"] else {"sure": Said(N_("Tick the box if the company has left the group."))}
