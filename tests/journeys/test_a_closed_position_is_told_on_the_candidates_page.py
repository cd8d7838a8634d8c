"""A recruiter reads that the position is closed, that nothing was decided by it, and until when contact is open."""

from tests.client import Portal
from tests.journeys.cast import LINH, cast


async def test_p7_a_closed_position_is_told_on_the_candidates_page(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await portal.owner.execute("update portal.opening set status = 'closed'")
    page = await hana.get(linh.page)
    assert "This position is closed, so the selection has ended without an outcome." in page.text
    assert page.links(f"{linh.page}/resume.pdf") == []
    assert "Contact until" in (await hana.get("/candidates")).text
    mori = await portal.signed_in(people.mori)
    why = await mori.get(f"/introductions/{linh.introduction.id}")
    assert "The position is closed, and no outcome is recorded" in why.text
