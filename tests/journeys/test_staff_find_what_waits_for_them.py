"""Mori looks after Aoba Foods, Sato is of compliance: each arrives on a page of what waits, which names nobody."""

from datetime import timedelta

from tests.client import Browser, Portal
from tests.facts import DAY
from tests.journeys.cast import AUNG, LINH, cast

QUIET = """
update personal.introduction set last_activity_at = now() - interval '55 days', reminded_at = now() - interval '1 hour',
    end_reminded_at = now() - interval '1 hour' where id = $1
"""
ALERT = """
insert into portal.alert (kind, threshold, account_id, day, noticed_at, measured)
values ('off_hours', 10, $1, current_date, now(), 12)
"""
DUTY = """
insert into personal.deletion_duty (introduction_id, company_id, cause, ended_at, due_at, files)
select id, company_id, 'decided', now() - interval '40 days', now() - interval '10 days', 1
from personal.introduction where id = $1
"""


async def test_each_home_counts_what_waits_leads_to_it_and_names_nobody(portal: Portal) -> None:
    people, world, owner = await cast(portal, country="JP"), portal.world, portal.owner
    await owner.execute(
        "alter table portal.agreement disable trigger kept; update portal.agreement set inactive_days = 60; "
        "alter table portal.agreement enable trigger kept"
    )
    linh = await people.introduce(LINH, people.aoba, expires_at=world.now + timedelta(days=9))
    aung = await people.introduce(AUNG, people.kita, expires_at=world.now + 9 * DAY)
    for one in (linh, aung):
        await owner.execute(QUIET, one.introduction.id)
        await owner.execute(DUTY, one.introduction.id)
    await owner.execute(ALERT, people.hana.id)
    pending = world.company("pending", name="Pending", account_manager=people.mori, status="pending")
    await portal.written()
    await (await portal.signed_in(people.hana)).post("/ask", body="When?")
    mori, sato = await portal.signed_in(people.mori), await portal.signed_in(people.sato)

    page = await mori.get("/")
    assert page.path == "/home"
    assert page.text.count(linh.introduction.code) == 2, "its consent ends, and so does its time without activity"
    assert (aung.introduction.code in page.text, linh.name in page.text) == (False, False), "Kita is not his"
    for said in ("Questions of companies 1", "Duties to delete that are overdue 1", "ending by themselves 1"):
        assert said in page.text
    assert await _leads(mori, "/questions", "/deletions", f"/introductions/{linh.introduction.id}")
    assert pending.name in (await mori.get(page.links("/companies?stage=")[0])).text

    page = await sato.get("/")
    assert page.path == "/home"
    for said in ("Alerts to decide about 1", "Duties to delete that are overdue 2", "Not verified yet"):
        assert said in page.text
    assert (linh.introduction.code in page.text, linh.name in page.text) == (False, False)
    assert await _leads(sato, "/alerts", "/deletions", "/log/seal", "/log")
    acts = [(row["role"], row["decision"]) for row in await portal.log("action = 'home_shown'")]
    assert acts == [("account_manager", "permitted"), ("compliance", "permitted")]


async def _leads(browser: Browser, *addresses: str) -> bool:
    """Whether the page being shown leads to each of these, and each opens."""
    assert browser.page is not None
    opened = [(await browser.raw("GET", one)).status_code for one in addresses]
    return set(addresses) <= set(browser.page.links()) and set(opened) == {200}
