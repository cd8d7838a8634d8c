"""Abe makes an account for Yui; she signs in with the password shown once, is suspended, and is out at once."""

from tests.client import PASSWORD, Browser, Portal
from tests.journeys.cast import LINH, cast
from tests.page import Page

EMAIL = "yui@aoba.example"
OWN = "quiet glacier mends umbrellas"


async def signed_in(portal: Portal, email: str, password: str) -> Browser:
    """A browser in which this person has filled in the sign-in form."""
    browser = portal.browser()
    await browser.get("/sign-in")
    await browser.submit("/sign-in", email=email, password=password)
    return browser


async def choose_own(person: Browser, told: str) -> Page:
    """Fill in the form that the page being shown has for an own password."""
    return await person.submit("/account/password", current=told, new=OWN, again=OWN)


async def make_account(abe: Browser, company: str) -> str:
    """Fill in the form for Yui; returns her first password."""
    await abe.get("/accounts/new")
    page = await abe.submit("/accounts/new", display_name="Yui", email=EMAIL, role="recruiter", company=company)
    assert page.status == 200
    return page.texts(".secret")[0]


async def test_from_a_new_account_to_its_suspension(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    abe = await portal.signed_in(people.abe)
    assert (await abe.get("/")).path == "/accounts"
    password = await make_account(abe, str(people.aoba.id))
    assert len(password) > 16
    assert password not in (await abe.get("/accounts")).response.text

    yui = await signed_in(portal, EMAIL, password)
    page = await yui.submit("/account/password", current=password, new=password, again=password)
    assert page.status == 422
    assert "サインインに使用したパスワードとは異なるもの" in page.text  # a new account's language
    assert "現在のパスワード" not in page.text
    page = await choose_own(yui, password)
    assert page.path == "/candidates"
    await yui.get("/agreement")
    await yui.submit("/agreement/undertaking", promise="yes")
    assert (await yui.get(linh.page)).title == linh.name

    account = (await portal.log("action = 'account_created'"))[-1]["subject_id"]
    await abe.get("/accounts")
    page = await abe.submit(f"/accounts/{account}/suspend", reason="Left the company")
    assert page.status == 200
    for path in (linh.page, "/candidates", "/account"):
        assert (await yui.raw("GET", path)).headers["location"].startswith("/sign-in")
    again = await signed_in(portal, EMAIL, OWN)
    assert again.page is not None
    assert "wrong, or this account cannot be used now." in again.page.text

    await abe.get("/accounts")
    await abe.submit(f"/accounts/{account}/reactivate")
    back = await signed_in(portal, EMAIL, OWN)
    assert (await back.get(linh.page)).title == linh.name
    assert (await yui.raw("GET", linh.page)).status_code == 303
    done = [entry["action"] for entry in await portal.log("subject_id = $1 and actor_id = $2", account, people.abe.id)]
    assert done == ["account_created", "account_suspended", "account_reactivated"]


async def test_p9_the_list_stays_as_it_was_narrowed(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    await abe.get("/accounts")
    await abe.submit("/accounts", q="Hana", role="recruiter")
    page = await abe.submit(f"/accounts/{people.hana.id}/new-password")
    assert page.texts(".secret")
    assert "Temporary password" in page.texts("dt")
    assert (await abe.submit("/accounts")).texts("tbody b") == ["Hana"]
    for action, given, shown in (
        ("suspend", {"reason": " "}, "Please fill this in"), ("suspend", {"reason": "Left the company"}, "Suspended"),
        ("reactivate", {}, "Active"),
    ):  # fmt: skip
        page = await abe.submit(f"/accounts/{people.hana.id}/{action}", **given)
        assert shown in page.text
        assert page.texts("tbody b") == ["Hana"]
        values = page.form("/accounts").values
        assert (values["q"], values["role"]) == ("Hana", "recruiter")
        assert page.response.url.query == b""


async def test_the_list_stays_at_its_page(portal: Portal) -> None:
    people = await cast(portal)
    for number in range(51):
        portal.world.account(f"a{number:02}", "recruiter", people.kita)
    abe = await portal.signed_in(people.abe)
    page = await abe.get("/accounts")
    (following,) = [one.get("value", "") for one in page.all(".pager button[name=after]")]
    page = await abe.see(await abe.post("/accounts", after=following))
    names = page.texts("tbody b")
    assert "Hana" in names
    page = await abe.submit(f"/accounts/{people.hana.id}/suspend", reason="Left the company")
    assert page.texts("tbody b") == names


async def test_an_administrator_sees_no_candidate_at_all(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    abe = await portal.signed_in(people.abe)
    for path in ("/candidates", linh.page, f"{linh.page}/resume.pdf", "/introductions", "/log", "/companies"):
        assert (await abe.raw("GET", path)).status_code == 404


async def test_an_account_cannot_be_made_twice_nor_without_its_company(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    await make_account(abe, str(people.aoba.id))
    aoba = str(people.aoba.id)
    await abe.get("/accounts/new")
    page = await abe.submit("/accounts/new", display_name="Yui", email=EMAIL.upper(), role="recruiter", company=aoba)
    assert page.status == 422
    assert "Another account has this e-mail address" in page.text
    assert page.form("/accounts/new").values["display_name"] == "Yui"
    page = await abe.submit("/accounts/new", display_name="Rin", email="rin@aoba.example", role="recruiter", company="")
    assert page.status == 422
    assert "belong to a company" in page.text
    page = await abe.submit("/accounts/new", display_name="Rin", email="rin", role="compliance", company=aoba)
    assert page.status == 422
    made = await portal.owner.fetch("select email from portal.account where email ilike 'rin%'")
    assert made == []


async def test_nobody_suspends_themselves(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    answer = await abe.post(f"/accounts/{people.abe.id}/suspend", reason="by mistake")
    assert answer.status_code in (404, 422)
    assert (await abe.get("/accounts")).status == 200


async def test_p3_a_lost_password_is_replaced_and_nothing_of_the_old_one_works(portal: Portal) -> None:
    people = await cast(portal)
    portal.world.password(people.hana, PASSWORD)
    hana, abe = await portal.signed_in(people.hana), await portal.signed_in(people.abe)
    for _try in range(6):
        await signed_in(portal, people.hana.email, "forgotten")
    await abe.get("/accounts")
    page = await abe.submit(f"/accounts/{people.hana.id}/new-password")
    (password,) = page.texts(".secret")
    assert people.hana.email in page.text
    assert (await hana.raw("GET", "/account")).headers["location"].startswith("/sign-in")
    assert (await (await signed_in(portal, people.hana.email, PASSWORD)).get("/account")).path == "/sign-in"
    hana = await signed_in(portal, people.hana.email, password)
    assert (await hana.get("/account")).path == "/account/password"
    await choose_own(hana, password)
    assert (await hana.get("/account")).path == "/account"
    entry = (await portal.log("action = 'password_replaced'"))[-1]
    assert (entry["actor_id"], entry["subject_id"]) == (people.abe.id, people.hana.id)
    own = await abe.post(f"/accounts/{people.abe.id}/new-password")
    assert own.status_code == 404
    sato = await portal.signed_in(people.sato)
    page = await sato.get(f"/log/{entry['id']}")
    assert "Hana" in page.text
    wrong = (await portal.log("action = 'sign_in' and decision = 'refused'"))[0]
    assert "The password was wrong" in (await sato.get(f"/log/{wrong['id']}")).text


async def test_p1_with_a_password_that_somebody_was_told_nothing_is_open(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    portal.world.password(people.hana, PASSWORD)
    await portal.written()
    abe = await portal.signed_in(people.abe)
    await abe.get("/accounts")
    (told,) = (await abe.submit(f"/accounts/{people.hana.id}/new-password")).texts(".secret")
    hana = portal.browser()
    await hana.get(f"{linh.page}?form=english")
    page = await hana.submit("/sign-in", email=people.hana.email, password=told)
    assert (page.path, page.title) == ("/account/password", "Choose your own password")
    assert page.texts("label")[0] == "Temporary password"
    assert linh.name not in page.response.text
    other = await signed_in(portal, people.hana.email, told)
    page = await choose_own(hana, told)
    assert (page.path, page.title) == (linh.page, linh.name)
    assert page.response.url.query == b"form=english"
    assert (await other.get(linh.page)).title == "Sign in"
    again = await signed_in(portal, people.hana.email, OWN)
    assert (await again.get(linh.page)).title == linh.name
    changed = (await portal.log("action = 'password_changed'"))[-1]
    assert (changed["actor_id"], changed["role"], changed["company_id"]) == (
        people.hana.id, "recruiter", people.aoba.id,
    )  # fmt: skip


async def test_a_sign_in_that_must_change_its_password_can_be_ended(portal: Portal) -> None:
    people = await cast(portal)
    hana = await portal.signed_in(people.hana, must_change_password=True)
    await hana.get("/candidates")
    assert (await hana.submit("/sign-out")).path == "/sign-in"
    assert (await hana.get("/account/password")).path == "/sign-in"


async def test_a_page_that_is_sent_twice_replaces_a_password_once(portal: Portal) -> None:
    people = await cast(portal)
    portal.world.password(people.hana, PASSWORD)
    abe = await portal.signed_in(people.abe)
    opened = await abe.get("/accounts")
    path = f"/accounts/{people.hana.id}/new-password"
    (told,) = (await abe.submit(path)).texts(".secret")
    abe.page = opened
    page = await abe.submit(path)
    assert (page.status, page.title) == (409, "Accounts")
    assert "Nothing was changed now" in page.text
    hana = await signed_in(portal, people.hana.email, told)
    assert (await hana.get("/candidates")).title == "Choose your own password"
    (newer,) = (await abe.submit(path)).texts(".secret")
    assert newer != told
    replaced = await portal.log("action = 'password_replaced'")
    assert len(replaced) == 2


async def test_a_long_reason_has_a_place_where_it_can_be_unfolded(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    for whose, reason, found in (
        (people.hana, "Left the company", "span.reason"),
        (people.ken, "退職" * 250, "details.reason"),
    ):
        page = await abe.get("/accounts")
        (field,) = page.all(f"#reason-{whose.id}")
        assert field.get("maxlength") == "500"
        page = await abe.submit(f"/accounts/{whose.id}/suspend", reason=reason)
        assert page.texts(f".accounts {found}") == [reason]


async def test_whose_company_is_stopped_is_told_whom_to_ask(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await portal.owner.execute("update portal.company set status = 'suspended'")
    for path in ("/candidates", linh.page):
        page = await hana.get(path)
        assert people.mori.email in page.text
        assert linh.name not in page.response.text
    refused = await portal.log("action in ('searched', 'page_shown')")
    assert [entry["decision"] for entry in refused] == ["refused", "refused"]
