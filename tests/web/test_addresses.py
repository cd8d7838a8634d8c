"""P9: an address that a page leads to, or back to, holds what its own search form has, and nothing that was typed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from litestar import get, post

from portal.database.viewer import Role
from portal.web.addresses import UNREADABLE, Addresses
from portal.web.fields import choice, identifier, path, text, typed
from portal.web.markers import Access, public, signed_in
from portal.web.visit import PortalRequest

ID = "7a3c2f7e-6c0f-4a58-b5f0-0f2f7f9f8a11"


@dataclass(frozen=True)
class Search:
    """One field of each kind that matters here."""

    name: str = typed("", most=50, code=lambda asked: asked if asked.startswith("SK-") else None)
    stage: str | None = choice("", ("offer", "decided"), required=False)
    company: UUID | None = identifier(required=False)
    note: str = text(most=10, required=False)


@dataclass(frozen=True)
class Next:
    """Where to go on."""

    next: str = path()


@get("/people", opt=signed_in(carries=Search))
async def people(request: PortalRequest) -> None:
    """A list."""


@get("/people/{person:uuid}", opt=signed_in(back=("/people", "/other")))
async def person(request: PortalRequest, person: UUID) -> None:
    """One of it."""


@post("/people/{person:uuid}/note", opt=signed_in(leads="/people/{person}"))
async def note(request: PortalRequest, person: UUID) -> None:
    """A form on that page."""


@post("/people/drop", opt=signed_in(leads="/people", keeps=False))
async def drop(request: PortalRequest) -> None:
    """A form on the list."""


@get("/door", opt=public(carries=Next))
async def door(request: PortalRequest) -> None:
    """Before the list."""


HANDLERS: list[Any] = [people, person, note, drop, door]
ADDRESSES = Addresses(HANDLERS)


def access(handler: Any) -> Access:
    """The marker of one of these."""
    found = handler.opt["access"]
    assert isinstance(found, Access)
    return found


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/candidates/1?name=x#y", "/candidates/1"), (None, None), ("/" + "x" * 1500, None), ("", None),
        ("candidates", None), ("//evil", None), ("/\\evil", None), ("/a:b", None), ("/%2f", None), ("/é", None),
        ("/a\nb", None), ("/\t/evil.example", None), ("https://evil.example/people", None),
    ],
)  # fmt: skip
def test_only_plain_paths_of_this_site_are_gone_back_to(given: str | None, path: str | None) -> None:
    assert ADDRESSES.safe(given) == path


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        (f"stage=offer&company={ID}&after=a-_&count=12#y", f"stage=offer&company={ID}&after=a-_&count=12"),
        ("name=SK-7Q2M8R4T&name=~gAAA-_", "name=SK-7Q2M8R4T&name=~gAAA-_"),
        ("utm=x&stage=offer", "stage=offer"), ("utm=x", ""), ("stage=", ""),
    ],
)  # fmt: skip
def test_a_list_keeps_the_fields_of_its_search(query: str, kept: str) -> None:
    assert ADDRESSES.safe(f"/people?{query}") == ("/people?" + kept).rstrip("?")


@pytest.mark.parametrize(
    "typed", ["name=Linh", "note=hello", "stage=nobody", "company=x", "after=a%20b", "name=~a%20b"]
)
def test_p9_what_cannot_stand_there_is_not_dropped_in_silence(typed: str) -> None:
    name = typed.partition("=")[0]
    assert ADDRESSES.safe(f"/people?stage=offer&{typed}") == f"/people?stage=offer&{name}={UNREADABLE}"


def test_an_address_inside_an_address_is_judged_like_any() -> None:
    assert ADDRESSES.safe("/door?next=/people%3Fstage%3Doffer") == "/door?next=/people%3Fstage%3Doffer"
    assert ADDRESSES.safe("/door?next=/people%3Fname%3DLinh") == f"/door?next=/people%3Fname%3D{UNREADABLE}"
    assert ADDRESSES.safe("/door?next=//evil.example") == f"/door?next={UNREADABLE}"


def test_back_leads_where_the_marker_says_and_from_a_form_where_its_page_would() -> None:
    assert ADDRESSES.homes(access(person), f"/people/{ID}") == ("/people", "/other")
    assert ADDRESSES.homes(access(note), f"/people/{ID}") == ("/people", "/other")
    assert ADDRESSES.homes(access(drop), "/people") == ("/people",)
    assert ADDRESSES.homes(access(people), "/people") == ()


def test_a_form_is_shown_again_only_where_that_does_nothing() -> None:
    assert ADDRESSES.reshows(f"/people/{ID}/note")
    assert not ADDRESSES.reshows("/people/drop")
    assert not ADDRESSES.reshows("/elsewhere")


def test_a_marker_knows_whom_it_admits() -> None:
    assert not access(people).admits(None)
    assert access(door).admits(None)
    assert signed_in(Role.RECRUITER)["access"].roles == {Role.RECRUITER}
