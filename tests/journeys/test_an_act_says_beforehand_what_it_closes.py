"""Before Mori suspends a company or closes a position, the page says for how many introductions what closes."""

from typing import Any

from portal.candidates.items import Item
from tests.client import Portal
from tests.journeys.cast import HAO, LINH, Cast, cast

WHAT_IF = "select * from gate.what_if($1, $2, $3)"
STANDS = """
select company.status, opening.status as position, (select count(*) from portal.session) as sign_ins,
       (select count(*) from portal.mail) as mails, company.changed_at
from portal.company join portal.opening on opening.company_id = company.id where company.id = $1
"""


async def asked(portal: Portal, secret: str, *values: Any) -> dict[str, int] | None:
    """What the gate answers to a sign-in."""
    web = await portal.database.connect("portal_web")
    async with web.transaction():
        await web.execute("select set_config('portal.session', $1, true)", secret)
        row = await web.fetchrow(WHAT_IF, *values)
    return None if row is None else dict(row)


async def introduced(people: Cast) -> None:
    """One of whom everything is open, one of whom only contact is, and one who withdrew."""
    await people.introduce(LINH, people.aoba)
    await people.introduce(HAO, people.aoba, purposes=2)
    await people.introduce({**HAO, "latin": "Wang Wei"}, people.aoba, withdrawn_at=people.portal.world.now)


RECORD = {
    "name": "Other Foods", "corporate_number": "7123456789012", "address": "Osaka", "representative": "Hana",
    "industry": "manufacturing",
}  # fmt: skip


async def test_a_suspension_says_what_it_closes_and_asking_does_nothing(portal: Portal) -> None:
    people = await cast(portal)
    await introduced(people)
    mori, hana = await portal.signed_in(people.mori), await portal.signed_in(people.hana)
    stood = await portal.owner.fetchrow(STANDS, people.aoba.id)
    entries = len(await portal.log("true"))
    for path in ("suspend", "terminate"):
        page = await mori.get(f"/companies/{people.aoba.id}/{path}")
        told = page.texts("section[aria-labelledby=effect] li")
        assert [one.rsplit("closes", 1)[1] for one in told] == [" for 1 introduction", " for 2 introductions"], path
        assert "Of 3 introductions to this company" in page.text
    record = f"/companies/{people.aoba.id}/record"
    await mori.get(record)
    page = await mori.submit(record, **RECORD)
    assert "for 2 introductions" in page.texts("section[aria-labelledby=effect] li")[1], (
        "as another, it is shown nobody"
    )
    assert await portal.owner.fetchrow(STANDS, people.aoba.id) == stood
    assert len(await portal.log("true")) == entries
    assert LINH["display"] in (await hana.get("/candidates")).response.text
    await mori.get(f"/companies/{people.aoba.id}/suspend")
    await mori.submit(f"/companies/{people.aoba.id}/suspend", reason="asked for")
    assert LINH["display"] not in (await hana.get("/candidates")).response.text


async def test_closing_a_position_leaves_contact_and_says_so(portal: Portal) -> None:
    people = await cast(portal)
    await introduced(people)
    mori = await portal.signed_in(people.mori)
    opening = portal.world.first_opening(people.aoba)
    address = f"/companies/{people.aoba.id}/openings/{opening.id}/close"
    page = await mori.get(address)
    [told] = page.texts("section[aria-labelledby=effect] li")
    assert (told.endswith("closes for 1 introduction"), opening.title in page.text) == (True, True)
    await mori.submit(address)
    back = await asked(portal, mori.secret, people.aoba.id, "position_open", str(opening.id))
    assert back is not None
    assert (back["opens_selection"], back["opens"], back["closes_contact"]) == (1, 0, 0)
    assert await asked(portal, mori.secret, people.aoba.id, "position_closed", str(opening.id)) is None


async def test_a_country_that_becomes_known_opens_and_another_one_closes(portal: Portal) -> None:
    people = await cast(portal, country=None)
    await people.introduce(LINH, people.aoba, items=Item.NAME | Item.EMAIL)
    mori = await portal.signed_in(people.mori)
    assert await asked(portal, mori.secret, people.aoba.id, "country", "JP") is None, "no signed agreement names it"
    behind = await portal.database.connect("postgres")
    await behind.execute("set session_replication_role = replica")  # as if it had been signed so
    await behind.execute("update portal.agreement set company_country = 'JP', company_corporate_number = null")
    known = await asked(portal, mori.secret, people.aoba.id, "country", "JP")
    assert known is not None
    assert (known["introductions"], known["opens"], known["closes"]) == (1, 1, 0)
    assert await asked(portal, mori.secret, people.aoba.id, "country", "SG") is None
    await portal.owner.execute("update portal.company set country = 'JP' where id = $1", people.aoba.id)
    for act, about in (("country", "SG"), ("identity", None)):
        other = await asked(portal, mori.secret, people.aoba.id, act, about)
        assert other is not None
        assert (other["opens"], other["closes"]) == (0, 1), "another recipient than agreement and consents name"


async def test_nobody_else_is_told(portal: Portal) -> None:
    people = await cast(portal)
    await introduced(people)
    for account, company in ((people.mori, people.kita), (people.hana, people.aoba), (people.abe, people.aoba)):
        browser = await portal.signed_in(account)
        assert await asked(portal, browser.secret, company.id, "suspended", None) is None
    assert await asked(portal, "none", people.aoba.id, "suspended", None) is None
