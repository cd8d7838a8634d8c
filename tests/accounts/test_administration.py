"""The administrator's accounts."""

import re

import httpx
import pytest
from litestar import Litestar

from tests.database import Database
from tests.web.support import Person, csrf_token, make_company, make_person, sign_in, visitor

NEW = {"display_name": "Bob Ito", "email": "bob@aoba.example", "role": "recruiter"}


async def send(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    token = csrf_token((await client.get("/account")).text)
    return await client.post(path, data={"csrf_token": token, **fields})


async def found(client: httpx.AsyncClient, **fields: str) -> str:
    """The list that a search leads to."""
    answer = await send(client, "/accounts", **fields)
    assert answer.status_code == 303
    return (await client.get(answer.headers["location"])).text


async def test_the_list_shows_everyone_and_can_be_narrowed(
    client: httpx.AsyncClient, root: Person, alice: Person
) -> None:
    await sign_in(client, root)
    everyone = (await client.get("/accounts")).text
    assert "Alice@aoba.example" in everyone
    assert "root@shokai.example" in everyone
    narrowed = await found(client, q="alice", role="recruiter")
    assert "Alice@aoba.example" in narrowed
    assert 'class="sub">root@shokai.example' not in narrowed
    assert 'value="alice"' in narrowed
    assert "No account matches" in await found(client, q="nobody")
    answer = await send(client, "/accounts", role="king")
    assert (answer.status_code, "Please choose one from the list." in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("水無瀬 涼太", "水無瀬　涼太"), ("水無瀬 涼太", "水無瀬涼太"), ("水無瀬　涼太", "水無瀬 涼太"),
        ("Nigel Ward", "ＮＩＧＥＬ"), ("Nigel Ward", "nigel  ward"), ("Ｎｉｇｅｌ Ward", "Nigel"),
    ],
)  # fmt: skip
async def test_an_account_is_found_in_whichever_width_and_with_whichever_blanks_its_name_is_typed(
    client: httpx.AsyncClient, root: Person, alice: Person, database: Database, name: str, typed: str
) -> None:
    owner = await database.connect("portal_owner")
    await owner.execute("update portal.account set display_name = $1 where id = $2", name, alice.id)
    await sign_in(client, root)
    narrowed = await found(client, q=typed)
    assert f"<b>{name}</b>" in narrowed
    assert 'class="sub">root@shokai.example' not in narrowed


async def test_the_list_goes_on_where_it_stopped(client: httpx.AsyncClient, root: Person, database: Database) -> None:
    for number in range(60):
        await make_person(database, "compliance", f"c{number:02}@shokai.example")
    await sign_in(client, root)
    first = (await client.get("/accounts")).text
    assert "c49@" in first
    assert "c50@" not in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = (await client.get(following[1])).text
    assert "c49@" not in second
    assert "c50@" in second
    assert "root@" in second
    before = re.search(r'rel="prev" href="([^"]+)"', second)
    assert before
    assert re.findall("c[0-9]{2}@", (await client.get(before[1])).text) == re.findall("c[0-9]{2}@", first)


async def test_whoever_gets_a_new_account_is_sent_a_link_and_nobody_a_password(
    client: httpx.AsyncClient, root: Person, database: Database, app: Litestar
) -> None:
    company = await make_company(database)
    await sign_in(client, root)
    assert "Aoba Foods" not in (await client.get("/accounts/new")).text, "no page carries all companies"
    answer = await send(client, "/accounts/new", **NEW, company=str(company))
    assert (answer.status_code, answer.headers["location"]) == (303, "/accounts")
    assert not re.search(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", (await client.get("/accounts")).text)
    owner = await database.connect("portal_owner")
    row = await owner.fetchrow(
        "select mail.kind, link.kind as link, locale from portal.mail join portal.link on link.id = link_id"
        " join portal.account on account.id = mail.account_id where email = $1",
        NEW["email"],
    )
    assert tuple(row) == ("invitation", "invitation", "ja")
    assert not await owner.fetchval("select exists (select from portal.credential where account_id <> $1)", root.id)
    async with visitor(app) as bob:
        person = Person(root.id, NEW["email"], "recruiter", company)
        assert (await sign_in(bob, person, "")).status_code == 422


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"display_name": ""}, "Name: Please fill this in."),
        ({"email": "bob"}, "Please enter an e-mail address such as name@example.com."),
        ({"email": "ROOT@shokai.example", "role": "compliance"}, "Another account has this e-mail address."),
        ({}, "Recruiters and employer administrators belong to a company."),
        ({"role": "compliance", "company": "7a3c2f7e-6c0f-4a58-b5f0-0f2f7f9f8a11"}, "staff belong to no company."),
        ({"role": "king"}, "Please choose one from the list."),
    ],
)  # fmt: skip
async def test_what_is_wrong_with_a_new_account_is_said(
    client: httpx.AsyncClient, root: Person, fields: dict[str, str], message: str
) -> None:
    await sign_in(client, root)
    answer = await send(client, "/accounts/new", **{**NEW, **fields})
    assert answer.status_code == 422
    assert message in answer.text


async def test_a_company_that_does_not_exist_is_not_found(client: httpx.AsyncClient, root: Person) -> None:
    await sign_in(client, root)
    answer = await send(client, "/accounts/new", **NEW, company="7a3c2f7e-6c0f-4a58-b5f0-0f2f7f9f8a11")
    assert answer.status_code == 422
    assert "No company is called that." in answer.text


async def test_p3_suspending_ends_every_session_at_once(
    client: httpx.AsyncClient, root: Person, alice: Person, app: Litestar
) -> None:
    await sign_in(client, root)
    async with visitor(app, headers={"Accept-Language": "en"}) as other:
        await sign_in(other, alice)
        path = f"/accounts/{alice.id}"
        assert (await send(client, f"{path}/suspend", reason="left the company")).headers["location"] == "/accounts"
        assert (await other.get("/account")).status_code == 303
        assert (await sign_in(other, alice)).status_code == 422
        assert "Reactivate" in (await client.get("/accounts")).text
        assert (await send(client, f"{path}/suspend", reason="again")).status_code == 404
        assert (await send(client, f"{path}/reactivate", reason="back")).headers["location"] == "/accounts"
        assert (await sign_in(other, alice)).status_code == 303
        assert (await send(client, f"{path}/reactivate", reason="again")).status_code == 404


async def test_a_suspension_needs_a_reason(client: httpx.AsyncClient, root: Person, alice: Person) -> None:
    await sign_in(client, root)
    narrowed = (await send(client, "/accounts", q=alice.email)).headers["location"]
    answer = await send(client, f"/accounts/{alice.id}/suspend", reason=" ", back_to=narrowed)
    assert answer.status_code == 422
    assert "Please fill this in." in answer.text
    assert "Reactivate" not in answer.text
    assert root.email not in re.findall(r'<span class="sub">([^<]*)</span>', answer.text)


async def test_an_administrator_does_not_suspend_themselves(client: httpx.AsyncClient, root: Person) -> None:
    await sign_in(client, root)
    assert f"/accounts/{root.id}/suspend" not in (await client.get("/accounts")).text
    assert (await send(client, f"/accounts/{root.id}/suspend", reason="tired")).status_code == 404


@pytest.mark.parametrize("role", ["recruiter", "employer_admin", "account_manager", "compliance"])
async def test_p1_for_everyone_else_these_pages_do_not_exist(
    client: httpx.AsyncClient, database: Database, role: str, root: Person
) -> None:
    company = await make_company(database) if role in ("recruiter", "employer_admin") else None
    await sign_in(client, await make_person(database, role, "eve@aoba.example", company))
    nowhere = await client.get("/nowhere")
    for path in ("/accounts", "/accounts/new"):
        answer = await client.get(path)
        assert (answer.status_code, answer.content) == (404, nowhere.content)
    for path in ("/accounts", "/accounts/new", f"/accounts/{root.id}/suspend", f"/accounts/{root.id}/reactivate"):
        assert (await send(client, path, reason="x", **NEW)).status_code == 404


async def test_another_failure_of_the_database_is_not_taken_for_a_used_address(
    client: httpx.AsyncClient, root: Person, database: Database
) -> None:
    await sign_in(client, root)
    owner = await database.connect("portal_owner")
    await owner.execute("alter table portal.account add check (display_name <> 'Bob Ito')")
    answer = await send(client, "/accounts/new", **{**NEW, "role": "compliance"})
    assert (answer.status_code, "another account" in answer.text) == (500, False)
