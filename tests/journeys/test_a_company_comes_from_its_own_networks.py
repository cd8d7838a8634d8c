"""Mori names the networks that Aoba may come from: whom that shuts out is said first; it binds at the next click."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.database.viewer import new_secret
from portal.operate.check_networks import country_file_check
from portal.settings import Settings
from portal.values.networks import networks
from portal.values.wrong import Wrong
from tests.client import Portal, running
from tests.country_files import write_country_file
from tests.database import Database
from tests.journeys.cast import HAO, LINH, cast

OFFICE, ELSEWHERE = "192.168.7.7", "10.9.9.9"


async def test_from_elsewhere_nobody_is_shown_and_it_is_said_why(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    world = portal.world
    sessions = [world.session(people.hana, secret=new_secret(), ip=ip) for ip in (OFFICE, ELSEWHERE)]
    await portal.written()
    office, home = portal.browser(sessions[0], peer=OFFICE), portal.browser(sessions[1], peer=ELSEWHERE)
    mori = await portal.signed_in(people.mori)
    address = f"/companies/{people.aoba.id}/networks"
    page = await mori.get(f"/companies/{people.aoba.id}")
    assert "Its people may come from any network." in page.text
    await mori.get(address)
    page = await mori.submit(address, networks="198.51.100.0/24")
    assert "Country not known" in page.text
    assert "0 introductions that are open in Japan are closed there." in page.text
    page = await mori.submit(address, networks="192.168.7.0/24")
    assert "1 of them comes from another network." in page.text
    assert "1 introduction that is open now closes to them" in page.text
    assert linh.name in (await home.get(linh.page)).text, "nothing was saved yet"
    page = await mori.submit(address)
    assert (page.path, "192.168.7.0/24" in page.text) == (f"/companies/{people.aoba.id}", True)
    assert linh.name in (await office.get(linh.page)).text
    page = await home.get("/candidates")
    assert "Your company has candidates shown in its own networks alone" in page.text
    assert (await home.get(linh.page)).title.startswith("Candidates")
    for path in ("resume.pdf?form=ja&calendar=era", f"documents/{linh.document}"):
        assert (await home.raw("GET", f"{linh.page}/{path}")).status_code == 404
    assert (await home.post(f"{linh.page}/contact")).status_code == 404
    [entry] = await portal.log("action = 'company_networks_changed'")
    assert (entry["decision"], entry["facts"]) == ("permitted", '{"networks": 1}')
    refused = await portal.log("action = 'contact_revealed'")
    assert [one["reasons"] for one in refused] == [["network_outside_company"]]
    await mori.get(address)
    await mori.submit(address, networks="")
    await mori.submit(address)
    assert linh.name in (await home.get(linh.page)).text


async def test_bad_input_comes_back_and_two_managers_lose_nothing(portal: Portal) -> None:
    people = await cast(portal)
    first, second = await portal.signed_in(people.mori), await portal.signed_in(people.mori)
    address = f"/companies/{people.aoba.id}/networks"
    page = await first.get(address)
    page = await first.submit(address, networks="192.168.7.0/24\nthe office")
    assert page.status == 422
    assert "the is no network." in page.text
    assert "192.168.7.0/24" in page.response.text
    await first.submit(address, networks="192.168.7.0/24")
    await second.get(address)
    await second.submit(address, networks="10.0.0.0/24")
    await second.submit(address)
    page = await first.submit(address)
    assert page.status == 422
    assert "It says now: 10.0.0.0/24." in page.text
    await first.submit(address)
    stands = await portal.owner.fetch("select range::text from portal.company_network")
    assert [one["range"] for one in stands] == ["192.168.7.0/24"]
    for account, company in ((people.mori, people.kita), (people.hana, people.aoba), (people.abe, people.aoba)):
        browser = await portal.signed_in(account)
        answer = await browser.post(f"/companies/{company.id}/networks", networks="10.0.0.0/24", weighed="=10.0.0.0/24")
        assert answer.status_code == 404
    assert await portal.owner.fetchval("select count(*) from portal.company_network") == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("203.0.113.7/24", "names an address inside a network"), ("0.0.0.0/0", "too wide"), ("::/8", "too wide"),
        ("203.0.113.0/33", "is no network"), (" ".join(f"10.0.{one}.0/24" for one in range(51)), "at most"),
    ],
)  # fmt: skip
def test_what_is_no_network_of_a_company_is_refused(written: str, said: str) -> None:
    with pytest.raises(Wrong, match=said):
        networks(written)


def test_networks_are_read_in_any_width_once_and_in_order() -> None:
    read = networks("２０３．０．１１３．０/24, 2001:db8::/32\n10.0.0.7 10.0.0.7")
    assert [str(one) for one in read] == ["10.0.0.7/32", "203.0.113.0/24", "2001:db8::/32"]


async def test_p1_what_a_file_puts_outside_japan_counts_as_abroad(database: Database, tmp_path: Path) -> None:
    path = write_country_file(tmp_path / "c.mmdb", {"198.51.100.0/25": "SG", "203.0.113.0/24": "JP"}, 1_764_000_000)
    async with running(database, country_file=path) as portal:
        people = await cast(portal)
        linh, hao = await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.aoba)
        await portal.owner.execute("update personal.candidate set regime = 'eea' where id = $1", hao.candidate.id)
        await portal.owner.execute("insert into portal.network values ('198.51.100.0/24', 'JP')")
        session = portal.world.session(people.hana, secret=new_secret())
        await portal.written()
        for peer, opens in (
            ("198.51.100.7", False), ("198.51.100.200", True), ("203.0.113.7", True), ("192.0.2.1", False),
        ):  # fmt: skip
            hana = portal.browser(session, peer=peer)
            assert linh.name in (await hana.get(linh.page)).text
            assert (peer, (await hana.get(hao.page)).status) == (peer, 200 if opens else 404)
        reasons = [one["reasons"] for one in await portal.log("action = 'page_shown' and decision <> 'permitted'")]
        assert reasons == [["network_outside_japan"], ["network_country_unknown"]]
        mori = await portal.signed_in(people.mori)
        await portal.owner.execute("insert into portal.company_network values ($1, '198.51.100.0/26')", people.aoba.id)
        page = await mori.get(f"/companies/{people.aoba.id}")
        assert "Outside Japan: Singapore" in page.text
        assert "1 introduction is open in Japan alone." in page.text


async def test_what_a_country_abroad_closes_is_counted_on_the_companys_page(portal: Portal) -> None:
    people = await cast(portal)
    abroad = portal.world.company("merlion", country="SG", account_manager=people.mori)
    portal.world.agreement(abroad)
    await people.introduce(LINH, abroad)
    hao = await people.introduce(HAO, abroad)
    await portal.owner.execute("update personal.candidate set regime = 'eea' where id = $1", hao.candidate.id)
    mori = await portal.signed_in(people.mori)
    page = await mori.get(f"/companies/{abroad.id}")
    assert "This company is outside Japan." in page.text
    assert "1 introduction is closed, because the person's data must stay in Japan." in page.text
    assert "2 introductions are closed, because the notice shown says nothing of the company's country." in page.text
    assert "outside Japan" not in (await mori.get(f"/companies/{people.aoba.id}")).text


def test_the_doctor_says_whether_the_file_is_there_and_how_old(tmp_path: Path) -> None:
    made = datetime(2026, 11, 1, tzinfo=UTC)
    path = write_country_file(tmp_path / "c.mmdb", {"203.0.113.0/24": "JP"}, int(made.timestamp()))
    settings = Settings(home=tmp_path, country_file=path)
    young, old = (country_file_check(settings, made + timedelta(days=days)) for days in (30, 46))
    assert (young.state, young.found) == ("ok", "Test-Country of 2026-11-01, 30 days old")
    assert (old.state, old.remedy != "") == ("failed", True)
    path.write_bytes(b"no country file")
    assert country_file_check(settings).state == "failed"
    assert country_file_check(Settings(home=tmp_path)).state == "ok"
