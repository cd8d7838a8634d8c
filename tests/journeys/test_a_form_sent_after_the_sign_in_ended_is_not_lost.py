"""Whoever is signed out while typing signs in and goes on; what was typed is there, and was never saved unseen."""

import json
from typing import Any

from portal.web import csrf
from tests.client import HOST, PASSWORD, Browser, Portal
from tests.facts import Account
from tests.journeys.cast import LINH, Cast, Person, cast
from tests.links import told_password
from tests.page import Page

NOTE = 'Kind, and <b>exact</b>; "ありがとう" & more\nover two lines'
DECIDED = {"result": "not_hired", "reason": "position_filled", "note": NOTE}


async def typing(portal: Portal) -> tuple[Cast, Person, Browser]:
    """Hana has Linh's page open and her outcome typed."""
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    for account in (people.hana, people.ken):
        portal.world.password(account, PASSWORD)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    return people, linh, hana


async def end_sessions(portal: Portal) -> None:
    """Time passes: every sign-in has been idle for too long."""
    await portal.owner.execute("update portal.session set last_seen_at = now() - interval '1 day'")


async def outcomes(portal: Portal) -> list[Any]:
    """What is recorded."""
    return list(await portal.owner.fetch("select result, reason, note, recorded_by from personal.outcome"))


async def goes_on(portal: Portal, hana: Browser, linh: Person, account: Account) -> None:
    """From the sign-in page with the form inside to the outcome as it was typed, looked at before it is recorded."""
    assert hana.page is not None
    assert "What you typed is kept" in hana.page.text
    page = await hana.submit("/sign-in", email=account.email, password="wrong")
    assert "wrong" in page.text
    page = await hana.submit("/sign-in", email=account.email, password=PASSWORD)
    assert page.title == "Continue where you left off"
    page = await hana.submit(f"{linh.page}/outcome")
    assert (page.status, page.title) == (422, linh.name)
    values = page.form(f"{linh.page}/outcome").values
    assert {name: values[name] for name in DECIDED} == DECIDED
    assert "look at it, and send it" in page.text
    assert await outcomes(portal) == []
    page = await hana.decide(linh.page)
    assert (page.status, page.path) == (200, linh.page)
    assert [tuple(one) for one in await outcomes(portal)] == [(*DECIDED.values(), account.id)]


async def test_after_idling_for_too_long(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    await end_sessions(portal)
    page = await hana.submit(f"{linh.page}/outcome", **DECIDED)
    assert (page.status, page.title) == (403, "Sign in")
    await goes_on(portal, hana, linh, people.hana)


async def test_after_a_temporary_password_was_given(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    told = await told_password(portal.owner, people.hana.id)
    await hana.submit(f"{linh.page}/outcome", **DECIDED)
    page = await hana.submit("/sign-in", email=people.hana.email, password=told)
    page = await hana.submit(f"{linh.page}/outcome")
    assert (page.status, page.title) == (403, "Choose your own password")
    assert "What you typed is kept" in page.text
    own = "quiet glacier mends umbrellas"
    page = await hana.submit("/account/password", current=told, new=own, again="another")
    assert "differ" in page.text
    page = await hana.submit("/account/password", current=told, new=own, again=own)
    assert page.title == "Continue where you left off"
    page = await hana.submit(f"{linh.page}/outcome")
    values = page.form(f"{linh.page}/outcome").values
    assert {name: values[name] for name in DECIDED} == DECIDED
    assert await outcomes(portal) == []


async def test_after_signing_out_in_another_tab(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    tab = hana.page
    await hana.submit("/sign-out")
    hana.page = tab
    assert (await hana.submit(f"{linh.page}/outcome", **DECIDED)).status == 403
    await goes_on(portal, hana, linh, people.hana)


async def test_after_signing_in_again_in_another_tab_nobody_is_asked_to_sign_in(portal: Portal) -> None:
    _people, linh, hana = await typing(portal)
    again = await portal.signed_in(_people.hana)
    hana.http.cookies = again.http.cookies
    page = await hana.submit(f"{linh.page}/outcome", **DECIDED)
    assert (page.status, page.title) == (403, "Continue where you left off")
    page = await hana.submit(f"{linh.page}/outcome")
    assert page.form(f"{linh.page}/outcome").values["note"] == NOTE
    assert await outcomes(portal) == []


async def test_p1_what_one_person_typed_is_not_done_in_anothers_name(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    mio = portal.world.account("mio", "recruiter", people.aoba)
    portal.world.undertaking(people.agreement, mio)
    portal.world.password(mio, PASSWORD)
    await portal.written()
    await end_sessions(portal)
    await hana.submit(f"{linh.page}/outcome", **DECIDED)
    page = await hana.submit("/sign-in", email=mio.email, password=PASSWORD)
    assert (page.status, page.title) == (403, "Sign in")
    assert "under another account" in page.text
    assert linh.name not in page.text
    assert await outcomes(portal) == []
    await hana.submit("/sign-in", email=people.hana.email, password=PASSWORD)
    page = await hana.submit(f"{linh.page}/outcome")
    assert page.form(f"{linh.page}/outcome").values["note"] == NOTE


async def test_a_search_goes_on_at_once(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    await hana.get("/candidates")
    await end_sessions(portal)
    for page in (
        await hana.submit("/candidates", name="Trần"),
        await hana.submit("/sign-in", email=people.hana.email, password="wrong"),
    ):
        assert "go on with your search" in page.text
        assert "saved" not in page.text
    page = await hana.submit("/sign-in", email=people.hana.email, password=PASSWORD)
    assert "Your search is still here" in page.text
    assert "Go to the start page without this search" in page.text
    page = await hana.submit("/candidates")
    assert linh.name in page.text
    assert page.form("/candidates").values["name"] == "Trần"


async def test_a_withdrawal_in_between_binds(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    await end_sessions(portal)
    await hana.submit(f"{linh.page}/outcome", **DECIDED)
    await hana.submit("/sign-in", email=people.hana.email, password=PASSWORD)
    await portal.owner.execute("update personal.consent set withdrawn_at = now()")
    assert (await hana.submit(f"{linh.page}/outcome")).status == 404
    assert await outcomes(portal) == []


async def test_passwords_are_not_kept(portal: Portal) -> None:
    _people, _linh, hana = await typing(portal)
    await hana.get("/account")
    await end_sessions(portal)
    page = await hana.submit("/account/password", current=PASSWORD, new="four quiet trains cross", again="x")
    assert (page.status, page.path, page.title) == (200, "/sign-in", "Sign in")
    assert "quiet trains" not in page.response.text


async def test_a_sign_in_page_that_was_open_for_too_long_keeps_the_address(portal: Portal) -> None:
    people, _linh, _hana = await typing(portal)
    someone = portal.browser()
    await someone.get("/sign-in?next=/agreement")
    someone.http.cookies.clear()
    page = await someone.submit("/sign-in", email=people.hana.email, password=PASSWORD)
    assert (page.status, page.form("/sign-in").values["email"]) == (403, people.hana.email)
    assert PASSWORD not in page.response.text
    page = await someone.submit("/sign-in", password=PASSWORD)
    assert (page.status, page.path) == (200, "/agreement")


async def test_another_site_cannot_have_a_form_kept(portal: Portal) -> None:
    _people, linh, hana = await typing(portal)
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site", "origin": HOST}, {}):
        answer = await hana.raw("POST", f"{linh.page}/outcome", data={**DECIDED, "csrf_token": "x"}, headers=headers)
        page = Page(answer)
        assert (page.status, page.title) == (403, "This page was open for too long")
        assert "ありがとう" not in page.response.text


async def test_a_kept_form_goes_nowhere_but_to_a_path_of_ours(portal: Portal) -> None:
    people, _linh, _hana = await typing(portal)
    elsewhere = ("https://evil.example", "//evil.example/", "/\\evil.example", 1)
    for kept in (*(json.dumps([path, []]) for path in elsewhere), "[["):
        someone = portal.browser()
        await someone.get("/sign-in")
        answer = await someone.post("/sign-in", email=people.hana.email, password=PASSWORD, kept=kept)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_someone_else_of_whatever_role_signed_in_meanwhile(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    sato = await portal.signed_in(people.sato)
    hana.http.cookies = sato.http.cookies
    page = await hana.submit(f"{linh.page}/outcome", **DECIDED)
    assert (page.status, page.title) == (403, "Continue where you left off")
    page = await hana.submit(f"{linh.page}/outcome")
    assert (page.status, page.title) == (403, "Sign in")
    assert "under another account" in page.text
    await hana.submit("/sign-in", email=people.hana.email, password=PASSWORD)
    page = await hana.submit(f"{linh.page}/outcome")
    assert page.form(f"{linh.page}/outcome").values["note"] == NOTE


async def test_what_is_said_of_a_kept_form_stays_after_a_wrong_password(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    await end_sessions(portal)
    await hana.submit(f"{linh.page}/outcome", **DECIDED)
    page = await hana.submit("/sign-in", email=people.hana.email, password="wrong")
    assert "What you typed is kept" in page.text


async def test_what_is_said_of_anothers_form_stays_after_a_wrong_password(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    hana.http.cookies = (await portal.signed_in(people.sato)).http.cookies
    await hana.submit(f"{linh.page}/outcome", **DECIDED)
    await hana.submit(f"{linh.page}/outcome")
    for password, status in (("wrong", 422), ("", 422), *[("wrong", 422)] * 4, ("wrong", 429)):
        page = await hana.submit("/sign-in", email=people.hana.email, password=password)
        assert page.status == status
        assert "under another account" in page.text
        assert "sign-in ended" not in page.text
    page = await hana.submit("/sign-in", email=people.ken.email, password=PASSWORD)
    assert (page.status, "under another account" in page.text) == (403, True)


async def test_a_token_in_a_header_is_no_way_around_whose_form_it_is(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    token = {"x-csrf-token": csrf.token(hana.secret)}
    sent = {"sent_as": str(people.ken.id)}
    answer = await hana.raw("POST", f"{linh.page}/contact", data=sent, headers=token)
    assert answer.status_code in (303, 403)
    assert await portal.log("action = 'contact_revealed'") == []


async def test_half_a_character_and_a_form_too_large_are_not_kept(portal: Portal) -> None:
    people, linh, hana = await typing(portal)
    someone = portal.browser()
    await someone.get("/sign-in")
    kept = json.dumps([linh.page, [["note", "\ud800"]]])
    answer = await someone.post("/sign-in", email=people.hana.email, password=PASSWORD, kept=kept)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    await end_sessions(portal)
    page = await hana.submit(f"{linh.page}/outcome", **{**DECIDED, "note": "x" * 60_000})
    assert (page.status, page.title) == (200, "Sign in")
