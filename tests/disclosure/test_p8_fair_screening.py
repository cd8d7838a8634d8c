"""P8: by choice of an agreement or a position, what may not decide is closed for selection until the offer."""

import pytest

from portal.candidates.items import ALL_ITEMS, Item, codes_of
from tests.disclosure.stage import Stage, open_items
from tests.facts import Document

NOT_DECISIVE = Item.NATIONALITY | Item.GENDER | Item.AGE | Item.DATE_OF_BIRTH | Item.PHOTO
WHERE = ["agreement", "opening"]
OPEN = "select entry_id from gate.open_document($1, $2)"


async def chosen(stage: Stage, where: str, *, stage_of_linh: str = "interview") -> None:
    """Acme's agreement or Linh's position chose it, and this is where her selection is."""
    await stage.owner.execute(f"alter table portal.{where} disable trigger user")
    await stage.owner.execute(
        f"update portal.{where} set fair_screening = true where company_id = $1", stage.people.acme.id
    )
    await stage.owner.execute(f"alter table portal.{where} enable trigger user")
    await moved(stage, stage_of_linh)


async def moved(stage: Stage, to: str) -> None:
    await stage.owner.execute("update personal.introduction set stage = $1", to)


async def selection(stage: Stage) -> set[str]:
    rows = await stage.shown(stage.people.aiko, stage.people.linh, purpose="selection")
    return open_items(rows[stage.people.linh.introduction.id])


@pytest.mark.parametrize("where", WHERE)
async def test_p8_what_may_not_decide_is_closed_until_the_offer(stage: Stage, where: str) -> None:
    before = await selection(stage)
    assert set(codes_of(NOT_DECISIVE)) <= before
    await chosen(stage, where)
    assert await selection(stage) == before - set(codes_of(NOT_DECISIVE))
    (entry,) = (await stage.entries(action="listed"))[-1:]
    assert (entry["decision"], entry["items"] & NOT_DECISIVE) == ("permitted", 0)
    await moved(stage, "offer")
    assert await selection(stage) == before


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("to", ["introduced", "screening", "interview"])
async def test_p8_no_stage_before_the_offer_opens_it(stage: Stage, where: str, to: str) -> None:
    await chosen(stage, where, stage_of_linh=to)
    assert set(codes_of(NOT_DECISIVE)).isdisjoint(await selection(stage))


async def test_p8_contact_and_other_companies_are_as_before(stage: Stage) -> None:
    people = stage.people
    contact = await stage.shown(people.aiko, people.linh, purpose="contact")
    beta = await stage.shown(people.ben, people.tariq_at_beta, purpose="selection")
    await chosen(stage, "agreement")
    again = await stage.shown(people.aiko, people.linh, purpose="contact")
    assert [open_items(row) for row in again.values()] == [open_items(row) for row in contact.values()]
    again = await stage.shown(people.ben, people.tariq_at_beta, purpose="selection")
    assert [open_items(row) for row in again.values()] == [open_items(row) for row in beta.values()]


async def test_p8_where_nothing_else_is_consented_to_the_reason_is_fair_screening(stage: Stage) -> None:
    people = stage.people
    given = people.world.now - people.world.now.resolution
    people.world.consent(people.linh.candidate, people.acme, items=Item.AGE | Item.PHOTO, given_at=given)
    await people.world.write(stage.owner)
    await chosen(stage, "opening")
    assert await stage.shown(people.aiko, people.linh, purpose="selection") == {}
    assert (await stage.entries(action="listed"))[-1]["codes"] == ["fair_screening"]
    assert people.linh.introduction.id not in {row["introduction_id"] for row in await stage.search(people.aiko)}


@pytest.mark.parametrize(
    ("kind", "holds", "codes"),
    [
        ("photo", Item.PHOTO, ["fair_screening"]),
        ("resume_original", ALL_ITEMS & ~Item.RESUME_ORIGINAL, ["fair_screening", "file_holds_more"]),
        ("resume_original", Item.NAME | Item.GENDER, ["fair_screening", "file_holds_more"]),
        ("resume_original", Item.NAME | Item.BACKGROUND, []),
    ],
)
async def test_p8_a_file_that_holds_it_is_closed_as_well(
    stage: Stage, kind: str, holds: Item, codes: list[str]
) -> None:
    people = stage.people
    document: Document = people.world.document(people.linh.candidate, kind, holds=holds)
    await people.world.write(stage.owner)
    await chosen(stage, "agreement")
    rows = await stage.call(people.aiko, OPEN, people.linh.introduction.id, document.id)
    assert bool(rows) == (codes == [])
    assert (await stage.entries(decision="refused" if codes else "permitted"))[-1]["codes"] == codes
    await moved(stage, "offer")
    assert await stage.call(people.aiko, OPEN, people.linh.introduction.id, document.id)


async def test_p8_why_says_what_waits_for_the_offer(stage: Stage) -> None:
    await chosen(stage, "opening")
    sql = (
        "select one ->> 'item' as item from gate.explain($1), jsonb_array_elements(facts -> 'selection_closed') as one"
        " where one -> 'because' = '[\"fair_screening\"]'"
    )
    rows = await stage.call(stage.people.daichi, sql, stage.people.linh.introduction.id)
    assert {row["item"] for row in rows} == set(codes_of(NOT_DECISIVE))


async def test_p8_what_was_signed_with_it_is_not_signed_without_it(stage: Stage) -> None:
    await chosen(stage, "agreement")
    with pytest.raises(Exception, match="what was signed is not altered"):
        await stage.owner.execute("update portal.agreement set fair_screening = false")
