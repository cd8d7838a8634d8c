"""Pages are compressed for requests that their user chose, and for no others: sizes tell nobody a secret."""

from typing import Any

import pytest
from litestar import get

from portal.database.answers import Refused
from portal.web.markers import public
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from tests.web.support import browser, csrf_token, kit_app

BROTLI = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip, deflate, br, zstd"}


@get("/landing", opt=public())
async def landing(request: PortalRequest) -> Any:
    return page(request, "landing.html")


@get("/nothing", opt=public())
async def nothing() -> str:
    raise Refused


def app() -> Any:
    return kit_app(None, landing, nothing)


@pytest.mark.parametrize(
    ("site", "accepted", "encoding"),
    [
        ("same-origin", "gzip, deflate, br, zstd", "br"),
        ("none", "gzip, deflate, br, zstd", "br"),
        ("same-origin", "gzip, deflate", "gzip"),
        ("same-origin", "gzip;q=1.0, identity", "gzip"),
        ("same-origin", "identity", None),
        ("same-origin", "", None),
        ("cross-site", "gzip, deflate, br, zstd", None),
        ("same-site", "gzip, deflate, br, zstd", None),
        ("same-origin, cross-site", "gzip, deflate, br, zstd", None),
        ("", "gzip, deflate, br, zstd", None),
        (None, "gzip, deflate, br, zstd", None),
    ],
)
async def test_p9_a_page_is_compressed_only_where_nobody_else_chose_the_request(
    site: str | None, accepted: str, encoding: str | None
) -> None:
    given = {"Accept-Encoding": accepted} | ({} if site is None else {"Sec-Fetch-Site": site})
    async with browser(app()) as client:
        answer = await client.get("/landing", headers=given)
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding, Sec-Fetch-Site"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.startswith("<!DOCTYPE html>")
    sent = int(answer.headers["content-length"])
    assert sent < len(answer.content) / 2 if encoding else sent == len(answer.content)


async def test_p9_an_error_page_is_never_compressed_because_its_token_is_steady() -> None:
    async with browser(app()) as client:
        answers = [await client.get("/nothing", headers=BROTLI) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert [answer.headers.get("content-encoding") for answer in answers] == [None, None]
    assert answers[0].text == answers[1].text


async def test_p9_no_two_compressed_pages_hold_the_same_token() -> None:
    async with browser(app()) as client:
        await client.get("/landing")
        tokens = {csrf_token((await client.get("/landing", headers=BROTLI)).text) for _ in range(20)}
    assert len(tokens) == 20


async def test_the_head_of_a_compressed_page_says_what_the_page_would_be() -> None:
    async with browser(app()) as client:
        await client.get("/landing")
        head = await client.head("/landing", headers=BROTLI)
    assert head.headers["content-encoding"] == "br"
    assert head.content == b""
