"""Hana opens candidates for printing: each is an entry whose number is on the page, and a duty like a file's."""

from portal.candidates.items import Item
from tests.client import Portal
from tests.journeys.cast import AUNG, HAO, LINH, cast

PRINT = "/candidates/print"


async def test_p1_p2_what_is_printed_is_recorded_and_to_be_destroyed_and_who_is_closed_is_left_out(
    portal: Portal,
) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    aung = await people.introduce(AUNG, people.aoba, items=Item.NAME | Item.JAPANESE_LEVEL)
    hao = await people.introduce(HAO, people.aoba)
    hana = await portal.signed_in(people.hana)
    await portal.owner.execute(
        "update personal.consent set withdrawn_at = now() where candidate_id = $1", hao.candidate.id
    )
    chosen = [f"{one.introduction.id}.introduced" for one in (linh, aung, hao)]
    page = await hana.see(await hana.post(PRINT, chosen=chosen))
    assert (page.status, page.path, page.texts("article h2:first-of-type")[0]) == (200, PRINT, linh.name)
    assert aung.name in page.text
    assert hao.name not in page.text
    assert "1 of those chosen is closed" in page.text
    entries = await portal.log("action = 'page_printed'")
    assert {(one["introduction_id"], one["decision"]) for one in entries} == {
        (linh.introduction.id, "permitted"), (aung.introduction.id, "permitted"), (hao.introduction.id, "refused")
    }  # fmt: skip
    permitted = [one for one in entries if one["decision"] == "permitted"]
    assert all(str(one["id"]) in page.text for one in permitted), "the number of each is on its page"
    taken = await portal.owner.fetch("select entry_id, kind from personal.download")
    assert {(row["entry_id"], row["kind"]) for row in taken} == {(one["id"], "print") for one in permitted}

    alone = await hana.get(f"/candidates/{linh.introduction.id}")
    assert alone.link("Print") == f"{PRINT}?chosen={linh.introduction.id}"
    nobody = await hana.see(await hana.post(PRINT))
    assert "Nobody was opened for printing" in nobody.text
    assert (await hana.get(f"{PRINT}?chosen={hao.introduction.id}")).status == 404
    assert await portal.owner.fetchval("select count(*) from personal.download") == 2
