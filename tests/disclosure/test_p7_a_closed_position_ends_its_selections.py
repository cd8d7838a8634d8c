"""P7: a closed position ends its selections, invents no outcome, and leaves contact for the agreement's days."""

import pytest

from portal.candidates.items import CONTACT_ITEMS, codes_of
from tests.disclosure.stage import Stage, open_items
from tests.facts import DAY

CLOSE = "update portal.opening set status = 'closed' where id = $1"
CONTACT = set(codes_of(CONTACT_ITEMS))


async def test_p7_closing_binds_the_next_transaction_and_leaves_contact(stage: Stage) -> None:
    linh = stage.people.linh
    assert "background" in open_items((await stage.shown(stage.people.aiko, linh))[linh.introduction.id])
    await stage.owner.execute(CLOSE, linh.introduction.opening.id)
    assert open_items((await stage.shown(stage.people.aiko, linh))[linh.introduction.id]) == CONTACT
    assert await stage.shown(stage.people.aiko, linh, purpose="selection") == {}
    assert (await stage.entries(action="listed"))[-1]["codes"] == ["opening_closed"]
    assert (
        await stage.owner.fetchval(
            "select count(*) from personal.outcome where introduction_id = $1", linh.introduction.id
        )
        == 0
    )
    assert await stage.found(stage.people.aiko, decided=True) == {"paz"}, "nothing was decided by closing"


@pytest.mark.parametrize(("days", "opens"), [(29, True), (30, False)])
async def test_p7_contact_ends_with_the_agreements_days_after_the_closing(
    stage: Stage, days: int, *, opens: bool
) -> None:
    linh = stage.people.linh
    await stage.owner.execute(CLOSE, linh.introduction.opening.id)
    await stage.owner.execute(
        "update portal.opening set closed_at = $1 where status = 'closed'", stage.people.world.now - days * DAY
    )
    assert (linh.introduction.id in await stage.shown(stage.people.aiko, linh)) == opens


async def test_p7_a_position_that_is_opened_again_opens_its_selections(stage: Stage) -> None:
    linh = stage.people.linh
    await stage.owner.execute(CLOSE, linh.introduction.opening.id)
    await stage.owner.execute("update portal.opening set status = 'open'")
    assert "background" in open_items((await stage.shown(stage.people.aiko, linh))[linh.introduction.id])
    assert await stage.owner.fetchval("select count(closed_at) from portal.opening") == 0


async def test_p7_an_outcome_can_still_be_recorded_and_why_says_what_closed_it(stage: Stage) -> None:
    linh = stage.people.linh
    await stage.owner.execute(CLOSE, linh.introduction.opening.id)
    (row,) = await stage.call(
        stage.people.daichi, "select selection_reasons from gate.explain($1)", linh.introduction.id
    )
    assert row["selection_reasons"] == ["opening_closed"]
    put = "select gate.put_outcome($1, 'not_hired', 'position_filled', null, false) as done"
    (row,) = await stage.call(stage.people.aiko, put, linh.introduction.id)
    assert row["done"] == "recorded"
