"""Abe makes an account for Yui; she chooses a password by the link she is sent, is suspended, and is out at once."""

from tests.client import PASSWORD, Browser, Portal
from tests.journeys.cast import LINH, cast
from tests.links import sent_link, told_password
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


async def make_account(abe: Browser, company: str) -> None:
    """Fill in the form for Yui."""
    await abe.get("/accounts/new")
    page = await abe.submit("/accounts/new", display_name="Yui", email=EMAIL, role="recruiter", company=company)
    assert (page.status, page.path) == (200, "/accounts")
    said = f"is on its way to {EMAIL}, good for seven days."
    assert said in page.text
    assert said not in (await abe.get("/accounts")).text  # and a reload makes no second account


async def choose_by_link(portal: Portal, email: str) -> Page:
    """Open the link that was last sent to this address, and choose a password by it."""
    browser = portal.browser()
    await browser.get("/link")
    await browser.submit("/link", link=await sent_link(portal.owner, email))
    return await browser.submit("/link/password", new=OWN, again=OWN, locale="ja")


async def test_from_a_new_account_to_its_suspension(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    abe = await portal.signed_in(people.abe)
    assert (await abe.get("/")).path == "/accounts"
    await make_account(abe, str(people.aoba.id))
    assert "パスワードを設定しました" in (await choose_by_link(portal, EMAIL)).text
    yui = await signed_in(portal, EMAIL, OWN)
    assert yui.page is not None
    page = yui.page
    assert page.path == "/home"
    await yui.get("/agreement")
    await yui.undertake()
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
    assert done == ["account_created", "link_made", "account_suspended", "account_reactivated"]


async def test_p9_the_list_stays_as_it_was_narrowed(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    await abe.get("/accounts")
    await abe.submit("/accounts", q="Hana", role="recruiter")
    page = await abe.submit(f"/accounts/{people.hana.id}/link")
    assert f"is on its way to {people.hana.email}" in page.text
    assert page.texts("tbody b") == ["Hana"]
    for action, given, shown in (
        ("suspend", {"reason": " "}, "Please fill this in"), ("suspend", {"reason": "Left the company"}, "Suspended"),
        ("reactivate", {}, "Active"),
    ):  # fmt: skip
        page = await abe.submit(f"/accounts/{people.hana.id}/{action}", **given)
        assert shown in page.text
        assert page.texts("tbody b") == ["Hana"]
        values = page.form("/accounts").values
        assert (values["q"], values["role"]) == ("Hana", "recruiter")
        assert b"Hana" not in page.response.url.query


async def test_the_list_stays_at_its_page(portal: Portal) -> None:
    people = await cast(portal)
    for number in range(51):
        portal.world.account(f"a{number:02}", "recruiter", people.kita)
    abe = await portal.signed_in(people.abe)
    page = await abe.get("/accounts")
    (following,) = [one.get("href", "") for one in page.all(".pager a[rel=next]")]
    assert "hana" not in following.lower()
    page = await abe.get(following)
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


async def test_a_link_to_a_new_password_ends_the_old_one_when_it_is_used_and_not_before(portal: Portal) -> None:
    people = await cast(portal)
    portal.world.password(people.hana, PASSWORD)
    hana, abe = await portal.signed_in(people.hana), await portal.signed_in(people.abe)
    await abe.get("/accounts")
    page = await abe.submit(f"/accounts/{people.hana.id}/link")
    assert people.hana.email in page.text
    assert "good for an hour" in page.text
    assert (await hana.get("/account")).path == "/account"
    for _try in range(6):
        await signed_in(portal, people.hana.email, "forgotten")
    await choose_by_link(portal, people.hana.email)
    assert (await hana.raw("GET", "/account")).headers["location"].startswith("/sign-in")
    assert (await (await signed_in(portal, people.hana.email, PASSWORD)).get("/account")).path == "/sign-in"
    assert (await (await signed_in(portal, people.hana.email, OWN)).get("/account")).path == "/account"
    entry = (await portal.log("action = 'link_made'"))[-1]
    assert (entry["actor_id"], entry["subject_id"]) == (people.abe.id, people.hana.id)
    sato = await portal.signed_in(people.sato)
    page = await sato.get(f"/log/{entry['id']}")
    assert "Hana" in page.text
    assert "A new password" in page.text
    wrong = (await portal.log("action = 'sign_in' and decision = 'refused'"))[0]
    assert "The password was wrong" in (await sato.get(f"/log/{wrong['id']}")).text


async def test_a_new_link_ends_the_one_before_and_nobody_suspended_is_sent_one(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    page = await abe.get("/accounts")
    assert "Send the invitation again" in page.text  # nobody here has a password
    await abe.submit(f"/accounts/{people.hana.id}/link")
    first = await sent_link(portal.owner, people.hana.email)
    await abe.get("/accounts")
    await abe.submit(f"/accounts/{people.hana.id}/link")
    browser = portal.browser()
    await browser.get("/link")
    assert "no longer valid" in (await browser.submit("/link", link=first)).text
    await portal.owner.execute("update portal.account set status = 'suspended' where id = $1", people.hana.id)
    assert (await abe.post(f"/accounts/{people.hana.id}/link")).status_code == 404


async def test_p1_with_a_password_that_somebody_was_told_nothing_is_open(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    portal.world.password(people.hana, PASSWORD)
    await portal.written()
    told = await told_password(portal.owner, people.hana.id)
    hana = portal.browser()
    await hana.get("/candidates?stage=active")
    page = await hana.submit("/sign-in", email=people.hana.email, password=told)
    assert (page.path, page.title) == ("/account/password", "Choose your own password")
    assert page.texts("label")[0] == "Temporary password"
    assert linh.name not in page.response.text
    other = await signed_in(portal, people.hana.email, told)
    page = await choose_own(hana, told)
    assert (page.path, page.response.url.query) == ("/candidates", b"stage=active")
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


async def test_a_long_reason_has_a_place_where_it_can_be_unfolded(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    for whose, reason, found in (
        (people.hana, "Left the company", "span.reason"),
        (people.ken, "退職" * 250, "details.reason"),
    ):
        page = await abe.get("/accounts")
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
