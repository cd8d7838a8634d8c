"""A birth that is corrected takes an uploaded file out of use that shows the age alone: it has the former one."""

import pytest

from portal.candidates.items import Item
from tests.disclosure.stage import Stage

CORRECT = "select gate.correct_items($1, $2, 'staff', 'paper', 'the passport')"
OPEN = "select count(*) from personal.document where candidate_id = $1 and replaced_at is null"


@pytest.mark.parametrize(
    ("said", "stays"), [('{"date_of_birth": "1990-05-01"}', 0), ('{"gender": "another"}', 1)], ids=["birth", "gender"]
)
async def test_the_former_age_is_not_shown_by_a_file(stage: Stage, said: str, stays: int) -> None:
    people, linh = stage.people, stage.people.linh.candidate
    people.world.document(linh, "resume_original", holds=Item.AGE)
    await people.world.write(stage.owner)
    assert await stage.value(people.emi, CORRECT, linh.id, said) == "corrected"
    assert await stage.owner.fetchval(OPEN, linh.id) == stays
