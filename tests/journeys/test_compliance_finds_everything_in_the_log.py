"""P2: what Hana did, and what she was refused, stands in the log; Sato finds it by each filter, and her reading too."""

import re
from uuid import uuid4

from tests.client import HOST, Browser, Portal
from tests.journeys.cast import HAO, LINH, cast
from tests.page import Page


def lines(page: Page) -> list[str]:
    """Each entry of the list in words."""
    return page.texts("#results tbody tr")


async def found(sato: Browser, **filters: str) -> list[str]:
    """What a search of the log finds."""
    await sato.get("/log")
    page = await sato.submit("/log", **filters)
    assert page.status == 200
    return lines(page)


async def test_compliance_finds_everything(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hao = await people.introduce(HAO, people.kita)
    hana = await portal.signed_in(people.hana)
    await hana.get("/candidates")
    await hana.get(linh.page)
    await hana.raw("GET", f"{linh.page}/resume.pdf?form=en&calendar=western")
    await hana.submit(f"{linh.page}/contact")
    await hana.raw("GET", hao.page)
    await hana.post(f"{linh.page}/outcome", result="not_hired", reason="position_filled", told="yes")
    sato = await portal.signed_in(people.sato)

    page = await sato.get("/log")
    assert page.title == "Access log"
    told = "\n".join(lines(page))
    for action in (
        "Searched",
        "Opened a candidate",
        "Read a resume on the page",
        "Showed contact details",
        "Recorded an outcome",
    ):
        assert action in told
    assert "Hana" in told
    for name in (linh.name, hao.name, "linh@", "+8190"):
        assert name not in page.response.text

    assert len(await found(sato, introduction=linh.introduction.code)) == 5 + 1  # looking for it is about it, too
    assert len(await found(sato, introduction=linh.introduction.code.lower())) == 5 + 2
    refused = await found(sato, decision="refused")
    assert len(refused) == 1
    assert "There is no such record" in refused[0]  # of another company, as of none at all
    assert hao.introduction.code in refused[0]
    assert len(await found(sato, action="resume_read")) == 1
    assert all("Aoba Foods" in line for line in await found(sato, company=str(people.aoba.id)))
    assert await found(sato, introduction="SK-000000") == []
    assert all("Sato" in line for line in await found(sato, action="log_read"))
    assert await found(sato, since="2001-01-01", until="2001-12-31") == []

    (downloaded,) = await portal.log("action = 'resume_read'")
    (line,) = await found(sato, introduction=str(downloaded["id"]))
    assert "Read a resume on the page" in line
    assert await found(sato, introduction=str(uuid4())) == []
    random = "00000000-0000-4000-8000-00000000000a"  # as the first entries had them
    await portal.owner.execute(
        "insert into accesslog.entry (id, action, decision, commitment) values ($1, 'sign_in', 'permitted', $2)",
        random, bytes(32),
    )  # fmt: skip
    assert len(await found(sato, introduction=random)) == 1
    assert (await sato.get(f"/log/{random}")).status == 200


async def test_a_candidates_page_names_the_entry_that_recorded_it(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    page = await (await portal.signed_in(people.hana)).get(linh.page)
    (entry,) = await portal.log("action = 'page_shown'")
    assert str(entry["id"]) in page.text


async def test_an_entry_tells_all_it_holds_and_leads_to_the_reasons(portal: Portal) -> None:
    people = await cast(portal)
    hao = await people.introduce(HAO, people.kita, withdrawn_at=portal.world.now)
    ken = await portal.signed_in(people.ken, ip="192.168.7.7")
    await ken.raw("GET", hao.page)
    sato = await portal.signed_in(people.sato)
    await sato.get("/log")
    page = await sato.submit("/log", decision="refused")
    page = await sato.get(page.links("/log/0")[0])
    assert page.title == "Log entry"
    for words in ("Ken", "Kita Steel", "Opened a candidate", "withdrew the consent", hao.introduction.code, "tests"):
        assert words in page.text
    assert hao.name not in page.response.text
    page = await sato.get(page.links("/introductions/")[0])
    assert "Kita Steel" in page.title
    assert "withdrew the consent" in page.text
    assert hao.name not in page.response.text
    assert (await portal.log("action = 'explained'"))[-1]["actor_id"] == people.sato.id


async def test_an_entry_tells_its_time_as_the_list_does(portal: Portal) -> None:
    people = await cast(portal)
    sato = await portal.signed_in(people.sato)
    await sato.get("/log")
    page = await sato.get("/log")
    told = page.texts("#results tbody th")[0]
    page = await sato.get(page.links("/log/0")[0])
    proof = page.texts("section[aria-labelledby=proof]")[0]
    assert re.search(rf"Recorded {re.escape(told)}\.\d{{6}} \(UTC\+9\)", proof)
    assert not re.search(r"\d{4}-\d\d-\d\dT", " ".join(page.texts("dl")))


async def test_who_saw_one_person_is_found_by_the_persons_number(portal: Portal) -> None:
    people = await cast(portal)
    linh, again = await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    await hana.get(again.page)
    reference = linh.candidate.reference
    sato = await portal.signed_in(people.sato)
    everything = await found(sato, introduction=reference)
    assert everything
    assert "Read the access log" in everything[0]
    assert all(linh.introduction.code in line for line in everything[1:])
    assert reference not in str(sato.page.response.url if sato.page else "")
    assert await found(sato, introduction="P-nobody") == []
    assert (await found(sato, introduction=linh.introduction.code.lower()))[1:] == everything[1:]
    page = await sato.get(sato.page.links("/log/0")[1] if sato.page else "")
    assert [line for line in lines(await sato.submit("/log")) if "Read the access log" not in line] == everything[1:]
    assert linh.name not in page.response.text


async def test_a_search_for_one_person_is_the_same_after_reload_and_back(portal: Portal) -> None:
    people = await cast(portal)
    linh, other = await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.aoba)
    hana = await portal.signed_in(people.hana)
    for one in (linh, other):
        await hana.get(one.page)
    sato = await portal.signed_in(people.sato)
    everything = await found(sato, introduction=linh.candidate.reference)
    assert len(everything) == 2
    assert sato.page is not None
    address, entry = str(sato.page.response.url.raw_path, "ascii"), sato.page.links("/log/0")[-1]
    opened = await sato.get(entry, referer=f"{HOST}{address}")
    assert address in opened.links("/log")
    for again in (await sato.get(address), await sato.get(opened.links("/log?")[0])):
        assert again.form("/log").values["introduction"] == linh.candidate.reference
        assert lines(again)[-1] == everything[-1]
        assert not any(other.introduction.code in line for line in lines(again))


async def test_an_entry_about_an_account_says_whose_and_of_which_company(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    await abe.get("/accounts")
    await abe.submit(f"/accounts/{people.hana.id}/link")
    sato = await portal.signed_in(people.sato)
    (line,) = await found(sato, action="link_made")
    assert "Hana" in line
    page = await sato.get(sato.page.links("/log/0")[0] if sato.page else "")
    who, what, *_rest = page.texts("section.block")
    assert "Abe" in who
    assert "Aoba Foods" not in who
    assert "Aoba Foods" in what
    assert "Hana" in what


async def test_a_wrong_date_comes_back_with_what_would_be_right(portal: Portal) -> None:
    people = await cast(portal)
    sato = await portal.signed_in(people.sato)
    await sato.get("/log")
    page = await sato.submit("/log", since="yesterday")
    assert page.status == 422
    assert page.form("/log").values["since"] == "yesterday"
    assert "such as 20" in page.text
    wrong = {
        ("2026-02-31", ""): "the calendar has no such day", ("", "0001-01-01"): "the calendar has no such day",
        ("", "1999-12-31"): "a date such as 2026-11-22",
        ("2026-03-02", "2026-03-01"): "The last day comes before the first",
    }  # fmt: skip
    for (since, until), message in wrong.items():
        page = await sato.submit("/log", since=since, until=until)
        assert (page.status, message in page.text, "No entry matches" in page.text) == (422, True, False)
        assert [page.form("/log").values[name] for name in ("since", "until")] == [since, until]
        assert page.response.headers["hx-retarget"] == "#list"
    assert (await sato.submit("/log", since="2026-03-01", until="2026-03-01")).status == 200
