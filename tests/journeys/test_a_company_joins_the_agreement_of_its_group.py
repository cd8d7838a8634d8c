"""Aoba signs for its group; Umi joins and sees who consented to Umi; once it left, or came late, it sees nobody."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.agreements.signatures import signed_by_company, to_be_signed
from tests.agreements.templates import from_template, write_template
from tests.client import Browser, Portal
from tests.facts import DAY, Agreement, Company, Group
from tests.journeys.cast import HAO, LINH, Cast, cast
from tests.signed import as_if_signed

UMI = {"corporate_number": "8999901000033", "address": "Tokyo", "representative": "Umi Jiro"}
JOINING = {
    "begins": "2026-01-01", "signed_on": "2026-01-01", "signatory_name": "Umi Jiro", "signatory_title": "President",
    "signatory_authority": "Company register", "evidence": "cabinet 3",
}  # fmt: skip


@dataclass
class Grouped:
    """The cast with a group of Aoba and Umi, its agreement, and who works on it."""

    people: Cast
    umi: Company
    group: Group
    agreement: Agreement
    mori: Browser
    sato: Browser


async def grouped(portal: Portal) -> Grouped:
    """Both companies are Mori's; Umi has a recruiter, Kai, and no agreement of its own."""
    people = await cast(portal)
    umi = portal.world.company("umi", name="Umi Foods", account_manager=people.mori, **UMI)
    await portal.written()
    group = portal.world.group(people.aoba, umi, name="Nami Group")
    agreement = portal.world.group_agreement(group, people.aoba, umi)
    await portal.written()
    mori, sato = await portal.signed_in(people.mori), await portal.signed_in(people.sato)
    return Grouped(people, umi, group, agreement, mori, sato)


async def reasons(portal: Portal, of: Any, after: timedelta = timedelta(0)) -> set[str]:
    """Why nothing is open of an introduction, by the rule; empty when something is."""
    codes = (
        "select gate.reason_codes(selection_reasons) from gate.standing_at(now() + $2, null) where introduction_id = $1"
    )
    return set(await portal.owner.fetchval(codes, of.introduction.id, after))


async def test_a_member_joins_and_consent_to_another_member_opens_nothing(portal: Portal) -> None:
    made = await grouped(portal)
    to_umi = await made.people.introduce(LINH, made.umi)
    candidate = (await made.people.introduce(HAO, made.people.aoba)).candidate
    without = portal.world.introduction(candidate, made.umi)
    await portal.written()
    assert await reasons(portal, to_umi) == {"agreement_not_in_force", "group_agreement_not_joined"}
    page = await made.sato.get(f"/groups/{made.group.id}")
    assert "Listed, not joined yet" in page.text
    join = f"/groups/{made.group.id}/join/{made.umi.id}"
    assert page.links(join) == [join]
    page = await made.sato.get(join)
    assert [one.rsplit("opens", 1)[1] for one in page.texts("section[aria-labelledby=effect] li")] == [
        " for 1 introduction"
    ] * 2
    assert (
        await portal.owner.fetchval("select count(*) from portal.agreement where joined_agreement_id is not null") == 0
    )
    assert (await made.mori.raw("GET", join)).status_code == 404
    page = await made.sato.submit(join, **JOINING)
    assert "The company has joined." in page.text
    assert "Joined" in page.texts("section[aria-labelledby=members] li")[1]
    kai = portal.world.account("kai", "recruiter", made.umi)
    await portal.written()
    hers = await portal.signed_in(kai)
    assert to_umi.name not in (await hers.get(to_umi.page)).response.text, "the undertaking is not accepted yet"
    await hers.get("/agreement")
    await hers.undertake()
    assert to_umi.name in (await hers.get(to_umi.page)).text
    assert (await hers.raw("GET", f"/candidates/{without.id}")).status_code == 404
    codes = await portal.owner.fetchval(
        "select gate.reason_codes(selection_reasons) from gate.standing where introduction_id = $1", without.id
    )
    assert codes == ["consent_not_given"]
    [entry] = await portal.log("action = 'group_agreement_joined'")
    assert (entry["actor_id"], entry["company_id"]) == (made.people.sato.id, made.umi.id)


async def test_a_member_that_leaves_is_closed_that_second(portal: Portal) -> None:
    made = await grouped(portal)
    linh = await made.people.introduce(LINH, made.umi)
    join, leave = f"/groups/{made.group.id}/join/{made.umi.id}", f"/companies/{made.umi.id}/group/leave"
    await made.sato.get(join)
    await made.sato.submit(join, **JOINING)
    assert await reasons(portal, linh) == set()
    page = await made.mori.get(leave)
    assert "closes for 1 introduction" in page.text
    assert (await made.mori.submit(leave)).status == 422
    assert await reasons(portal, linh) == set()
    page = await made.mori.submit(leave, sure="yes")
    assert "The company has left the group." in page.text
    assert "Left the group" in page.text
    assert await reasons(portal, linh) == {"agreement_not_in_force", "group_left"}
    page = await made.mori.get(f"/introductions/{linh.introduction.id}")
    assert "The company has left the group whose agreement it was under" in page.text
    assert "an agreement of its own" in page.text
    enter = f"/companies/{made.umi.id}/group"
    await made.mori.get(enter)
    assert "The company is in the group." in (await made.mori.submit(enter, group=str(made.group.id))).text
    assert "group_left" in await reasons(portal, linh), "coming back does not bring back what was joined before"
    await made.mori.get(f"/companies/{made.people.aoba.id}/group/leave")
    page = await made.mori.submit(f"/companies/{made.people.aoba.id}/group/leave", sure="yes")
    assert "the company answers for the group" in page.text


async def test_who_came_after_the_signature_or_has_another_agreement_does_not_join(portal: Portal) -> None:
    made = await grouped(portal)
    late = portal.world.company(
        "late", name="Late Foods", account_manager=made.people.mori, **{**UMI, "corporate_number": None}
    )
    await portal.written()
    linh = await made.people.introduce(LINH, late)
    enter = f"/companies/{late.id}/group"
    await made.mori.get(enter)
    await made.mori.submit(enter, group=str(made.group.id))
    assert await reasons(portal, linh) == {"agreement_not_in_force", "group_agreement_not_joined"}
    assert "Not in the list as signed" in (await made.mori.get(f"/groups/{made.group.id}")).text
    join = f"/groups/{made.group.id}/join/{late.id}"
    await made.sato.get(join)
    page = await made.sato.submit(join, **JOINING)
    assert (page.status, "The agreement does not list this company" in page.text) == (422, True)
    assert page.form(join).values["evidence"] == "cabinet 3"

    own = portal.world.agreement(made.umi, expires_at=portal.world.now + 30 * DAY)
    await portal.written()
    join = f"/groups/{made.group.id}/join/{made.umi.id}"
    await made.sato.get(join)
    page = await made.sato.submit(join, **JOINING)
    assert "Another agreement of this company is in force then." in page.text
    after = (portal.world.now + 32 * DAY).date().isoformat()
    assert "The company has joined." in (await made.sato.submit(join, **{**JOINING, "begins": after})).text
    umi = await made.people.introduce(HAO, made.umi)
    assert await reasons(portal, umi) == await reasons(portal, umi, 40 * DAY) == set()
    await as_if_signed(portal.owner, "update portal.agreement set terminated_at = now() where id = $1", own.id)
    assert await reasons(portal, umi) >= {"agreement_not_in_force"}


async def test_the_end_of_the_group_agreement_ends_what_was_joined(portal: Portal) -> None:
    made = await grouped(portal)
    linh = await made.people.introduce(LINH, made.umi)
    join = f"/groups/{made.group.id}/join/{made.umi.id}"
    await made.sato.get(join)
    await made.sato.submit(join, **JOINING)
    assert await reasons(portal, linh) == set()
    await portal.owner.execute("update portal.agreement set terminated_at = now() where id = $1", made.agreement.id)
    assert await reasons(portal, linh) == {"agreement_not_in_force"}


async def test_a_group_is_made_and_its_agreement_is_drafted_with_its_members(portal: Portal) -> None:
    people = await cast(portal)
    umi = portal.world.company("umi", name="Umi Foods", account_manager=people.mori, **UMI)
    etsuko = portal.world.account("etsuko", "compliance")
    await portal.written()
    await write_template(portal.owner, etsuko, people.sato)
    mori = await portal.signed_in(people.mori)
    new = f"/companies/{people.aoba.id}/group/new"
    await mori.get(new)
    given = {"name": "Nami Group", "published_on": "2026-01-05", "list_text": "Aoba Foods"}
    page = await mori.submit(new, **given, address="group.example")
    assert (page.status, "beginning with https://" in page.text) == (422, True)
    page = await mori.submit(new, **given, address="https://group.example/list")
    assert "The group is made." in page.text
    group = page.path
    enter = f"/companies/{umi.id}/group"
    assert (await mori.get(enter)).texts(".names li") == ["Nami Group (Aoba Foods)"]
    assert 'value="Nami Group (Aoba Foods)"' in (await mori.post(f"{enter}/called", group="nami")).text
    await mori.get(enter)
    assert "is called that" in (await mori.submit(enter, group="other")).text
    await mori.submit(enter, group="Nami Group (Aoba Foods)")
    draft = portal.world.agreement(people.aoba, company_signed_at=None, operator_signed_at=None, territory=["JP"])
    draft.expires_at = portal.world.now + 400 * DAY
    from_template(draft, 1)
    await portal.written()
    await portal.owner.execute(
        "update portal.agreement set group_id = (select id from portal.company_group) where id = $1", draft.id
    )
    row = "select text, lacks, group_terms, terms_digest from portal.agreement where id = $1"
    was = await portal.owner.fetchrow(row, draft.id)
    assert was["lacks"] == ["group_list_missing"], "the list does not name Umi"
    assert "Nami Group（公表リスト第1版、2026年1月5日公表、https://group.example/list）" in was["text"]
    assert "Umi Foods（8999901000033）" in was["text"]
    await mori.get(f"{group}/list")
    page = await mori.submit(f"{group}/list", published_on="2026-02-05", list_text="Aoba Foods, Umi Foods")
    assert "The list is kept." in page.text
    now = await portal.owner.fetchrow(row, draft.id)
    assert (now["lacks"], now["terms_digest"] == was["terms_digest"]) == (None, False)
    assert [one["name"] for one in json.loads(now["group_terms"])["members"]] == ["Aoba Foods", "Umi Foods"]
    await portal.owner.execute("update portal.agreement set company_signed_at = now() where id = $1", draft.id)
    await portal.owner.execute("update portal.group_member set until = now() where company_id = $1", umi.id)
    signed = await portal.owner.fetchrow(row, draft.id)
    assert signed["group_terms"] == now["group_terms"], "its members are those of its signature"


async def test_a_draft_of_its_own_is_refused_while_it_is_under_its_groups(portal: Portal) -> None:
    made = await grouped(portal)
    etsuko = portal.world.account("etsuko", "compliance")
    await portal.written()
    await write_template(portal.owner, etsuko, made.people.sato)
    join = f"/groups/{made.group.id}/join/{made.umi.id}"
    await made.sato.get(join)
    await made.sato.submit(join, **JOINING)
    new = f"/companies/{made.umi.id}/agreements/new"
    await made.mori.get(new)
    chosen = {
        "begins": "2026-01-01", "ends": "2027-12-31", "signatory_name": "Umi Jiro", "signatory_title": "President",
        "signatory_email": "jiro@umi.example", "signatory_authority": "register", "replaces": "yes",
        "mail_checked": "yes",
    }  # fmt: skip
    page = await made.mori.submit(new, **chosen)
    assert (page.status, "The company is under the agreement of its group then." in page.text) == (422, True)
    assert "for_group" not in page.form(new).names, "it answers for no group"
    await made.mori.post(new, **page.form(new).filled(chosen), for_group="yes")
    assert not await portal.owner.fetchval("select count(*) from portal.agreement where template_version is not null")


async def test_nobody_administrates_two_companies_of_a_group_with_one_address(portal: Portal) -> None:
    made = await grouped(portal)
    admin = portal.world.account("chie", "employer_admin", made.people.aoba)
    await portal.written()
    path = f"/companies/{made.umi.id}/people/new"
    await made.mori.get(path)
    page = await made.mori.submit(path, display_name="Chie", email=admin.email, role="employer_admin", locale="ja")
    assert (page.status, "needs an address of their own at each" in page.text) == (422, True)
    assert "an account belongs to one company" in page.text


async def test_an_agreement_on_its_way_is_not_countersigned_once_the_company_has_joined(portal: Portal) -> None:
    made = await grouped(portal)
    own = await to_be_signed(portal, made.umi)
    await signed_by_company(portal.owner, own)
    join, sign = f"/groups/{made.group.id}/join/{made.umi.id}", f"/countersign/{own.id}"
    await made.sato.get(join)
    assert "The company has joined." in (await made.sato.submit(join, **JOINING)).text
    await made.sato.get(sign)
    page = await made.sato.submit(sign)
    assert "Nothing was signed: the company is under the agreement of its group." in page.text
    assert await portal.owner.fetchval("select operator_signed_at from portal.agreement where id = $1", own.id) is None
