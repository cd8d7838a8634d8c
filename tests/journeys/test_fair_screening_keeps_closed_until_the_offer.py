"""Mori chooses fair screening for a position: what may not decide is closed until the offer, and the page says so."""

from portal.candidates.items import Item
from tests.client import Portal
from tests.journeys.cast import LINH, cast
from tests.papers import text_of

CLOSED = "Closed until the offer: fair screening"
BORN = "1996"


async def test_p8_what_may_not_decide_opens_with_the_offer(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana, mori = await portal.signed_in(people.hana), await portal.signed_in(people.mori)
    page = await hana.get(linh.page)
    assert (CLOSED in page.text, BORN in page.text) == (False, True)

    position = f"/companies/{people.aoba.id}/openings/{linh.introduction.opening.id}"
    await mori.get(position)
    page = await mori.submit(position, fair_screening="yes")
    assert ("The changes are saved." in page.text, "Fair screening" in page.text) == (True, True)
    assert (await mori.get(position)).form(position).values["fair_screening"] == "yes"
    [entry] = await portal.log("action = 'opening_changed'")
    assert entry["facts"] == '{"fair_screening": true}'

    page = await hana.get(linh.page)
    assert (CLOSED in page.text, BORN in page.text, "Not shared now" in page.text) == (True, False, False)
    assert "Nationality, Date of birth, Age, Gender" in page.text
    assert page.links(f"{linh.page}/documents/{linh.document}") == []
    assert (await hana.raw("GET", f"{linh.page}/documents/{linh.document}")).status_code == 404
    [entry] = await portal.log("action = 'document_opened'")
    assert list(entry["reasons"]) == ["fair_screening", "file_holds_more"]
    pdf = await hana.raw("GET", f"{linh.page}/resume.pdf?form=en&calendar=western")
    assert BORN not in "".join(text_of(pdf.content))
    why = await mori.get(f"/introductions/{linh.introduction.id}")
    assert "fair screening keeps it closed until the offer" in why.text

    await portal.owner.execute("update personal.introduction set stage = 'offer'")
    page = await hana.get(linh.page)
    assert (CLOSED in page.text, BORN in page.text) == (False, True)
    shown = await portal.log("action = 'page_shown'")
    assert [bool(one["items"] & Item.DATE_OF_BIRTH) for one in shown] == [True, False, True]

    form = (await mori.get(position)).form(position)
    unticked = {name: value for name, value in form.values.items() if name != "fair_screening"}
    page = await mori.see(await mori.post(position, **unticked))
    assert "The changes are saved." in page.text
    [_chosen, taken_back] = await portal.log("action = 'opening_changed'")
    assert taken_back["facts"] == '{"fair_screening": false}'
    await portal.owner.execute("update personal.introduction set stage = 'interview'")
    page = await hana.get(linh.page)
    assert (CLOSED in page.text, BORN in page.text) == (False, True)
