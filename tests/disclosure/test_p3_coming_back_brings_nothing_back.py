"""P3: what a company had joined stays closed once it left the group, whenever the act that brings it back began."""

from tests.disclosure.keepers import enlarged, left_open
from tests.disclosure.stage import Stage

JOIN = "select gate.join_group_agreement($1, $2, now(), now(), 'Ada', 'President', 'register', 'x')"
IN_FORCE = "select gate.in_force(agreement, now()) from portal.agreement where joined_agreement_id is not null"


async def test_p3_an_act_that_began_before_it_joined_does_not_bring_it_back(stage: Stage) -> None:
    cast = await enlarged(stage)
    group, member, ichiro = cast.ids["group"], cast.ids["member"], cast.people["ichiro"]
    async with left_open(stage, ichiro) as early:
        assert await stage.value(stage.people.emi, JOIN, member, cast.ids["shared"]) == "joined"
        assert await stage.owner.fetchval(IN_FORCE)
        assert await stage.value(ichiro, "select gate.leave_group($1)", member) == "left"
        assert not await stage.owner.fetchval(IN_FORCE)
        assert await early.fetchval("select gate.add_group_member($1, $2)", group, member) == "added"
    assert not await stage.owner.fetchval(IN_FORCE)
