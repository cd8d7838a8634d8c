"""P3: a company leaves its group at once, whoever holds the text that the group is to sign next."""

from typing import Any

from tests.disclosure.keepers import enlarged, left_open
from tests.disclosure.stage import Stage

LEAVE = "select gate.leave_group($1)"
MEMBERS = "select jsonb_array_length(group_terms -> 'members') from portal.agreement where id = $1"


async def test_p3_a_text_that_is_held_keeps_no_member_in_the_group(stage: Stage) -> None:
    cast = await enlarged(stage)
    group, member = cast.ids["group"], cast.ids["member"]
    unsigned: dict[str, Any] = {"company_signed_at": None, "operator_signed_at": None, "evidence": None}
    draft = stage.people.world.agreement(stage.people.acme, **unsigned, effective_at=stage.people.world.now)
    await stage.people.world.write(stage.owner)
    await stage.owner.execute("update portal.agreement set group_id = $2 where id = $1", draft.id, group)
    assert await stage.owner.fetchval(MEMBERS, draft.id) == 2
    async with left_open(stage, cast.people["daichi"]) as held:
        await held.fetchval("select gate.withdraw_agreement($1)", draft.id)
        assert await stage.value(cast.people["ichiro"], LEAVE, member) == "left"
    assert await stage.owner.fetchval("select count(*) from portal.group_member where until is null") == 1
