"""P1: a route says who may come in, or there is no app; and whoever may not come in learns nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from litestar import Response, asgi, get, post, put, websocket
from litestar.connection import WebSocket
from litestar.exceptions import ImproperlyConfiguredException
from litestar.types import Receive, Scope, Send

from portal.accounts.handlers import routes as account_routes
from portal.database.answers import CodeFirst, LinkNeeded, Refused, SignInNeeded
from portal.database.unit import Unit
from portal.database.viewer import LinkVisitor, Role
from portal.web.answers import SeeOther
from portal.web.markers import Access, ByLink, public, signed_in
from portal.web.visit import PortalRequest
from portal.web.work import work
from tests.database import Database
from tests.web.support import browser, csrf_token, kit_app, make_company, make_person
from tests.web.support import sign_in as sign_in_as


@get("/unmarked")
async def unmarked() -> str:
    return ""


@put("/odd", opt=public())
async def odd() -> str:
    return ""


@get("/forgot", opt=signed_in())
async def forgot() -> str:
    return "secret"


@get("/who", opt=signed_in(Role.RECRUITER))
async def who(request: PortalRequest) -> Response[str]:
    async with work(request) as unit:
        name = unit.who.display_name
    return Response(name, media_type="text/plain")


@get("/refused", opt=signed_in(Role.RECRUITER))
async def refused(request: PortalRequest) -> None:
    async with work(request):
        raise Refused


@get("/missing", opt=signed_in(Role.RECRUITER))
async def missing(request: PortalRequest) -> None:
    async with work(request):
        pass
    raise Refused


@get("/staff", opt=signed_in(Role.COMPLIANCE))
async def staff(request: PortalRequest) -> None:
    async with work(request):
        pass


@post("/change", opt=signed_in(Role.RECRUITER, leads="/who"))
async def change(request: PortalRequest) -> None:
    async with work(request):
        raise SeeOther("/who")


@get("/curious", opt=public())
async def curious(request: PortalRequest) -> Response[str]:
    async with work(request) as unit:
        return Response(unit.who.display_name)


ROUTES = [forgot, who, refused, missing, staff, change, curious, *account_routes]


def test_an_app_with_an_unmarked_route_does_not_start() -> None:
    with pytest.raises(ImproperlyConfiguredException, match=r"/unmarked .* no access marker"):
        kit_app(None, unmarked)


def test_an_app_with_a_form_that_does_not_say_where_its_address_leads_does_not_start() -> None:
    @post("/left-over", opt=signed_in())
    async def left_over(request: PortalRequest) -> None:
        """Says nothing."""

    with pytest.raises(ImproperlyConfiguredException, match=r"/left-over .* leads="):
        kit_app(None, left_over)


def test_only_get_and_post_are_declared_unless_a_marker_says_so() -> None:
    with pytest.raises(ImproperlyConfiguredException, match="PUT"):
        kit_app(None, odd)


def test_websockets_are_not_served() -> None:
    @websocket("/socket", opt=public())
    async def socket(socket: WebSocket[Any, Any, Any]) -> None:
        await socket.close()

    with pytest.raises(ImproperlyConfiguredException, match="only HTTP"):
        kit_app(None, socket)


def test_bare_asgi_apps_are_not_served() -> None:
    @asgi("/bare", opt=public(), copy_scope=True)
    async def bare(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError

    with pytest.raises(ImproperlyConfiguredException, match="only HTTP"):
        kit_app(None, bare)


def test_a_marker_of_no_kind_admits_nobody() -> None:
    with pytest.raises(NotImplementedError):
        Access().admit(None, None)


def test_a_personal_link_opens_the_pages_of_its_own_kind_alone() -> None:
    now, one = datetime.now(UTC), UUID(int=1)
    link = LinkVisitor(one, one, "signing", "lan@example.com", "Lan", "en", now, awaits_code=False)
    ByLink(kinds=frozenset({"signing"})).admit(None, link)
    with pytest.raises(Refused):
        ByLink(kinds=frozenset({"password"})).admit(None, link)
    with pytest.raises(LinkNeeded):
        ByLink(kinds=frozenset({"signing"})).admit(None, None)
    with pytest.raises(CodeFirst):
        ByLink(kinds=frozenset({"signing"})).admit(None, replace(link, awaits_code=True))


async def test_p1_the_page_of_a_handler_that_forgot_to_ask_is_not_shown(database: Database) -> None:
    async with browser(kit_app(database, *ROUTES)) as client:
        answer = await client.get("/forgot")
        assert answer.status_code == 500
        assert "secret" not in answer.text


async def test_a_visitor_is_led_to_sign_in_and_back(database: Database) -> None:
    company = await make_company(database)
    person = await make_person(database, "recruiter", "alice@aoba.example", company)
    async with browser(kit_app(database, *ROUTES)) as client:
        answer = await client.get("/who?q=Nguyen")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/sign-in?next=/who"
        form = await client.get(answer.headers["location"])
        fields = {"email": person.email, "password": "seven purple herons argue", "next": "/who"}
        answer = await client.post("/sign-in", data={"csrf_token": csrf_token(form.text), **fields})
        assert (answer.status_code, answer.headers["location"]) == (303, "/who")
        assert (await client.get("/who")).text == "Alice"


@pytest.mark.parametrize(
    ("current", "expected"),
    [
        ("http://localhost:8000/who?name=x", "/sign-in?next=/who"),
        ("https://evil.example/who", "/sign-in"),
        ("", "/sign-in"),
    ],
)
async def test_htmx_is_led_to_sign_in_as_a_whole_page(database: Database, current: str, expected: str) -> None:
    async with browser(kit_app(database, *ROUTES)) as client:
        answer = await client.get("/who", headers={"HX-Request": "true", "HX-Current-URL": current})
        assert answer.status_code == 204
        assert answer.headers["hx-redirect"] == expected


async def test_a_post_without_a_session_is_kept_unless_the_route_says_no(database: Database) -> None:
    async with browser(kit_app(database, *ROUTES)) as client:
        token = csrf_token((await client.get("/sign-in")).text)
        answer = await client.post("/change", data={"csrf_token": token, "a": "typed"})
        assert answer.status_code == 403
        assert "/change" in answer.text
        assert "typed" in answer.text
        answer = await client.post("/account/password", data={"csrf_token": token, "current": "typed"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


async def test_p1_refused_missing_and_wrong_role_are_the_same_bytes(database: Database) -> None:
    company = await make_company(database)
    person = await make_person(database, "recruiter", "alice@aoba.example", company)
    async with browser(kit_app(database, *ROUTES)) as client:
        await sign_in_as(client, person)
        answers = [await client.get(path) for path in ("/refused", "/missing", "/staff")]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        varying = {"x-request-id"}
        heads = [{k: v for k, v in a.headers.items() if k not in varying} for a in answers]
        assert heads[0] == heads[1] == heads[2]


async def test_an_answer_raised_inside_leads_elsewhere(database: Database) -> None:
    company = await make_company(database)
    person = await make_person(database, "recruiter", "alice@aoba.example", company)
    async with browser(kit_app(database, *ROUTES)) as client:
        await sign_in_as(client, person)
        token = csrf_token((await client.get("/account")).text)
        answer = await client.post("/change", data={"csrf_token": token})
        assert (answer.status_code, answer.headers["location"]) == (303, "/who")


async def test_a_public_page_that_needs_someone_asks_to_sign_in(database: Database) -> None:
    async with browser(kit_app(database, *ROUTES)) as client:
        assert (await client.get("/curious")).status_code == 303


def test_nobody_is_no_viewer() -> None:
    with pytest.raises(SignInNeeded):
        _ = Unit(None).who


async def test_automatic_options_are_not_answered(database: Database) -> None:
    async with browser(kit_app(database, *ROUTES)) as client:
        assert (await client.request("OPTIONS", "/who")).status_code == 405
        assert (await client.request("DELETE", "/who")).status_code == 405
