"""Signing in and out: one answer for every failure, a new secret each time, and an end that is an end."""

import hashlib
import re
import statistics
import time

import httpx
import pytest
from litestar import Litestar

from portal.accounts import passwords
from portal.accounts.handlers import routes
from portal.accounts.passwords import Parameters
from tests.database import Database
from tests.page import Page
from tests.web.support import PASSWORD, Person, browser, csrf_token, kit_app, post, sign_in, visitor


def secret_of(client: httpx.AsyncClient) -> str:
    return client.cookies.get("portal") or ""


async def entries(database: Database) -> list[tuple[str, str]]:
    owner = await database.connect("portal_owner")
    rows = await owner.fetch("select action, decision from accesslog.entry order by recorded_at")
    return [(row["action"], row["decision"]) for row in rows]


async def test_the_landing_page_tells_a_visitor_what_this_is(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    assert page.status_code == 200
    assert "/sign-in" in page.text


@pytest.mark.parametrize(("path", "said"), [("/", "withdraw what you agreed to"), ("/sign-in", "No account?")])
async def test_whoever_has_no_way_in_is_told_whom_to_call(database: Database, path: str, said: str) -> None:
    operator = {"name": "Shokai KK", "email": "help@shokai.example", "telephone": "+81312345678"}
    app = kit_app(database, *routes, **{f"operator_{name}": value for name, value in operator.items()})
    async with browser(app, headers={"Accept-Language": "en"}) as guest:
        page = Page(await guest.get(path))
    (told,) = [one for one in page.texts("main p") if said in one]
    assert told.endswith("Shokai KK help@shokai.example 03-1234-5678")


async def test_someone_signed_in_is_led_to_their_own_first_page(client: httpx.AsyncClient, alice: Person) -> None:
    answer = await sign_in(client, alice)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (await client.get("/")).headers["location"] == "/home"
    assert (await client.get("/sign-in?next=/account")).headers["location"] == "/account"
    assert (await client.get("/sign-in")).headers["location"] == "/home"


async def test_the_secret_is_in_the_cookie_and_only_its_digest_in_the_database(
    client: httpx.AsyncClient, alice: Person, database: Database
) -> None:
    answer = await sign_in(client, alice)
    assert re.search(r"portal=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax$", answer.headers["set-cookie"])
    owner = await database.connect("portal_owner")
    kept = await owner.fetchval("select secret_hash from portal.session")
    assert kept == hashlib.sha256(secret_of(client).encode()).digest()


async def test_p3_each_sign_in_makes_a_new_secret_and_ends_the_old_one(
    client: httpx.AsyncClient, alice: Person, app: Litestar
) -> None:
    await sign_in(client, alice)
    first = secret_of(client)
    token = csrf_token((await client.get("/account")).text)
    await client.post("/sign-in", data={"csrf_token": token, "email": alice.email, "password": PASSWORD})
    second = secret_of(client)
    assert first != second
    async with visitor(app, cookies={"portal": first}) as thief:
        assert (await thief.get("/account")).headers["location"] == "/sign-in?next=/account"
    assert (await client.get("/account")).status_code == 200


async def test_a_secret_that_an_attacker_chose_is_never_a_session(
    client: httpx.AsyncClient, alice: Person, app: Litestar
) -> None:
    chosen = "A" * 43
    client.cookies.set("portal", chosen, domain="localhost.local", path="/")
    await sign_in(client, alice)
    async with visitor(app, cookies={"portal": chosen}) as attacker:
        assert (await attacker.get("/account")).status_code == 303


@pytest.mark.parametrize("email", ["alice@aoba.example", "ALICE@AOBA.EXAMPLE", "  Alice@aoba.example "])
async def test_an_address_is_the_same_however_it_is_typed(client: httpx.AsyncClient, alice: Person, email: str) -> None:
    assert (await post(client, "/sign-in", email=email, password=PASSWORD)).status_code == 303


async def test_every_failure_looks_the_same(client: httpx.AsyncClient, alice: Person, database: Database) -> None:
    owner = await database.connect("portal_owner")
    pages = []
    for email, password in ((alice.email, "wrong"), ("nobody@aoba.example", PASSWORD), ("' or 1=1 --", "x")):
        answer = await post(client, "/sign-in", email=email, password=password)
        pages.append(re.sub(r"[\w=-]{80,}", "", answer.text.replace(email.replace("'", "&#39;"), "")))
        assert answer.status_code == 422
    await owner.execute("update portal.account set status = 'suspended'")
    answer = await post(client, "/sign-in", email=alice.email, password=PASSWORD)
    pages.append(re.sub(r"[\w=-]{80,}", "", answer.text.replace(alice.email, "")))
    assert len(set(pages)) == 1
    assert "The e-mail address or the password is wrong, or this account cannot be used now." in pages[0]
    assert secret_of(client) == ""


async def test_every_failure_takes_the_same_work(database: Database, client: httpx.AsyncClient, alice: Person) -> None:
    owner = await database.connect("portal_owner")
    await owner.execute("update portal.credential set time_cost = 2, memory_kib = 19456, parallelism = 1")
    token = csrf_token((await client.get("/sign-in")).text)

    async def seconds(email: str) -> float:
        """Of the processor: what else the machine does is not counted."""
        began = time.process_time()
        await client.post("/sign-in", data={"csrf_token": token, "email": email, "password": "wrong"})
        return time.process_time() - began

    known, unknown = [], []
    for number in range(12):
        await owner.execute("delete from portal.sign_in_failure")
        known.append(await seconds(alice.email))
        unknown.append(await seconds(f"nobody{number}@aoba.example"))
    assert 0.5 < statistics.median(known) / statistics.median(unknown) < 2


@pytest.mark.parametrize(
    "typed", ["Ａｌｉｃｅ＠ａｏｂａ．ｅｘａｍｐｌｅ", "\u3000alice@aoba.example\u3000", "ALICE@\u200bAoba.example"]
)
async def test_an_address_is_found_however_it_is_typed(client: httpx.AsyncClient, alice: Person, typed: str) -> None:
    assert alice.email.lower() == "alice@aoba.example"
    answer = await post(client, "/sign-in", email=typed, password=PASSWORD)
    assert answer.status_code == 303


async def test_however_it_is_typed_its_failures_are_counted_as_one(client: httpx.AsyncClient, alice: Person) -> None:
    for typed in (
        "Ａlice@aoba.example",
        "alice＠aoba.example",
        "ALICE@aoba.example",
        " alice@aoba.example ",
        alice.email,
    ):
        assert (await post(client, "/sign-in", email=typed, password="wrong")).status_code == 422
    assert (await sign_in(client, alice)).status_code == 429


@pytest.mark.parametrize("typed", ["' or 1=1 --", "alice", "a" * 500, "alice\t@aoba.example\u202e"])
async def test_what_is_no_address_signs_nobody_in(client: httpx.AsyncClient, alice: Person, typed: str) -> None:
    assert (await post(client, "/sign-in", email=typed, password=PASSWORD)).status_code == 422


async def test_an_empty_form_says_what_is_missing(client: httpx.AsyncClient) -> None:
    answer = await post(client, "/sign-in", email="", password="")
    assert answer.status_code == 422
    assert "Please fill this in." in answer.text


async def test_after_five_failures_the_right_password_waits_too(client: httpx.AsyncClient, alice: Person) -> None:
    for _ in range(5):
        assert (await sign_in(client, alice, "wrong")).status_code == 422
    answer = await sign_in(client, alice)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900
    assert "Too many tries. Please wait 1 minute." in answer.text


async def test_a_password_is_never_sent_back(client: httpx.AsyncClient, alice: Person) -> None:
    answer = await sign_in(client, alice, "my secret words")
    assert "my secret words" not in answer.text
    assert alice.email in answer.text


async def test_p3_sign_out_ends_the_session_and_clears_the_browser(
    client: httpx.AsyncClient, alice: Person, app: Litestar
) -> None:
    await sign_in(client, alice)
    secret = secret_of(client)
    token = csrf_token((await client.get("/account")).text)
    answer = await client.post("/sign-out", data={"csrf_token": token})
    assert answer.headers["location"] == "/sign-in?signed_out=1"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "portal=; " in answer.headers["set-cookie"]
    assert "You are signed out." in (await client.get("/sign-in?signed_out=1")).text
    async with visitor(app, cookies={"portal": secret}, headers={"Accept-Language": "en"}) as thief:
        assert (await thief.get("/account")).status_code == 303
        assert "You are no longer signed in." in (await thief.get("/sign-in")).text
        assert (await thief.get("/")).status_code == 200


async def test_p2_every_sign_in_and_out_is_an_entry(
    client: httpx.AsyncClient, alice: Person, database: Database
) -> None:
    await sign_in(client, alice, "wrong")
    await sign_in(client, alice)
    token = csrf_token((await client.get("/account")).text)
    await client.post("/sign-out", data={"csrf_token": token})
    assert await entries(database) == [("sign_in", "refused"), ("sign_in", "permitted"), ("sign_out", "permitted")]


async def test_p3_an_idle_and_an_old_session_are_over(
    client: httpx.AsyncClient, alice: Person, database: Database
) -> None:
    owner = await database.connect("portal_owner")
    for change in ("last_seen_at = now() - interval '31 minutes'", "expires_at = now()"):
        await sign_in(client, alice)
        assert (await client.get("/account")).status_code == 200
        await owner.execute(f"update portal.session set {change}")
        assert (await client.get("/account")).status_code == 303


async def test_signing_in_goes_on_only_within_this_site(client: httpx.AsyncClient, alice: Person) -> None:
    answer = await post(client, "/sign-in", email=alice.email, password=PASSWORD, next="//evil.example/x")
    assert answer.headers["location"] == "/"
    client.cookies.clear()
    assert 'name="next"' not in (await client.get("/sign-in?next=https://evil.example")).text


async def test_the_language_is_the_persons_own_until_another_is_chosen(
    client: httpx.AsyncClient, alice: Person, database: Database
) -> None:
    owner = await database.connect("portal_owner")
    await owner.execute("update portal.account set locale = 'ja'")
    await sign_in(client, alice)
    page = await client.get("/account")
    assert '<html lang="ja"' in page.text
    await client.post("/language", data={"csrf_token": csrf_token(page.text), "lang": "en", "back": "/account"})
    assert '<html lang="en"' in (await client.get("/account")).text


async def test_when_too_many_passwords_wait_the_next_are_asked_to_come_back(
    client: httpx.AsyncClient, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "MOST_WAITING", 0)
    answer = await sign_in(client, alice)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")


def test_the_proof_is_argon2id_at_owasps_cost() -> None:
    costs = Parameters()
    assert (costs.time_cost, costs.memory_kib, costs.parallelism) == (2, 19456, 1)
    made = passwords.new_credentials("seven purple herons argue")
    proved = passwords.proof("seven purple herons argue", made.salt, made.parameters)
    assert (len(made.salt), len(proved)) == (16, 32)
    assert hashlib.sha256(proved).digest() == made.proof_hash
    assert passwords.new_credentials("seven purple herons argue").salt != made.salt


def test_first_passwords_are_long_and_easy_to_read_aloud() -> None:
    made = {passwords.initial_password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}", one) for one in made)
