"""What the signatory of a group agreement signs is its text of that moment: what was shown before is refused."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.agreements.signatures import DECLARATION, link_session, sent, to_be_signed
from tests.client import Portal, running
from tests.database import Database
from tests.facts import Agreement
from tests.journeys.cast import cast

SIGN = "select gate.sign_agreement($1, $2, 'ja', $3, 'Ada Acme', 'President')"
ROW = "select terms_digest, text_digest, text, company_signed_at from portal.agreement where id = $1"
MEANWHILE = {
    "a member moved abroad": "update portal.company set country = 'SG' where name = 'Umi Foods'",
    "a member is called otherwise": "update portal.company set name = 'Foods' where name = 'Umi Foods'",
}


@pytest.fixture
async def portal(database: Database) -> AsyncIterator[Portal]:
    async with running(database) as started:
        yield started


async def drafted(portal: Portal) -> Agreement:
    """An agreement for a group of two, sent to its signatory."""
    people = await cast(portal)
    umi = portal.world.company("umi", name="Umi Foods")
    await portal.written()
    group = portal.world.group(people.aoba, umi)
    await portal.written()
    said = f"For {group.name}: {people.aoba.name}, {umi.name}"
    made = await to_be_signed(portal, people.aoba, group=group, said_group=said)
    await sent(portal.owner, made)
    return made


async def signs(web: asyncpg.Connection, secret: str, shown: asyncpg.Record) -> object:
    """Sign what was shown."""
    async with web.transaction():
        await web.fetch("select * from gate.arrive($1, '{}')", secret)
        return await web.fetchval(SIGN, shown["terms_digest"], shown["text_digest"], DECLARATION)


@pytest.mark.parametrize("meanwhile", MEANWHILE)
async def test_p4_what_was_shown_before_a_member_changed_is_not_signed(portal: Portal, meanwhile: str) -> None:
    made = await drafted(portal)
    secret = await link_session(portal.owner, made)
    web = await portal.database.connect("portal_web")
    shown = await portal.owner.fetchrow(ROW, made.id)
    await portal.owner.execute(MEANWHILE[meanwhile])
    assert await signs(web, secret, shown) == "over", "the link was for what it said then"
    now = await portal.owner.fetchrow(ROW, made.id)
    assert (now["company_signed_at"], now["terms_digest"] != shown["terms_digest"]) == (None, True)
    await sent(portal.owner, made)
    assert await signs(web, await link_session(portal.owner, made), now) == "signed"
    assert (await portal.owner.fetchrow(ROW, made.id))["terms_digest"] == now["terms_digest"]
