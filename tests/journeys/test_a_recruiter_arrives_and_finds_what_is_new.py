"""Hana comes back and finds what is new, moved, decided and withdrawn since, without a name or a number of anybody."""

from datetime import timedelta

from tests.client import Browser, Portal
from tests.journeys.cast import AUNG, HAO, LINH, Cast, Person, cast
from tests.page import Page

MAI = {**LINH, "family": "Lê", "given": "Mai", "display": "Lê Mai", "latin": "Mai Le"}
MOVE = "select result from gate.move_stages(array[$1::uuid], array['introduced'], 'interview', 0)"
DECIDE = "select gate.put_outcome($1, 'not_hired', 'position_filled', null, false)"
DAY = timedelta(days=1)


async def counts(hana: Browser) -> tuple[Page, dict[str, str]]:
    """The home page, and the number beside each of its headings."""
    page = await hana.get("/home")
    return page, dict(one.rsplit(" ", 1) for one in page.texts("main h3"))


async def by_yui(portal: Portal, people: Cast, sql: str, whom: Person) -> None:
    """What a colleague does, through the gate."""
    yui = portal.world.account(f"yui-{whom.candidate.reference}", "recruiter", people.aoba, display_name="Yui")
    portal.world.undertaking(people.agreement, yui)
    session = portal.world.session(yui, secret=f"secret of {whom.candidate.reference}")
    await portal.written()
    web = await portal.database.connect("portal_web")
    async with web.transaction():
        await web.execute("select set_config('portal.session', $1, true)", session.secret)
        await web.fetchval(sql, whom.introduction.id)


async def test_home_says_what_happened_since_the_last_visit(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung, hao, mai = [await people.introduce(one, people.aoba) for one in (LINH, AUNG, HAO, MAI)]
    now = portal.world.now
    await portal.owner.execute("update personal.introduction set introduced_at = now() - interval '9 days'")
    await portal.signed_in(people.hana, started_at=now - 5 * DAY, last_seen_at=now - 4 * DAY)
    hana = await portal.signed_in(people.hana)
    page, told = await counts(hana)
    assert told == {
        "New": "0", "Moved by colleagues": "0", "Decided by colleagues": "0", "Withdrawn by the person": "0",
        "Not opened by you yet": "4", "Assigned to you": "0",
    }  # fmt: skip
    assert "Since your last visit on" in page.text

    await hana.get("/candidates")
    await hana.get(linh.page)
    await by_yui(portal, people, MOVE, linh)
    await by_yui(portal, people, DECIDE, aung)
    await portal.owner.execute("update personal.consent set withdrawn_at = now() where id = $1", hao.consent.id)
    soon = "update personal.consent set expires_at = now() + interval '3 days' where id = $1"
    await portal.owner.execute(soon, mai.consent.id)
    await portal.owner.execute(
        "update personal.introduction set introduced_at = now() where id = $1", mai.introduction.id
    )
    page, told = await counts(hana)
    assert told == {
        "New": "1", "Moved by colleagues": "1", "Decided by colleagues": "1", "Withdrawn by the person": "1",
        "Not opened by you yet": "1", "Assigned to you": "0",
    }  # fmt: skip
    assert "The consent ends on" in " ".join(page.texts("section[aria-labelledby=closing]"))
    everybody = (linh, aung, hao, mai)
    coded = {one.name for one in everybody if one.introduction.code in page.text}
    assert coded == {linh.name, aung.name, mai.name}
    assert not [one for one in everybody if one.name in page.text or one.candidate.reference in page.text]
    assert [one["decision"] for one in await portal.log("action = 'home_shown'")] == ["permitted"] * 2
    assert len(await portal.log("action = 'page_shown'")) == 1

    for _ in range(12):
        person = portal.world.candidate()
        portal.world.consent(person, people.aoba)
        portal.world.introduction(person, people.aoba, introduced_at=now)
    await portal.written()
    page, told = await counts(hana)
    assert (told["New"], told["Not opened by you yet"], told["Moved by colleagues"]) == ("13", "13", "1")
    assert len(page.all("section[aria-labelledby=waiting] li .code")) == 8, (
        "the newest stand there, the rest is counted"
    )
    assert "The consent ends on" in " ".join(page.texts("section[aria-labelledby=closing]"))


async def test_p1_a_withdrawal_of_somebody_who_was_never_shown_is_not_counted(portal: Portal) -> None:
    people = await cast(portal)
    hao = await people.introduce(HAO, people.aoba)
    hana = await portal.signed_in(people.hana)
    await portal.owner.execute("update personal.consent set withdrawn_at = now() where id = $1", hao.consent.id)
    page, _told = await counts(hana)
    assert "No candidates have been introduced yet" in page.text


async def test_the_list_marks_and_finds_what_is_unread_and_each_stage_and_result_by_one_filter(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung, hao = [await people.introduce(one, people.aoba) for one in (LINH, AUNG, HAO)]
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    await by_yui(portal, people, DECIDE, aung)
    await by_yui(portal, people, MOVE, hao)
    for asked, found in (
        ("", [linh, aung, hao]), ("unread=yes", [aung, hao]), ("stage=active", [linh, hao]),
        ("stage=introduced", [linh]), ("stage=interview", [hao]), ("stage=decided", [aung]),
        ("stage=not_hired", [aung]), ("stage=hired", []), ("stage=active&unread=yes", [hao]),
    ):  # fmt: skip
        page = await hana.get(f"/candidates?{asked}")
        assert set(page.texts("#results .row-link")) == {one.name for one in found}, asked
    page = await hana.get("/candidates")
    assert len(page.texts(".unread")) == 2


async def test_whoever_may_see_nobody_yet_is_told_what_comes_first(portal: Portal) -> None:
    people = await cast(portal)
    yui = portal.world.account("yui", "recruiter", people.aoba, display_name="Yui")
    await portal.written()
    page = await (await portal.signed_in(yui)).get("/home")
    assert "One promise comes first" in page.text
    assert [one["decision"] for one in await portal.log("action = 'home_shown'")] == ["refused"]
