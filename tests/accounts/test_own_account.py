"""A person's own sign-ins and password."""

import httpx
import pytest
from litestar import Litestar

from portal.accounts.agents import summary
from tests.database import Database
from tests.web.support import PASSWORD, Person, csrf_token, make_person, sign_in, visitor

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
NEW = "quiet glacier mends umbrellas"


async def send(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    token = csrf_token((await client.get("/account")).text)
    return await client.post(path, data={"csrf_token": token, **fields})


async def session_ids(database: Database) -> list[str]:
    owner = await database.connect("portal_owner")
    return [str(row["id"]) for row in await owner.fetch("select id from portal.session order by started_at")]


async def test_the_own_sign_ins_are_listed(client: httpx.AsyncClient, alice: Person, app: Litestar) -> None:
    await sign_in(client, alice)
    async with visitor(app, headers={"User-Agent": FIREFOX}, peer="192.0.2.7") as other:
        await sign_in(other, alice)
    page = (await client.get("/account")).text
    assert "Firefox, Windows" in page
    assert "192.0.2.7" in page
    assert page.count("This device") == 1


async def test_p3_one_sign_in_can_be_ended_from_another(
    client: httpx.AsyncClient, alice: Person, app: Litestar, database: Database
) -> None:
    await sign_in(client, alice)
    async with visitor(app) as other:
        await sign_in(other, alice)
        second = (await session_ids(database))[1]
        answer = await send(client, f"/account/sessions/{second}/end")
        assert (answer.status_code, answer.headers["location"]) == (303, "/account")
        assert (await other.get("/account")).status_code == 303
        assert (await send(client, f"/account/sessions/{second}/end")).status_code == 404


async def test_p1_nobody_ends_a_strangers_sign_in(
    client: httpx.AsyncClient, alice: Person, app: Litestar, database: Database
) -> None:
    stranger = await make_person(database, "recruiter", "charlie@kaede.example", alice.company)
    async with visitor(app) as other:
        await sign_in(other, stranger)
        theirs = (await session_ids(database))[0]
        await sign_in(client, alice)
        assert (await send(client, f"/account/sessions/{theirs}/end")).status_code == 404
        assert (await other.get("/account")).status_code == 200


async def test_p3_sign_out_everywhere_is_everywhere(client: httpx.AsyncClient, alice: Person, app: Litestar) -> None:
    await sign_in(client, alice)
    async with visitor(app) as other:
        await sign_in(other, alice)
        assert (await send(client, "/account/sign-out-everywhere")).headers["location"] == "/sign-in?signed_out=1"
        assert (await other.get("/account")).status_code == 303
    assert (await client.get("/account")).status_code == 303


async def test_p3_a_new_password_ends_the_other_sign_ins(
    client: httpx.AsyncClient, alice: Person, app: Litestar
) -> None:
    await sign_in(client, alice)
    async with visitor(app) as other:
        await sign_in(other, alice)
        answer = await send(client, "/account/password", current=PASSWORD, new=NEW, again=NEW)
        assert (answer.status_code, answer.headers["location"]) == (303, "/account")
        assert "Your password is changed." in (await client.get("/account")).text
        assert "Your password is changed." not in (await client.get("/account")).text
        assert (await other.get("/account")).status_code == 303
        assert (await sign_in(other, alice)).status_code == 422
        assert (await sign_in(other, alice, NEW)).status_code == 303
    assert (await client.get("/account")).status_code == 200


@pytest.mark.parametrize(
    ("current", "new", "message"),
    [
        ("", NEW, "Please fill this in."), (PASSWORD, "", "Please fill this in."),
        (PASSWORD, "too short", "Please use at least 12 characters."),
        (PASSWORD, "P@ssword2024!", "This password is easy to guess."),
        (PASSWORD, "alice@aoba.example", "This password is easy to guess."),
        (PASSWORD, PASSWORD, "Please choose a password other than the one you signed in with."),
        ("wrong", NEW, "This is not the password you signed in with."),
        (PASSWORD, NEW + " ", "The two new passwords differ."),
    ],
)  # fmt: skip
async def test_what_is_wrong_with_a_new_password_is_said(
    client: httpx.AsyncClient, alice: Person, current: str, new: str, message: str
) -> None:
    await sign_in(client, alice)
    answer = await send(client, "/account/password", current=current, new=new, again=new.strip())
    assert answer.status_code == 422
    assert message in answer.text
    client.cookies.clear()
    assert (await sign_in(client, alice)).status_code == 303


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("curl/8.5.0", "curl"), ("", ""), (None, ""), ("/", ""), (" / x", ""),
    ],
)  # fmt: skip
def test_a_browser_is_named_in_two_words(agent: str | None, words: str) -> None:
    assert summary(agent) == words
