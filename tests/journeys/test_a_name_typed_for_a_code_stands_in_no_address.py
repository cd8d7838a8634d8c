"""P9: whoever looks for a code may type a name; the address then holds what was understood, and of a name nothing."""

import re

import pytest

from tests.client import Browser, Portal
from tests.journeys.cast import LINH, Cast, cast

FRAGMENT = {"hx-request": "true", "origin": "http://localhost:8000"}


async def reader(portal: Portal, path: str) -> tuple[Cast, str, Browser]:
    """The cast, Linh's code, and who reads this list: Mori the introductions, Sato the log."""
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    await (await portal.signed_in(people.hana)).get(linh.page)
    account = people.mori if path == "/introductions" else people.sato
    return people, linh.introduction.code, await portal.signed_in(account)


def sealed(address: str) -> bool:
    """Whether what was typed stands in an address sealed and nowhere else."""
    return bool(re.search(r"introduction=~[A-Za-z0-9_-]{100,}$", address)) and "Tr" not in address.partition("=~")[0]


@pytest.mark.parametrize("path", ["/introductions", "/log"])
async def test_p9_a_name_typed_for_a_code_is_answered_and_stands_in_no_address(portal: Portal, path: str) -> None:
    people, _code, browser = await reader(portal, path)
    await browser.get(path)
    page = await browser.submit(path, introduction="Trần Thị Linh", company=str(people.aoba.id))
    assert page.status == 200
    assert sealed(str(page.response.url.query, "ascii"))
    assert page.form(path).values["introduction"] == "Trần Thị Linh"
    assert page.texts("#results tbody tr") == []
    sent = {**page.form(path).values, "introduction": "Trần"}
    answer = await browser.raw("POST", path, data=sent, headers=FRAGMENT)
    assert sealed(answer.headers["location"])


@pytest.mark.parametrize("path", ["/introductions", "/log"])
async def test_a_code_leads_to_an_address_that_shows_the_same(portal: Portal, path: str) -> None:
    people, code, browser = await reader(portal, path)
    await browser.get(path)
    page = await browser.submit(path, introduction=f" {code.lower()} ", company=str(people.aoba.id))
    found_at = str(page.response.url.raw_path, "ascii")
    assert found_at == f"{path}?company={people.aoba.id}&introduction={code}"
    assert page.texts("#results tbody tr")
    assert page.form(path).values["introduction"] == code
    answer = await browser.raw("POST", path, data={**page.form(path).values}, headers=FRAGMENT)
    assert answer.headers["location"] == found_at


@pytest.mark.parametrize("path", ["/introductions", "/log"])
async def test_p9_a_name_that_somebody_put_into_an_address_is_not_looked_for(portal: Portal, path: str) -> None:
    _people, _code, browser = await reader(portal, path)
    page = await browser.get(f"{path}?introduction=Linh")
    assert page.form(path).values["introduction"] == ""
    assert page.texts("#results tbody tr") == []
    assert "can be read only in the sign-in" in page.texts("#introduction-error")[0]


async def test_a_receipt_number_leads_to_an_address_too(portal: Portal) -> None:
    _people, _code, sato = await reader(portal, "/log")
    (entry,) = await portal.log("action = 'page_shown'")
    await sato.get("/log")
    page = await sato.submit("/log", introduction=str(entry["id"]).upper())
    assert str(page.response.url.raw_path, "ascii") == f"/log?introduction={entry['id']}"
    assert len(page.texts("#results tbody tr")) == 1


async def test_a_wrong_day_stands_in_no_address(portal: Portal) -> None:
    _people, code, sato = await reader(portal, "/log")
    page = await sato.get("/log")
    sent = {**page.form("/log").values, "since": "Linh", "introduction": code}
    answer = await sato.raw("POST", "/log", data=sent, headers=FRAGMENT)
    assert (answer.status_code, answer.headers["hx-push-url"]) == (422, f"/log?introduction={code}")
