"""P1: where it cannot be read who asks, the data that may not leave Japan stays closed, and everything else opens."""

import pytest

from portal.database.viewer import new_secret
from tests.client import running
from tests.database import Database
from tests.journeys.cast import HAO, LINH, cast

PROXY, UNLISTED, JAPAN = "10.0.0.1", "10.9.9.9", "198.51.100.7"


@pytest.mark.parametrize(
    ("peer", "said", "opens"),
    [
        (PROXY, JAPAN, True), (PROXY, f"{JAPAN}:51000", True), (JAPAN, None, True),
        (PROXY, "203.0.113.7:51000", False), (PROXY, "[2001:db8::7]:443", False), (PROXY, "unknown", False),
        (PROXY, "10.0.0.1", False), (PROXY, None, False), (UNLISTED, JAPAN, False), (JAPAN, "192.168.0.1", False),
    ],
)  # fmt: skip
async def test_p1_an_address_decides_only_where_it_can_be_read(
    database: Database, peer: str, said: str | None, opens: bool
) -> None:
    async with running(database, trusted_proxies=PROXY) as portal:
        people = await cast(portal)
        linh, hao = await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.aoba)
        await portal.owner.execute("update personal.candidate set regime = 'eea' where id = $1", hao.candidate.id)
        await portal.owner.execute("insert into portal.network values ('198.51.100.0/24', 'JP')")
        session = portal.world.session(people.hana, secret=new_secret())
        await portal.written()
        hana = portal.browser(session, peer=peer)
        sent = {} if said is None else {"X-Forwarded-For": said}
        assert linh.name in (await hana.get(linh.page, **sent)).text
        assert (await hana.get(hao.page, **sent)).status == (200 if opens else 404)
