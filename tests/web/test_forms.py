"""Forms: what a person can get wrong becomes a message; what no page of ours sends is refused whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from litestar import post

from portal.language.i18n import N_, Said, speaking
from portal.web.fields import (
    choice,
    choices,
    corporate_number,
    country,
    day,
    email,
    file,
    identifier,
    lines,
    moment,
    money,
    number,
    password,
    telephone,
    text,
    ticked,
)  # fmt: skip
from portal.web.forms import Form, blank, parse, read_form
from portal.web.markers import public
from portal.web.uploads import Upload
from portal.web.visit import PortalRequest
from tests.web.support import browser, kit_app

ID = "7a3c2f7e-6c0f-4a58-b5f0-0f2f7f9f8a11"
MB = 1_000_000


@dataclass(frozen=True)
class Sample:
    """One field of each kind."""

    name: str = text("Name", most=10, initial="Lan")
    note: str = lines("Note", most=20, required=False)
    mail: str = email("Mail")
    word: str = password("Word", most=20)
    stage: str = choice("Stage", ("screening", "offer"))
    level: int | None = choice("Level", {"N1": "One", "N2": "Two"}, read={"N1": 5, "N2": 4}, required=False)
    company: UUID | None = identifier("Company", required=False)
    agreed: bool = ticked("Agreed")
    days: tuple[str, ...] = choices("Days", {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday"})
    since: date | None = day("Since", required=False)
    seats: int = number("Seats", least=1, most=5000)
    wage: int | None = money("Wage", most=10_000_000, required=False)
    at: datetime | None = moment("At", required=False)
    phone: str | None = telephone("Phone", required=False)
    home: str = country("Home")
    registered: str | None = corporate_number("Number", required=False)


GOOD = {
    "name": " Lan ", "note": "one\r\ntwo", "mail": " lan@example.com ", "word": " a b ", "stage": "offer",
    "level": "N1", "company": ID, "agreed": "yes", "since": "2026-11-03", "seats": "１,200", "wage": "¥250,000",
    "phone": "03-1234-5678", "home": "JP", "registered": "7123456789012",
}  # fmt: skip
SEVERAL = {"days": ["wed", "mon"], "at": ["2026-11-22T14:30", "Europe/Paris"]}


def given(**changed: str | Sequence[str]) -> dict[str, Sequence[str]]:
    """A good form as sent, with some fields changed."""
    said: dict[str, str | Sequence[str]] = {**GOOD, **SEVERAL, **changed}
    return {name: [sent] if isinstance(sent, str) else sent for name, sent in said.items()}


def test_a_good_form_becomes_its_dataclass() -> None:
    form = parse(given(), Sample)
    assert form.value == Sample(
        "Lan", "one\ntwo", "lan@example.com", " a b ", "offer", 5, UUID(ID), True, ("mon", "wed"), date(2026, 11, 3),
        1200, 250_000, datetime(2026, 11, 22, 13, 30, tzinfo=UTC), "+81312345678", "JP", "7123456789012",
    )  # fmt: skip
    assert not form.errors


def test_what_may_be_left_out_is_nothing() -> None:
    missing = ("note", "agreed", "since", "wage", "at", "phone", "registered")
    form = parse({k: v for k, v in given(level="", company="").items() if k not in missing}, Sample)
    assert form.value is not None
    found = [getattr(form.value, name) for name in ("note", "level", "company", "agreed", *missing[2:])]
    assert found == ["", None, None, False, None, None, None, None, None]


CHOOSE = "Please choose one from the list."
WHOLE = "Please enter a whole number from 1 to 5,000."


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", " ", "Please fill this in."), ("name", "x" * 11, "Please use at most 10 characters."),
        ("name", "a\x07b", "Please leave out control characters."),
        ("mail", "", "Please fill this in."),
        ("mail", "lan", "Please enter an e-mail address such as name@example.com."),
        ("word", "", "Please fill this in."), ("word", "x" * 21, "Please use at most 20 characters."),
        ("stage", "", CHOOSE), ("stage", "fired", CHOOSE), ("level", "N9", CHOOSE), ("company", "1", CHOOSE),
        ("days", [], "Please choose at least one."), ("days", ["sun"], CHOOSE), ("days", ["mon", "sun"], CHOOSE),
        ("since", "2026-02-30", "Please check this date: the calendar has no such day."),
        ("seats", "0", WHOLE), ("seats", "5001", WHOLE), ("seats", "1.5", WHOLE), ("seats", "1,2", WHOLE),
        ("seats", "", "Please fill this in."),
        ("wage", "-1", "Please enter a whole number from 0 to 10,000,000."),
        ("at", ["2026-11-22T14:30", "Moon/Base"], CHOOSE), ("at", ["2026-11-22T14:30"], CHOOSE),
        ("at", ["soon", "UTC"], "Please enter a day and a time, such as 2026-11-22 14:30."),
        ("at", ["2027-03-28T02:30", "Europe/Paris"],
         "Please check this time: clocks are put forward there, and never show it."),
        ("phone", "12", "Please enter a telephone number with its country, such as +81 90 1234 5678."),
        ("home", "", "Please fill this in."),
        ("registered", "7123456789013",
         "Please enter a corporate number: 13 digits, of which the first is the check digit of the others."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field(field: str, typed: str | list[str], message: str) -> None:
    with speaking("ja"):  # as long as it is not known who reads it
        form = parse(given(**{field: typed}), Sample)
    assert form.value is None
    with speaking("en"):
        assert {name: str(said) for name, said in form.errors.items()} == {field: message}
    assert form.errors["another"] == ""


def test_a_form_comes_back_filled_but_for_secrets() -> None:
    form = parse(given(name=""), Sample)
    assert form.given == {**GOOD, "name": "", "word": "", "days": "wed", "at": "2026-11-22T14:30"}
    assert list(form["days"].values) == ["wed", "mon"]
    assert list(form["at"].values) == SEVERAL["at"]
    assert 'data-keeps="unsent"' in form.attributes


def test_a_form_that_was_not_sent_shows_what_stands_in_it_at_first() -> None:
    form = blank(Sample, stage="offer")
    assert (form.given["name"], form.given["stage"], form.given["mail"]) == ("Lan", "offer", "")
    assert (form.value, dict(form.errors)) == (None, {})
    assert 'data-keeps=""' in form.attributes


def test_what_the_page_offers_can_be_chosen_and_nothing_else() -> None:
    offered = [(UUID(ID), "Aoba")]
    assert parse(given(), Sample).offering(company=offered).value is not None
    assert parse(given(company=""), Sample).offering(company=offered).value is not None
    assert blank(Sample).offering(company=offered).errors == {}
    form = parse(given(name="", company="00000000-0000-4000-8000-000000000000"), Sample).offering(company=offered)
    assert list(form.errors) == ["name", "company"]
    assert form["company"].options == offered


@dataclass(frozen=True)
class Period:
    """Two days that must fit together."""

    first: date = day("First")
    last: date = day("Last")

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """The last day is not before the first."""
        wrong = {"first", "last"} <= read.keys() and read["last"] < read["first"]
        return {"last": Said(N_("The last day comes before the first. Please change one of them."))} if wrong else {}


def test_what_does_not_fit_together_is_said_of_fields_that_are_right_alone() -> None:
    assert parse({"first": ["2026-01-02"], "last": ["2026-01-02"]}, Period).value is not None
    assert list(parse({"first": ["2026-01-02"], "last": ["2026-01-01"]}, Period).errors) == ["last"]
    assert list(parse({"first": ["x"], "last": ["2026-01-01"]}, Period).errors) == ["first"]


@dataclass(frozen=True)
class Brought:
    """A file."""

    paper: Upload = file("Paper", most=2 * MB)


def brought(size: int) -> Form[Brought]:
    return parse({}, Brought, {"paper": [Upload("a.pdf", size, BytesIO(b"x"))]})


def test_a_file_is_there_and_not_too_large() -> None:
    form = brought(2 * MB)
    assert form.value is not None
    assert form.value.paper.name == "a.pdf"
    assert 'enctype="multipart/form-data"' in form.attributes
    with speaking("en"):
        assert str(brought(2 * MB + 1).errors["paper"]) == "Please choose a file of at most 2.0 MB."
        assert str(parse({}, Brought).errors["paper"]) == "Please choose a file."


@post("/form", opt=public(csrf=False))
async def take(request: PortalRequest) -> str:
    form = await read_form(request, Sample)
    return str(form.value is not None)


@post("/paper", opt=public(csrf=False), request_max_body_size=3 * MB)
async def take_paper(request: PortalRequest) -> dict[str, object]:
    form = await read_form(request, Brought)
    if form.value is None:
        return {"wrong": str(form.errors["paper"])}
    paper = form.value.paper
    return {"name": paper.name, "size": paper.size, "on_disk": bool(getattr(paper.content, "_rolled", False))}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (urlencode({**GOOD, **SEVERAL}, doseq=True).encode(), 201),
        (b"name=%00", 400), (b"%00=1", 400), (b"name=%FF%FE", 400), ("name=é".encode(), 400), (b"a=1&" * 201, 400),
    ],
)  # fmt: skip
async def test_what_no_page_of_ours_sends_is_refused_whole(body: bytes, status: int) -> None:
    async with browser(kit_app(None, take)) as client:
        answer = await client.post("/form", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status_code == status
        assert status == 400 or answer.text == "True"


async def test_a_file_is_streamed_to_a_temporary_file_and_limited_by_its_route() -> None:
    async with browser(kit_app(None, take_paper), headers={"accept-language": "en"}) as client:
        answer = await client.post("/paper", files={"paper": ("C:\\papers\\a.pdf", b"x" * (2 * MB - 1))})
        assert answer.json() == {"name": "a.pdf", "size": 2 * MB - 1, "on_disk": True}
        answer = await client.post("/paper", files={"paper": ("a.pdf", b"x" * (2 * MB + 1))})
        assert answer.json() == {"wrong": "Please choose a file of at most 2.0 MB."}
        assert (await client.post("/paper", files={"paper": ("a.pdf", b"x" * (3 * MB))})).status_code == 413
        assert (await client.post("/paper", data={"paper": ""})).json() == {"wrong": "Please choose a file."}


def test_a_limit_is_written_as_in_the_hints() -> None:
    @dataclass(frozen=True)
    class Long:
        note: str = text("", most=1000)

    with speaking("en"):
        assert str(parse({"note": ["x" * 1001]}, Long).errors["note"]) == "Please use at most 1,000 characters."


def test_a_moment_that_must_be_given_is_asked_for() -> None:
    @dataclass(frozen=True)
    class Meeting:
        at: datetime = moment("At")

    for sent in ([], ["", "Asia/Tokyo"]):
        with speaking("en"):
            form = parse({"at": sent}, Meeting)
            assert (form.value, str(form.errors["at"])) == (None, "Please fill this in.")
    given_at = parse({"at": ["2026-11-22T14:30", "Asia/Tokyo"]}, Meeting).value
    assert given_at == Meeting(datetime(2026, 11, 22, 5, 30, tzinfo=UTC))
