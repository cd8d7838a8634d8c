"""Forms: what a person can get wrong becomes a message; what no page of ours sends is refused whole."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

import pytest
from litestar import post

from portal.language.i18n import speaking
from portal.web.forms import choice, email, identifier, parse, password, read_form, text, ticked
from portal.web.markers import public
from portal.web.visit import PortalRequest
from tests.web.support import browser, kit_app

ID = "7a3c2f7e-6c0f-4a58-b5f0-0f2f7f9f8a11"


@dataclass(frozen=True)
class Sample:
    """One field of each kind."""

    name: str = text(most=10)
    note: str = text(most=20, required=False, lines=True)
    mail: str = email()
    word: str = password(most=20)
    stage: str = choice(frozenset({"screening", "offer"}))
    level: int | None = choice({"N1": 5, "N2": 4}, required=False)
    company: UUID | None = identifier(required=False)
    agreed: bool = ticked()


GOOD = {
    "name": " Lan ", "note": "one\r\ntwo", "mail": " lan@example.com ", "word": " a b ", "stage": "offer",
    "level": "N1", "company": ID, "agreed": "yes",
}  # fmt: skip


def given(**fields: str) -> dict[str, list[str]]:
    return {name: [value] for name, value in {**GOOD, **fields}.items()}


def test_a_good_form_becomes_its_dataclass() -> None:
    form = parse(given(), Sample)
    assert form.value == Sample("Lan", "one\ntwo", "lan@example.com", " a b ", "offer", 5, UUID(ID), True)
    assert not form.errors


def test_what_may_be_left_out_is_nothing() -> None:
    form = parse({k: v for k, v in given(level="", company="").items() if k not in ("note", "agreed")}, Sample)
    assert form.value is not None
    assert (form.value.note, form.value.level, form.value.company, form.value.agreed) == ("", None, None, False)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", " ", "Please fill this in."), ("name", "x" * 11, "Please use at most 10 characters."),
        ("name", "a\x07b", "Please leave out control characters."),
        ("mail", "", "Please fill this in."),
        ("mail", "lan", "Please enter an e-mail address such as name@example.com."),
        ("mail", "l" * 250 + "@example.com", "Please enter an e-mail address such as name@example.com."),
        ("word", "", "Please fill this in."), ("word", "x" * 21, "Please use at most 20 characters."),
        ("stage", "", "Please choose one from the list."), ("stage", "fired", "Please choose one from the list."),
        ("level", "N9", "Please choose one from the list."), ("company", "1", "Please choose one from the list."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field(field: str, typed: str, message: str) -> None:
    with speaking("ja"):  # as long as it is not known who reads it
        form = parse(given(**{field: typed}), Sample)
    assert form.value is None
    with speaking("en"):
        assert {name: str(said) for name, said in form.errors.items()} == {field: message}
    assert form.errors["another"] == ""


def test_a_form_comes_back_filled_but_for_secrets() -> None:
    form = parse(given(name=""), Sample)
    assert form.given == {**GOOD, "name": "", "word": ""}


@post("/form", opt=public(csrf=False))
async def take(request: PortalRequest) -> str:
    form = await read_form(request, Sample)
    return str(form.value is not None)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (urlencode(GOOD).encode(), 201),
        (b"name=%00", 400), (b"%00=1", 400), (b"name=%FF%FE", 400), ("name=é".encode(), 400), (b"a=1&" * 201, 400),
    ],
)  # fmt: skip
async def test_what_no_page_of_ours_sends_is_refused_whole(body: bytes, status: int) -> None:
    async with browser(kit_app(None, take)) as client:
        answer = await client.post("/form", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status_code == status
        assert status == 400 or answer.text == "True"


def test_a_limit_is_written_as_in_the_hints() -> None:
    @dataclass(frozen=True)
    class Long:
        note: str = text(most=1000)

    with speaking("en"):
        assert str(parse({"note": ["x" * 1001]}, Long).errors["note"]) == "Please use at most 1,000 characters."
