"""An item that a person shares and has given nothing for hides nothing, and no page or paper says that it does."""

from portal.candidates.items import Item
from tests.client import Portal
from tests.journeys.cast import HAO, LINH, cast
from tests.resume.papers import text_of


async def test_an_empty_item_is_told_from_a_closed_one(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hao = await people.introduce(HAO, people.aoba, items=int(~Item.RESIDENCE_STATUS) & 0x3FFF)
    await portal.owner.execute(
        "update personal.candidate_items set residence_status = null where candidate_id = $1", linh.candidate.id
    )
    hana = await portal.signed_in(people.hana)
    page = await hana.get("/candidates")
    cells = dict(zip(page.texts("#results .row-link"), page.texts("#results td:nth-of-type(4)"), strict=True))
    assert (cells[linh.name], cells[hao.name]) == ("Not provided", "Not shared")
    for person, said in ((linh, "Notprovided"), (hao, "Notdisclosed")):
        page = await hana.get(person.page)
        empty = page.text.partition("Shared, but nothing provided")[2].partition("Not shared now")[0]
        assert ("Status of residence" in empty) is (person is linh)
        pdf = await hana.raw("GET", f"{person.page}/resume.pdf?form=en&calendar=western")
        line = text_of(pdf.content).partition("Statusofresidence")[2][: len(said)]
        assert line == said
        pdf = await hana.raw("GET", f"{person.page}/resume.pdf?form=ja&calendar=western")
        line = text_of(pdf.content).partition("在留資格")[2][:4]
        assert line.startswith("記載なし" if person is linh else "非開示")
