"""Sato drafts a template and Abe of compliance approves it; Mori drafts an agreement from it and sees what it opens."""

import json

import pytest

from portal.agreements.handlers.offering import LEAST
from portal.candidates.items import codes_of
from portal.demo.template import write_template
from tests.client import Browser, Portal
from tests.facts import DAY
from tests.journeys.cast import LINH, Cast, cast
from tests.page import Page

CHOSEN = {
    "begins": "2026-01-01",
    "ends": "2027-12-31",
    "signatory_name": "Aoba Taro",
    "signatory_title": "President",
    "signatory_email": "taro@aoba.example",
    "signatory_authority": "Company register",
    "replaces": "yes",
}


PARTICULARS = """
update portal.agreement
set company_address = 'Tokyo', company_representative = 'Ada', company_country = 'JP', company_corporate_number = '1',
    operator_name = 'Shokai', operator_address = 'Tokyo', operator_representative = 'Olga'
where template_version is not null returning id
"""


async def approved(portal: Portal, people: Cast) -> Browser:
    """A template that another approved; whoever drafted it."""
    sato = await portal.signed_in(people.sato)
    other = await portal.signed_in(portal.world.account("etsuko", "compliance"))
    await sato.get("/agreement-templates/new")
    page = await sato.submit("/agreement-templates/new")
    assert "Another person of compliance approves it." in page.text
    assert "You drafted it" in page.text
    await other.get(page.path)
    page = await other.submit(f"{page.path}/approve")
    assert "The template is approved." in page.text
    return sato


async def draft(mori: Browser, company: object, **changed: str) -> Page:
    """What the page answers to a draft for this company."""
    address = f"/companies/{company}/agreements/new"
    offered = (await mori.get(address)).form(address).names
    given = {name: one for name, one in {**CHOSEN, **changed}.items() if name != "replaces" or name in offered}
    if not given.get("replaces", "yes"):
        del given["replaces"]
    return await mori.submit(address, **given)


async def test_whoever_drafted_a_template_does_not_approve_it(portal: Portal) -> None:
    people = await cast(portal)
    sato = await portal.signed_in(people.sato)
    await sato.get("/agreement-templates/new")
    page = await sato.submit("/agreement-templates/new")
    [digest] = await portal.owner.fetch("select digest from portal.agreement_template")
    answer = await sato.post(f"{page.path}/approve", shown=digest["digest"].hex())
    assert answer.status_code == 303
    assert "whoever drafted a template does not approve it" in (await sato.get(page.path)).text
    assert await portal.owner.fetchval("select approved_at from portal.agreement_template") is None
    entries = await portal.log("action = 'template_approved'")
    assert [entry["reasons"] for entry in entries] == [["own_draft"]]
    mori = await portal.signed_in(people.mori)
    assert "There is no approved template yet" in (await draft(mori, people.aoba.id)).text


async def test_a_template_that_was_edited_while_it_was_being_reviewed_is_not_approved(portal: Portal) -> None:
    people = await cast(portal)
    kato = portal.world.account("kato", "compliance", display_name="Kato")
    sato, reviewer = await portal.signed_in(people.sato), await portal.signed_in(kato)
    await sato.get("/agreement-templates/new")
    first = (await sato.submit("/agreement-templates/new")).path
    page = await reviewer.get(first)
    shown = page.form(f"{first}/approve").values["shown"]
    other = await reviewer.post(f"{first}/approve", shown="00" * 32)
    assert other.status_code == 303
    assert "another than the one that was shown" in (await reviewer.get(first)).text
    await sato.get("/agreement-templates/new")
    second = (await sato.submit("/agreement-templates/new", contact_days="61")).path
    assert (await reviewer.post(f"{first}/approve", shown=shown)).status_code == 303
    assert "a newer version was drafted while you were reading" in (await reviewer.get(first)).text
    assert await portal.owner.fetchval("select count(approved_at) from portal.agreement_template") == 0
    page = await reviewer.get(second)
    assert page.texts("section[aria-labelledby=differences] p") == [
        "The most days for contact: 60 → 61",
        "The text is the same.",
    ]
    assert "The template is approved." in (await reviewer.submit(f"{second}/approve")).text


async def test_a_template_that_says_not_the_same_in_both_languages_comes_back(portal: Portal) -> None:
    people = await cast(portal)
    sato = await portal.signed_in(people.sato)
    page = await sato.get("/agreement-templates/new")
    english = page.form("/agreement-templates/new").values["en"].replace("{contact_days} days", "30 days")
    page = await sato.submit("/agreement-templates/new", en=english)
    assert page.status == 422
    assert "The places of the clause contact differ between the languages." in page.text
    assert page.form("/agreement-templates/new").values["en"].split() == english.split()


async def test_an_agreement_is_drafted_and_shown_clause_beside_condition(portal: Portal) -> None:
    people = await cast(portal)
    await approved(portal, people)
    mori = await portal.signed_in(people.mori)
    page = await draft(mori, people.aoba.id, contact_days="21", inactive_days="45", fair_screening="yes")
    assert "The draft is saved." in page.text
    [mark] = {one.attrib["data-value"] for one in page.all('mark[data-choice="contact_days"]')}
    assert mark == "21"
    assert "After these days contact closes by itself" in page.text
    row = await portal.owner.fetchrow("select * from portal.agreement where template_version is not null")
    for said in ("21日間", "次のとおりとする。45日。", "選考が内定の段階に至るまで開示しない"):
        assert said in row["text"]
    assert (row["inactive_days"], row["fair_screening"]) == (45, True)
    assert people.aoba.name in row["text"]
    assert (row["drafted_by"], row["contact_days"], row["territory"]) == (people.mori.id, 21, ["JP"])
    page = await mori.get(f"/companies/{people.aoba.id}/agreements/{row['id']}/change")
    page = await mori.submit(page.path, contact_days="14", signatory_title="Chair", inactive_days="")
    assert "The draft is saved." in page.text
    text = await portal.owner.fetchval("select text from portal.agreement where id = $1", row["id"])
    assert "14日間" in text
    assert "次のとおりとする。定めない。" in text
    assert "選考が内定の段階に至るまで開示しない" in text
    assert "Chair" in text
    assert [entry["action"] for entry in await portal.log("action like 'agreement%'")][-2:] == [
        "agreement_drafted",
        "agreement_changed",
    ]


async def test_a_choice_out_of_bounds_waits_for_compliance(portal: Portal) -> None:
    people = await cast(portal)
    sato = await approved(portal, people)
    mori = await portal.signed_in(people.mori)
    page = await draft(mori, people.aoba.id, contact_days="90")
    assert "did not approve its choices" in page.text
    assert "Outside the template's bounds" in page.text
    assert people.aoba.name in (await sato.get("/agreement-templates")).text
    await sato.get(page.path)
    shown = await sato.submit(f"{page.path}/approve")
    assert "The choices are approved for these terms." in shown.text
    lacks = "select lacks from portal.agreement where template_version is not null"
    assert "choices_not_approved" not in (await portal.owner.fetchval(lacks) or [])
    await mori.get(f"{page.path}/change")
    await mori.submit(f"{page.path}/change", contact_days="91")
    assert "choices_not_approved" in await portal.owner.fetchval(lacks)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends": "2025-12-31"}, "not before the first"),
        ({"replaces": ""}, "Tick this if the new one replaces it."),
        ({"signatory_email": "taro@gmail.com"}, "free mail service"),
        ({"signatory_email": "taro@elsewhere.example"}, "another domain than the company's people and contacts"),
        ({"signatory_authority": ""}, "Please fill this in."),
    ],
)
async def test_bad_input_comes_back_with_what_to_do(portal: Portal, changed: dict[str, str], said: str) -> None:
    people = await cast(portal)
    await approved(portal, people)
    mori = await portal.signed_in(people.mori)
    page = await draft(mori, people.aoba.id, **changed)
    assert page.status == 422
    assert said in page.text
    assert page.form(page.path).values["signatory_title"] == "President"


async def test_a_draft_says_what_it_closes_and_saying_it_signs_nothing(portal: Portal) -> None:
    people = await cast(portal)
    await people.introduce(LINH, people.aoba)
    sato = await approved(portal, people)
    mori = await portal.signed_in(people.mori)
    tomorrow = (portal.world.now + DAY).date().isoformat()
    await draft(mori, people.aoba.id, begins=tomorrow, items="name", purposes="contact")
    drafted = await portal.owner.fetchval(PARTICULARS)
    path = f"/companies/{people.aoba.id}/agreements/{drafted}"
    await sato.get(path)
    await sato.submit(f"{path}/approve")  # contact alone is outside the template's bounds
    page = await mori.get(path)
    told = page.texts("section[aria-labelledby=effect] li")
    assert [one.rsplit("closes", 1)[-1] for one in told] == [" for 1 introduction"], told
    stands = await portal.owner.fetch(
        "select operator_signed_at, superseded_at from portal.agreement order by created_at"
    )
    assert {row["superseded_at"] for row in stands} == {None}
    assert stands[-1]["operator_signed_at"] is None


async def test_what_was_checked_about_an_address_is_recorded(portal: Portal) -> None:
    people = await cast(portal)
    await approved(portal, people)
    mori = await portal.signed_in(people.mori)
    await draft(mori, people.aoba.id, signatory_email="taro@gmail.com", mail_checked="yes")
    [entry] = await portal.log("action = 'agreement_drafted'")
    assert json.loads(entry["facts"]) == {"mail_doubt": "free_mail"}
    page = await mori.get(f"/companies/{people.aoba.id}/agreements/new")
    assert "The company has this draft, which is not signed" in page.text
    assert "/agreements/new" not in (await mori.get(f"/companies/{people.aoba.id}")).response.text


async def test_that_an_address_could_be_compared_with_none_is_recorded(portal: Portal) -> None:
    people = await cast(portal)
    await approved(portal, people)
    new = portal.world.company("new", account_manager=people.mori, status="pending")
    mori = await portal.signed_in(people.mori)
    page = await draft(mori, new.id, mail_checked="yes")
    assert "The draft is saved." in page.text
    [entry] = await portal.log("action = 'agreement_drafted'")
    assert json.loads(entry["facts"]) == {"mail_doubt": "nothing_to_compare"}
    await mori.get(f"{page.path}/change")
    page = await mori.submit(f"{page.path}/change", contact_days="14")
    assert "The draft is saved." in page.text, "the address was checked when it was written"


async def test_the_address_is_compared_with_the_companys_contacts_where_nobody_of_it_has_an_account(
    portal: Portal,
) -> None:
    people = await cast(portal)
    await approved(portal, people)
    new = portal.world.company("new", account_manager=people.mori, status="pending")
    mori = await portal.signed_in(people.mori)
    page = await draft(mori, new.id)
    assert (page.status, "could be compared with" in page.text) == (422, True)
    contact = f"/companies/{new.id}/contacts/new"
    await mori.get(contact)
    await mori.submit(contact, name="Jun", email="jun@new.example.jp")
    page = await draft(mori, new.id, signatory_email="taro@elsewhere.example")
    assert (page.status, "another domain than the company's people and contacts" in page.text) == (422, True)
    page = await draft(mori, new.id, signatory_email="taro@new.example.jp")
    assert page.status == 200


async def test_the_demo_has_a_template_that_two_of_compliance_made(portal: Portal) -> None:
    people = await cast(portal)
    portal.world.account("etsuko", "compliance")
    await portal.written()
    for _ in range(2):
        await write_template(portal.owner)
    mori = await portal.signed_in(people.mori)
    assert "The draft is saved." in (await draft(mori, people.aoba.id)).text
    assert [entry["action"] for entry in await portal.log("action like 'template%'")] == [
        "template_drafted",
        "template_approved",
    ]


async def test_what_an_older_templates_text_has_no_place_for_is_not_chosen(portal: Portal) -> None:
    people = await cast(portal)
    await approved(portal, people)
    await portal.owner.execute(
        "alter table portal.agreement_template disable trigger kept; update portal.agreement_template set clauses ="
        " replace(replace(clauses::text, '{inactive_days}', '-'), '{fair_screening}', '-')::jsonb;"
        " alter table portal.agreement_template enable trigger kept"
    )
    mori = await portal.signed_in(people.mori)
    address = f"/companies/{people.aoba.id}/agreements/new"
    page = await mori.get(address)
    form, ticked = page.form(address), {one.attrib["value"] for one in page.all('input[name="items"][checked]')}
    assert ticked == set(codes_of(LEAST)), "what a selection and contact cannot do without"
    assert form.names & {"inactive_days", "daily_downloads", "fair_screening", "for_group"} == {"daily_downloads"}
    for chosen, said in (
        ({"inactive_days": "90"}, "text names no such time"),
        ({"fair_screening": "yes"}, "text says nothing of fair screening"),
    ):
        answer = await mori.post(address, **form.filled(CHOSEN), **chosen)
        assert (answer.status_code, said in answer.text) == (422, True)
    assert "The draft is saved." in (await draft(mori, people.aoba.id)).text
    kept = await portal.owner.fetchrow("select * from portal.agreement where template_version is not null")
    assert (kept["inactive_days"], kept["daily_downloads"], kept["fair_screening"]) == (None, 30, False)
