"""An agreement ends: the next click leads to the sign-in. Who signs in again finds it, and what is to be deleted."""

from tests.client import PASSWORD, Portal
from tests.journeys.cast import LINH, cast
from tests.signed import as_if_signed

LEFT = ["/agreement", "/downloads", "/team", "/deletions", "/received-records"]


async def test_after_the_end_there_is_what_is_left_to_do_and_no_candidate(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    boss = portal.world.account("boss", "employer_admin", people.aoba, display_name="Boss")
    portal.world.undertaking(people.agreement, boss)
    portal.world.password(boss, PASSWORD)
    browser = await portal.signed_in(boss)
    assert linh.name in (await browser.get(linh.page)).text
    ended = "update portal.agreement set expires_at = now() where id = $1"
    await as_if_signed(portal.owner, ended, people.agreement.id)

    page = await browser.get(linh.page)
    assert page.path == "/sign-in"
    assert "no longer signed in" in page.text
    page = await browser.submit("/sign-in", email=boss.email, password=PASSWORD)
    assert linh.name not in page.text
    assert "no agreement in force" in page.text
    page = await browser.get("/home")
    assert [one.get("href") for one in page.all("nav.sections a")] == LEFT
    assert "no agreement in force" in page.text
    page = await browser.get("/agreement")
    assert people.agreement.number in page.text
    assert people.agreement.text in page.text
    assert (await browser.get(page.link("See what is left to delete"))).title == "To delete"
    for path in ("/candidates", "/board", "/home", linh.page, *LEFT):
        assert linh.name not in (await browser.get(path)).response.text
