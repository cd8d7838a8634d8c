"""Every step works as plain pages and forms; with htmx the same answers are exchanged in place."""

from tests.client import HOST, Browser, Portal
from tests.journeys.cast import LINH, Person, cast
from tests.page import Page

AS_HTMX = {"hx-request": "true", "origin": HOST, "sec-fetch-site": "same-origin"}


async def by_htmx(browser: Browser, path: str, **fields: str) -> Page:
    """What htmx gets when it sends a form of the page being shown."""
    assert browser.page is not None
    sent = browser.page.form(path).filled(fields)
    answer = await browser.raw("POST", path, data=sent, headers=AS_HTMX)
    while answer.next_request is not None:  # a browser follows before htmx sees it
        answer = await browser.http.send(answer.next_request)
    return Page(answer)


async def decided_without_a_script(hana: Browser, linh: Person) -> Page:
    """The whole way by links and forms that the pages themselves offer."""
    page = await hana.get("/")
    page = await hana.get(page.link("Candidates"))
    page = await hana.get(page.link(linh.name))
    page = await hana.submit(f"{linh.page}/contact")
    assert linh.candidate.items["email"] in page.text
    page = await hana.get(next(link for link in page.links("/candidates/") if link == linh.page))
    return await hana.decide(linh.page, result="withdrawn", reason="candidate_declined", note="")


async def test_the_main_job_needs_no_script(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    page = await decided_without_a_script(hana, linh)
    assert "The candidate declined" in page.text
    assert (await hana.submit("/sign-out")).status == 200


async def test_a_search_and_contact_are_exchanged_in_place(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    page = await hana.get("/candidates")
    target = page.all("form[hx-post='/candidates']")[0].get("hx-select")
    page = await by_htmx(hana, "/candidates", name="tran")
    assert page.texts(f"{target} .row-link") == [linh.name]
    await hana.get(linh.page)
    page = await by_htmx(hana, f"{linh.page}/contact")
    assert linh.candidate.items["email"] in page.texts("#contact")[0]


async def test_a_fragment_that_is_refused_leads_to_a_page(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    await portal.owner.execute("insert into portal.revocation (account_id) select id from portal.account")
    answer = await hana.raw("GET", linh.page, headers={"hx-request": "true", "hx-current-url": f"{HOST}{linh.page}"})
    assert answer.status_code == 204
    assert answer.headers["hx-redirect"] == f"/sign-in?next={linh.page}"
    again = await portal.signed_in(people.hana)
    gone = await again.raw("GET", "/candidates/nothing", headers={"hx-request": "true"})
    assert gone.status_code == 404
    assert "This page does not exist" in gone.text
    assert "What was here may have been closed since." in gone.text
    assert "<html" not in gone.text


async def test_a_page_leads_back_to_where_one_wanted_to_go(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    visitor = portal.browser()
    page = await visitor.get(linh.page)
    assert (page.path, page.form("/sign-in").values["next"]) == ("/sign-in", linh.page)
    for elsewhere in ("https://evil.example", "//evil.example", "/\\evil.example", "/%2f/evil.example", "javascript:x"):
        page = await visitor.get(f"/sign-in?next={elsewhere}")
        assert page.form("/sign-in").values.get("next", "") == ""
