"""What holds for every answer: headers, hosts, methods, the access line, and failures told without words."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import structlog
from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream
from structlog.testing import LogCapture

from portal.database.pool import engine
from portal.operate.roles import with_role
from portal.web.envelope import BrokenOff
from portal.web.markers import public
from portal.web.rendering import page
from portal.web.visit import PortalRequest, visit
from portal.web.work import work
from tests.database import Database
from tests.web.support import HOST, browser, kit_app, visitor

CUT_OFF = """
select pg_terminate_backend(pid) from pg_stat_activity
where query like '%pg_sleep(10)' and usename = 'portal_web' and datname = current_database()
"""
SECURITY = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


@get("/hello/{name:str}", opt=public())
async def hello(request: PortalRequest, name: FromPath[str]) -> Response[str]:
    return page(request, "landing.html", headers={"Cache-Control": "public", "Server": "x"})


@get("/inside", opt=public(embeddable=True))
async def inside() -> str:
    return "inside"


@get("/broken", opt=public())
async def broken() -> None:
    raise ValueError("Nguyen Thi Lan <lan@example.com>")


@get("/halfway", opt=public())
async def halfway() -> Stream:
    async def parts() -> AsyncIterator[bytes]:
        yield b"first"
        raise ValueError("Nguyen Thi Lan")

    return Stream(parts())


@get("/untemplated", opt=public())
async def untemplated(request: PortalRequest) -> Response[str]:
    return page(request, "nowhere.html")


@get("/address", opt=public())
async def address(request: PortalRequest) -> dict[str, Any]:
    guest = visit(request)
    return {"address": guest.caller.address, "agent": guest.agent, "origin": guest.origin}


@get("/slow", opt=public())
async def slow(request: PortalRequest) -> str:
    async with work(request) as unit:
        await unit.fetch("select pg_sleep(5)")
    return "done"


@get("/sql", opt=public())
async def sql(request: PortalRequest) -> str:
    async with work(request) as unit:
        await unit.fetch("select 'lan@example.com'::integer")
    return "done"


@get("/cut", opt=public())
async def cut(request: PortalRequest) -> str:
    async with work(request) as unit:
        await unit.fetch("select pg_sleep(10)")
    return "done"


@get("/held", opt=public())
async def held(request: PortalRequest) -> str:
    async with work(request) as unit:
        await unit.fetch("do $$ begin raise exception 'x' using errcode = 'lock_not_available'; end $$")
    return "done"


@get("/accounts-of-all", opt=public())
async def accounts_of_all(request: PortalRequest) -> str:
    async with work(request) as unit:
        await unit.fetch("select * from gate.accounts('', '', '', false)")
    return "done"


@get("/address-of-session", opt=public())
async def address_of_session(request: PortalRequest) -> str:
    async with work(request) as unit:
        return "nobody" if unit.viewer is None else unit.viewer.role


ROUTES = [
    cut,
    held,
    accounts_of_all,
    address_of_session,
    hello,
    inside,
    broken,
    halfway,
    untemplated,
    address,
    slow,
    sql,
]


@pytest.fixture
def lines() -> Iterator[list[Any]]:
    """What the process log got, as it got it."""
    captured = LogCapture()
    structlog.reset_defaults()  # an application made by another test may have set a level
    structlog.configure(processors=[structlog.contextvars.merge_contextvars, captured])
    yield captured.entries
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "path",
    ["/hello/lan", "/nowhere", "/broken", "/healthz", "/static/portal.css", "/untemplated", "/static/none"],
)
async def test_every_answer_carries_the_headers(path: str) -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        answer = await client.get(path)
        for name, value in SECURITY.items():
            assert answer.headers[name].startswith(value)
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-request-id"])
        assert "strict-transport-security" not in answer.headers
        assert "server" not in answer.headers
        if not path.startswith("/static/portal"):
            assert answer.headers["cache-control"] == "no-store"


async def test_over_https_cookies_and_headers_say_so() -> None:
    app = kit_app(None, *ROUTES, base_url="https://portal.example.jp")
    async with browser(app, base_url="https://portal.example.jp") as client:
        answer = await client.get("/hello/lan")
        assert answer.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
        cookie = answer.headers["set-cookie"]
        assert re.fullmatch(r"__Host-visitor=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure", cookie)


async def test_on_this_machine_cookies_have_no_prefix_and_are_not_secure() -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        answer = await client.get("/hello/lan")
        assert re.fullmatch(r"visitor=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax", answer.headers["set-cookie"])
        assert "set-cookie" not in (await client.get("/hello/lan")).headers


async def test_only_our_own_pages_may_frame_an_embeddable_answer() -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        answer = await client.get("/inside")
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("host", ["evil.example", "localhost", "localhost:9000", "", "localhost:8000.evil.example"])
async def test_other_hosts_are_not_answered(host: str) -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        answer = await client.get("/hello/lan", headers={"Host": host})
        assert answer.status_code == 400
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_health_answers_by_any_name() -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        assert (await client.get("/healthz", headers={"Host": "10.1.2.3"})).text == "ok\n"


async def test_head_is_get_without_a_body() -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        answer = await client.head("/inside")
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-length"] == "6"


async def test_p9_a_failure_is_told_without_its_words(lines: list[Any]) -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        answer = await client.get("/broken?name=Nguyen")
        assert answer.status_code == 500
        assert "Nguyen" not in answer.text
        assert answer.headers["x-request-id"] in answer.text
        failed, request = lines
        assert failed["error"] == "ValueError"
        assert failed["request_id"] == answer.headers["x-request-id"]
        assert "broken" in failed["at"][-1]
        assert (request["route"], request["status"]) == ("/broken", 500)
        assert "Nguyen" not in json.dumps(lines)


async def test_p9_the_access_line_names_the_route_and_no_record(lines: list[Any]) -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        await client.get("/hello/lan?q=lan")
        await client.get("/nguyen/lan")
        await client.request("PROPFIND", "/hello/lan")
        assert [line["route"] for line in lines if line["event"] == "request"] == [
            "/hello/{name}", "none", "none",
        ]  # fmt: skip
        assert "lan" not in json.dumps(lines)


async def test_an_answer_that_fails_after_its_start_is_cut_off(lines: list[Any]) -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        with pytest.raises(BrokenOff):
            await client.get("/halfway")
        assert (await client.get("/inside")).status_code == 200


async def test_p9_what_the_database_said_is_not_repeated(database: Database, lines: list[Any]) -> None:
    async with browser(kit_app(database, *ROUTES)) as client:
        answer = await client.get("/sql")
        assert answer.status_code == 500
        assert "lan@example.com" not in answer.text + json.dumps(lines)
        assert lines[0]["sqlstate"] == "22P02"


async def test_p6_a_visitor_who_leaves_in_the_middle_leaves_no_transaction(database: Database) -> None:
    app = kit_app(database, *ROUTES, pool_size=2)
    async with browser(app) as client:
        for _ in range(6):
            task = asyncio.create_task(client.get("/slow"))
            await asyncio.sleep(0.03)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert (await client.get("/readyz")).status_code == 200
        owner = await database.connect("postgres")
        assert await owner.fetchval(
            "select count(*) from pg_stat_activity where usename = 'portal_web' and state <> 'idle'"
        ) == 0  # fmt: skip


async def test_without_a_database_pages_say_come_back(lines: list[Any]) -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        answer = await client.get("/slow")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert (await client.get("/readyz")).text == "the database does not answer\n"


async def test_a_password_that_is_another_by_now_is_told_as_the_database_away_and_named_in_the_log(
    own_database: Database, lines: list[Any]
) -> None:
    stale = with_role(own_database.url("portal_web"), "portal_web", "of another home", own_database.name)
    async with browser(kit_app(None, *ROUTES, database_url=stale)) as client:
        answer = await client.get("/slow")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "the database does not answer\n")
    refused = [line for line in lines if line["event"] == "sign_in_refused"]
    assert [line["error"] for line in refused] == ["InvalidPasswordError"] * 2
    assert "--set-passwords" in refused[0]["advice"]


async def test_readyz_wants_this_version_of_the_gate(database: Database) -> None:
    owner = await database.connect("portal_owner")
    async with browser(kit_app(database, *ROUTES)) as client:
        assert (await client.get("/readyz")).text == "ready\n"
        await owner.execute("comment on schema gate is 'another'")
        assert "another version" in (await client.get("/readyz")).text
        await owner.execute("drop schema gate cascade")
        answer = await client.get("/readyz")
        assert (answer.status_code, "not migrated" in answer.text) == (503, True)


async def test_the_apps_own_lifespan_opens_and_closes_the_pool(database: Database) -> None:
    app = kit_app(database)
    async with app.lifespan(), visitor(app) as client:
        assert (await client.get("/readyz")).text == "ready\n"
    assert engine().pool is None


async def test_only_named_proxies_are_believed() -> None:
    trusted = kit_app(None, *ROUTES, trusted_proxies="10.0.0.0/8")
    told = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7, 10.0.0.2", "User-Agent": "Browser\t/1"}
    async with browser(trusted, peer="10.0.0.1") as client:
        answer = (await client.get("/address", headers=told)).json()
        assert answer == {"address": "198.51.100.7", "agent": "Browser/1", "origin": HOST}
        async with visitor(trusted, peer="192.0.2.1") as stranger:
            assert (await stranger.get("/address", headers=told)).json()["address"] == "192.0.2.1"


async def test_repeated_headers_are_read_together() -> None:
    async with browser(kit_app(None, *ROUTES, trusted_proxies="127.0.0.1")) as client:
        headers = [("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-For", "198.51.100.7")]
        assert (await client.get("/address", headers=headers)).json()["address"] == "198.51.100.7"


async def test_that_nobodys_network_is_known_is_told_once_and_names_a_proxy_but_no_person(lines: list[Any]) -> None:
    forwarded = {"X-Forwarded-For": "198.51.100.7"}
    async with browser(kit_app(None, *ROUTES, log_level="warning", trusted_proxies="10.0.0.9"), peer="10.0.0.1") as one:
        for _again in range(3):
            await one.get("/address", headers=forwarded)
    async with browser(kit_app(None, *ROUTES, log_level="warning"), peer="203.0.113.7") as stranger:
        await stranger.get("/address", headers=forwarded)
    async with browser(
        kit_app(None, *ROUTES, log_level="warning", trusted_proxies="10.0.0.9"), peer="10.0.0.9"
    ) as mute:
        await mute.get("/healthz")  # a proxy that looks whether we are there has nobody to name
        await mute.get("/address")
    told = [{**line, "advice": ""} for line in lines if line["event"] == "callers_unknown"]
    assert [(line["way"], line.get("proxy")) for line in told] == [
        ("unlisted", "10.0.0.1"), ("unlisted", None), ("unreadable", None),
    ]  # fmt: skip
    assert "198.51.100.7" not in str(told)
    assert "203.0.113.7" not in str(told)


async def test_too_large_a_form_is_refused(lines: list[Any]) -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        answer = await client.post(
            "/language", content=b"a=" + b"x" * 300_000, headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code == 413


async def test_a_unit_needs_a_marked_route(database: Database) -> None:
    from portal.web.visit import Visit

    async with browser(kit_app(database, *ROUTES)) as client:
        await client.get("/healthz")
        scope = {"state": {"visit": Visit.__new__(Visit)}}
        scope["state"]["visit"].access = None
        with pytest.raises(RuntimeError, match="access marker"):
            async with work(type("Request", (), {"scope": scope})()):
                pass


async def test_the_schema_is_not_published() -> None:
    async with browser(kit_app(None, *ROUTES)) as client:
        assert {(await client.get(path)).status_code for path in ("/schema", "/schema/openapi.json")} == {404}


async def test_what_the_gate_forbids_does_not_exist(database: Database) -> None:
    async with browser(kit_app(database, *ROUTES)) as client:
        assert (await client.get("/accounts-of-all")).status_code == 404


async def test_an_unfinished_change_of_somebody_else_is_told_as_one(database: Database) -> None:
    async with browser(kit_app(database, *ROUTES)) as client:
        answer = await client.get("/held", headers={"Accept-Language": "en"})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert "Another change to the same record is not finished." in answer.text


async def test_a_server_that_goes_away_in_the_middle_is_told(database: Database, lines: list[Any]) -> None:
    superuser = await database.connect("postgres")
    async with browser(kit_app(database, *ROUTES)) as client:
        request = asyncio.create_task(client.get("/cut"))
        async with asyncio.timeout(60):
            while not await superuser.fetchval(CUT_OFF):  # noqa: ASYNC110 - only the server knows when
                await asyncio.sleep(0.02)
        answer = await request
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert (await client.get("/address-of-session")).text == "nobody"
