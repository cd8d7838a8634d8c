"""Each provision has its record, with the recipient as it was, kept for its time; the employer has one, too.

The points are those of domain facts, section 2 ("Testable points"), one test each.
"""

import csv
import io
from typing import Any

import asyncpg
import pytest

from tests.client import Browser, Portal
from tests.journeys.cast import AUNG, HAO, LINH, Cast, cast
from tests.world import signed_in

FILE = "/provision-records/file?form=csv"


async def kept(portal: Portal) -> list[asyncpg.Record]:
    """The records, after the worker made them."""
    worker = await portal.database.connect("portal_worker")
    await worker.fetchval("select gate.keep_provisions()")
    rows: list[asyncpg.Record] = await portal.owner.fetch("select * from personal.provision order by first_at, id")
    return rows


def table(answer: Any) -> list[dict[str, str]]:
    """A CSV as rows by their headings."""
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def looked(portal: Portal, **of_aoba: Any) -> tuple[Cast, Browser, Any]:
    """Hana of Aoba has looked at Linh."""
    people = await cast(portal, address="東京都千代田区1-1", representative="青葉 一郎", **of_aoba)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    return people, hana, linh


async def test_each_permitted_disclosure_has_its_record_and_nothing_else_has(portal: Portal) -> None:
    people, hana, linh = await looked(portal)
    other = await people.introduce(HAO, people.kita)
    gone = await people.introduce(AUNG, people.aoba, withdrawn_at=portal.world.now)
    await hana.raw("GET", other.page)
    await hana.raw("GET", gone.page)
    sato = await portal.signed_in(people.sato)
    await sato.get(f"/people/{other.candidate.id}")
    (record,) = await kept(portal)
    shown = await portal.owner.fetchval(
        "select bit_or(items) from accesslog.entry where introduction_id = $1 and decision = 'permitted'",
        linh.introduction.id,
    )
    assert (record["candidate_id"], record["items"]) == (linh.candidate.id, shown)
    assert (record["consent_id"], record["agreement_id"]) == (linh.consent.id, people.agreement.id)
    assert await kept(portal) == [record], "what is read twice changes nothing"


async def test_the_recipient_stands_in_it_as_it_was_then(portal: Portal) -> None:
    people, hana, linh = await looked(portal)
    (record,) = await kept(portal)
    await portal.owner.execute("update portal.company set address = '大阪府大阪市2-2' where id = $1", people.aoba.id)
    sato = await portal.signed_in(people.sato)
    (row,) = table(await sato.raw("GET", FILE))
    assert (row["提供先の名称"], row["提供先の住所"], row["提供先の代表者"]) == (
        "Aoba Foods",
        "東京都千代田区1-1",
        "青葉 一郎",
    )
    assert (row["本人の氏名"], row["紹介番号"]) == (linh.name, linh.introduction.code)
    assert "氏名" in row["提供した個人データの項目"]
    assert "同意" in row["本人の同意"]
    await portal.owner.execute(
        "update portal.company set identity_changed_at = null, stood_as = null where id = $1", people.aoba.id
    )
    await hana.get(linh.page)
    _first, later = await kept(portal)
    assert later["particulars_id"] != record["particulars_id"]
    assert [one["提供先の住所"] for one in table(await sato.raw("GET", FILE))] == [
        "大阪府大阪市2-2",
        "東京都千代田区1-1",
    ]


async def test_a_batch_is_kept_three_years_from_the_last_and_a_contract_one(portal: Portal) -> None:
    people, hana, linh = await looked(portal)
    (record,) = await kept(portal)
    await hana.get(linh.page)
    (again,) = await kept(portal)
    assert (again["id"], again["first_at"]) == (record["id"], record["first_at"])
    assert again["last_at"] > record["last_at"]
    until = "select gate.provision_kept_until(provision) from personal.provision"
    assert (await portal.owner.fetchval(until)).year == again["last_at"].year + 3
    worker = await portal.database.connect("portal_worker")
    past = "update personal.provision set last_at = now() - $1::interval, first_at = now() - interval '4 years'"
    await portal.owner.execute(past.replace("$1", "'2 years 364 days'"))
    assert await worker.fetchval("select gate.forget_provisions()") == 0
    sato = await portal.signed_in(people.sato)
    await sato.get("/provision-records")
    page = await sato.submit(f"/provision-records/{record['id']}/contract", contract="K-2026-1")
    assert "kept for a year" in page.text
    assert await worker.fetchval("select gate.forget_provisions()") == 1
    assert await portal.owner.fetchval("select count(*) from personal.provision") == 0
    (entry,) = await portal.log("action = 'provisions_forgotten'")
    assert entry["role"] == "operator_program"
    assert await worker.fetchval("select gate.forget_provisions(now() + interval '9 years')") == 0, (
        "nothing ahead of time"
    )


async def test_whoever_is_named_in_a_file_has_an_entry_and_the_list_names_nobody(portal: Portal) -> None:
    people, _hana, linh = await looked(portal)
    await kept(portal)
    sato = await portal.signed_in(people.sato)
    page = await sato.get("/provision-records")
    assert linh.introduction.code in page.text
    assert linh.name not in page.response.text
    assert await portal.log("action = 'provision_named'") == []
    assert linh.name in (await sato.raw("GET", FILE)).content.decode()
    (entry,) = await portal.log("action = 'provision_named'")
    side = "select candidate_id from accesslog.entry_subject where entry_id = $1"
    assert await portal.owner.fetchval(side, entry["id"]) == linh.candidate.id
    for narrowed, many in (
        ("number=SK-000000", 0),
        (f"number={linh.introduction.code}", 1),
        (f"company={people.kita.id}", 0),
    ):
        assert len(table(await sato.raw("GET", f"{FILE}&{narrowed}"))) == many


async def test_the_employers_own_record_names_the_provider_and_how_it_was_acquired(portal: Portal) -> None:
    people, _hana, linh = await looked(portal)
    rika = portal.world.account("rika", "employer_admin", people.aoba)
    ken = portal.world.account("kei", "employer_admin", people.kita)
    await portal.written()
    await kept(portal)
    admin = await portal.signed_in(rika)
    page = await admin.get("/received-records")
    assert linh.introduction.code in page.text
    (row,) = table(await admin.raw("GET", "/received-records/file?form=csv"))
    assert row["提供元の名称"]
    assert "取得" in row["提供元による取得の経緯"] or "提供" in row["提供元による取得の経緯"]
    assert row["本人を特定する事項（紹介番号）"] == linh.introduction.code
    assert linh.name not in str(row)
    pdf = await admin.raw("GET", "/received-records/file?form=pdf")
    assert (pdf.status_code, pdf.content[:5], b"/Sig" in pdf.content) == (200, b"%PDF-", True)
    assert table(await (await portal.signed_in(ken)).raw("GET", "/received-records/file?form=csv")) == []


async def test_the_placement_register_tells_introductions_with_their_results(portal: Portal) -> None:
    people, hana, linh = await looked(portal)
    await hana.get(linh.page)
    await hana.decide(linh.page, result="not_hired", reason="position_filled", note="")
    sato = await portal.signed_in(people.sato)
    text = (await sato.raw("GET", "/provision-records/register?form=csv")).content.decode("utf-8-sig")
    seekers, offers = text.split("求人管理簿")
    for part in (seekers, offers):
        assert "不採用" in part
        assert linh.introduction.code in part
    assert linh.name in seekers
    assert linh.name not in offers
    (entry,) = await portal.log("action = 'register_named'")
    assert entry["introduction_id"] == linh.introduction.id


@pytest.mark.parametrize("path", [FILE, "/provision-records", "/provision-records/register?form=pdf"])
async def test_nobody_but_compliance_reads_them(portal: Portal, path: str) -> None:
    people, hana, _linh = await looked(portal)
    assert (await hana.raw("GET", path)).status_code == 404
    assert (await (await portal.signed_in(people.mori)).raw("GET", path)).status_code == 404


async def test_nobody_is_named_without_an_entry_whatever_asks_the_gate(portal: Portal) -> None:
    people, _hana, linh = await looked(portal)
    rika = portal.world.account("rika", "employer_admin", people.aoba)
    await portal.written()
    await kept(portal)
    await portal.owner.execute("update personal.provision set contract = 'Filed under 12'")
    sato, admin = await portal.signed_in(people.sato), await portal.signed_in(rika)
    web = await portal.database.connect("portal_web")

    async def told(secret: str, call: str) -> list[str]:
        async with signed_in(web, secret):
            return [str(row) for row in await web.fetch(f"select * from gate.{call}")]

    listed = "provisions(null, null, null, null, null, null, false, 25, {})"
    (row,) = await told(sato.secret, listed.format("null"))
    assert linh.name not in row
    (row,) = await told(sato.secret, listed.format("'csv'"))
    assert linh.name in row
    assert len(await portal.log("action = 'provision_named'")) == 1
    (row,) = await told(admin.secret, "received_provisions(null, 25)")
    assert "Filed under" not in row, "a contract is the person's with the operator"
