"""A state change comes from a page of ours, or does not happen."""

import base64
from typing import Any

import httpx
import pytest
from litestar import get, post

from portal.database.viewer import new_secret
from portal.web import csrf
from portal.web.bodies import body_fields
from portal.web.markers import public
from portal.web.visit import PortalRequest
from tests.web.support import HOST, browser, csrf_token, kit_app

done: list[str] = []


@get("/sign-in", opt=public())
async def form(request: PortalRequest) -> Any:
    from portal.web.rendering import page

    return page(request, "landing.html")


@post("/change", opt=public(leads="/"))
async def change(request: PortalRequest) -> str:
    done.append("change")
    return ",".join(await body_fields(request))


@post("/called", opt=public(csrf=False))
async def called() -> str:
    done.append("called")
    return ""


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def app() -> Any:
    return kit_app(None, form, change, called)


async def token_of(client: httpx.AsyncClient) -> str:
    return csrf_token((await client.get("/sign-in")).text)


def test_tokens_differ_each_time_and_are_good_for_one_cookie() -> None:
    mine, yours = new_secret(), new_secret()
    one, other = csrf.token(mine), csrf.token(mine)
    assert one != other
    assert csrf.is_valid(one, mine)
    assert csrf.is_valid(other, mine)
    assert not csrf.is_valid(one, yours)
    assert csrf.steady_token(mine) == csrf.steady_token(mine)
    assert csrf.is_valid(csrf.steady_token(mine), mine)


@pytest.mark.parametrize("forged", ["", "x", "é" * 88, "A" * 88, base64.b64encode(b"x" * 63).decode()])
def test_no_other_text_is_a_token(forged: str) -> None:
    assert not csrf.is_valid(forged, new_secret())


def test_without_a_cookie_no_token_is_good() -> None:
    assert not csrf.is_valid(csrf.token(""), "")


async def test_a_form_with_its_token_is_taken() -> None:
    async with browser(app()) as client:
        token = await token_of(client)
        answer = await client.post("/change", data={"csrf_token": token, "a": "1"})
        assert (answer.status_code, answer.text) == (201, "csrf_token,a")


async def test_a_header_does_as_well() -> None:
    async with browser(app()) as client:
        token = await token_of(client)
        assert (await client.post("/change", headers={"X-CSRF-Token": token})).status_code == 201


async def test_a_multipart_form_is_read_too() -> None:
    async with browser(app()) as client:
        token = await token_of(client)
        answer = await client.post("/change", data={"csrf_token": token}, files={"file": ("a.txt", b"x")})
        assert (answer.status_code, answer.text) == (201, "csrf_token")


async def test_other_bodies_hold_no_token() -> None:
    async with browser(app()) as client:
        token = await token_of(client)
        assert (await client.post("/change", json={"csrf_token": token})).status_code == 403


@pytest.mark.parametrize("token", [None, "", "stale"])
async def test_without_its_token_nothing_happens(token: str | None) -> None:
    async with browser(app()) as client:
        await token_of(client)
        data = {} if token is None else {"csrf_token": token}
        assert (await client.post("/change", data=data)).status_code == 403
        assert done == []


async def test_someone_elses_token_is_no_good() -> None:
    async with browser(app()) as client:
        token = await token_of(client)
        client.cookies.clear()
        await token_of(client)
        assert (await client.post("/change", data={"csrf_token": token})).status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": HOST}, 201),
        ({"Origin": HOST}, 201),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:9000"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 403),
    ],
)
async def test_the_browser_must_not_speak_of_another_site(headers: dict[str, str], status: int) -> None:
    async with browser(app()) as client:
        token = await token_of(client)
        answer = await client.post("/change", data={"csrf_token": token}, headers=headers)
        assert answer.status_code == status


async def test_only_a_marker_takes_a_route_out() -> None:
    async with browser(app()) as client:
        assert (await client.post("/called")).status_code == 201
        assert done == ["called"]
