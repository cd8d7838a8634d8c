"""An uploaded resume that does not open says so, and the one made from what is shared stands beside it."""

from tests.client import Portal
from tests.journeys.cast import LINH, cast

WITHOUT_TELEPHONE = "update personal.consent set items = items & ~256"


async def test_p1_a_resume_that_holds_more_stands_beside_the_made_one(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    page = await hana.get(linh.page)
    (link, *_again) = page.links(f"{linh.page}/documents/")
    await portal.owner.execute(WITHOUT_TELEPHONE)
    page = await hana.get(linh.page)
    assert page.links(f"{linh.page}/documents/") == []
    assert "This file does not open" in page.text
    assert page.links(f"{linh.page}/resume.pdf")
    assert (await hana.raw("GET", link)).status_code == 404
    (entry,) = await portal.log("action = 'document_downloaded'")
    assert entry["reasons"] == ["file_holds_more"]
    mori = await portal.signed_in(people.mori)
    why = await mori.get(f"/introductions/{linh.introduction.id}")
    assert "The original resume file does not open" in why.text
    assert "Telephone" in why.text
