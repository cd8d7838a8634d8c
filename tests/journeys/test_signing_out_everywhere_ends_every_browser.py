"""P3: signing out ends a sign-in in the database, in this browser, in all, or in one that was lost."""

from tests.client import PASSWORD, Browser, Portal
from tests.journeys.cast import LINH, cast


async def is_out(browser: Browser, page: str) -> bool:
    """Whether a page leads to the sign-in form now."""
    answer = await browser.raw("GET", page)
    return answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")


async def test_p3_signing_out_here_leaves_the_other_browser(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    desk, phone = await portal.signed_in(people.hana), await portal.signed_in(people.hana)
    stolen = dict(desk.http.cookies)
    await desk.get(linh.page)
    page = await desk.submit("/sign-out")
    assert "You are signed out" in page.text
    assert await is_out(desk, linh.page)
    assert not await is_out(phone, linh.page)
    thief = portal.browser()
    thief.http.cookies.update(stolen)
    assert await is_out(thief, linh.page)


async def test_p3_signing_out_everywhere_ends_all_of_them(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    desk, phone = await portal.signed_in(people.hana), await portal.signed_in(people.hana)
    ken = await portal.signed_in(people.ken)
    await desk.get("/account")
    await desk.submit("/account/sign-out-everywhere")
    assert await is_out(desk, linh.page)
    assert await is_out(phone, linh.page)
    assert not await is_out(ken, "/candidates")


async def test_p3_a_lost_device_is_ended_from_another(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    desk = await portal.signed_in(people.hana)
    phone = await portal.signed_in(people.hana)
    page = await desk.get("/account")
    assert "This device" in page.text
    ending = next(form.action for form in page.forms() if form.action.endswith("/end"))
    await desk.submit(ending)
    assert await is_out(phone, linh.page)
    assert not await is_out(desk, linh.page)


async def test_p3_a_new_password_ends_the_other_sign_ins(portal: Portal) -> None:
    people = await cast(portal)
    portal.world.password(people.hana, PASSWORD)
    desk, phone = await portal.signed_in(people.hana), await portal.signed_in(people.hana)
    await desk.get("/account")
    new = "four quiet trains cross"
    page = await desk.submit("/account/password", current="not this", new=new, again=new)
    assert page.status == 422
    assert not await is_out(phone, "/candidates")
    page = await desk.submit("/account/password", current=PASSWORD, new=new, again=new)
    assert "Your password is changed" in page.text
    assert await is_out(phone, "/candidates")
    assert not await is_out(desk, "/candidates")
    assert PASSWORD not in page.response.text
    assert new not in page.response.text


async def test_p3_a_sign_in_ends_by_itself(portal: Portal) -> None:
    people = await cast(portal)
    hana = await portal.signed_in(people.hana)
    assert not await is_out(hana, "/candidates")
    await portal.owner.execute("update portal.session set last_seen_at = now() - interval '31 minutes'")
    assert await is_out(hana, "/candidates")
    late = await portal.signed_in(people.hana)
    await portal.owner.execute("update portal.session set expires_at = now()")
    assert await is_out(late, "/candidates")
