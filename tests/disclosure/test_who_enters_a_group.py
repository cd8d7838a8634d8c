"""A company enters a group whose published list names it; a list that is still to be published is none."""

from uuid import uuid4

import asyncpg
import pytest

from tests.disclosure.keepers import Cast, enlarged
from tests.disclosure.stage import Stage

ADD = "select gate.add_group_member($1, $2)"
OFFERED = "select count(*) from gate.groups_to_enter($1)"
LIST = "select gate.publish_list($1, 'https://g.example', {day}, $2)"


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    """The stage's people, with a group that Acme answers for."""
    return await enlarged(stage)


async def test_a_manager_enters_a_company_that_the_list_names_and_no_other(stage: Stage, cast: Cast) -> None:
    ichiro, group = cast.people["ichiro"], cast.ids["group"]
    stranger = stage.people.world.company("stranger", name="Umi Foods", account_manager=ichiro.account)
    await stage.people.world.write(stage.owner)
    assert await stage.value(ichiro, OFFERED, stranger.id) == 0
    assert await stage.value(ichiro, ADD, group, stranger.id) == "not_listed"
    [entry] = await stage.entries(action="group_member_added")
    assert (entry["decision"], entry["company_id"], list(entry["codes"])) == ("refused", stranger.id, ["not_now"])
    assert await stage.value(cast.people["daichi"], OFFERED, stranger.id) == 0, "it is not theirs"
    listed = LIST.format(day="current_date - 1")
    assert await stage.value(cast.people["daichi"], listed, group, "Acme, Umi Foods Osaka, The Umi Foods")
    assert await stage.value(ichiro, ADD, group, stranger.id) == "not_listed", "another company's name has it in it"
    assert await stage.value(cast.people["daichi"], listed, group, "Acme\n・Ｕｍｉ　Foods（代表 山田）")
    assert await stage.value(ichiro, OFFERED, stranger.id) == 1
    assert await stage.value(ichiro, ADD, group, stranger.id) == "added"
    assert await stage.value(ichiro, ADD, uuid4(), stranger.id) is None


async def test_who_looks_after_the_responsible_company_enters_a_member_before_the_list_names_it(
    stage: Stage, cast: Cast
) -> None:
    daichi, delta = cast.people["daichi"], cast.ids["delta"]
    assert await stage.value(daichi, OFFERED, delta) == 1
    assert await stage.value(daichi, ADD, cast.ids["group"], delta) == "added"


async def test_a_list_of_tomorrow_is_none(stage: Stage, cast: Cast) -> None:
    tomorrow = LIST.format(day="(now() at time zone 'Asia/Tokyo')::date + 1")
    with pytest.raises(asyncpg.CheckViolationError, match="published"):
        await stage.value(cast.people["daichi"], tomorrow, cast.ids["group"], "Acme")
    today = LIST.format(day="(now() at time zone 'Asia/Tokyo')::date")
    assert await stage.value(cast.people["daichi"], today, cast.ids["group"], "Acme")
