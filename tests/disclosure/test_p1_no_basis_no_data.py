"""P1: no basis, no data; and what is not open looks exactly like what does not exist."""

import json
from typing import Any
from uuid import uuid4

import pytest

from portal.candidates.items import CONTACT_ITEMS, SELECTION_ITEMS, Item, codes_of
from tests.disclosure.stage import Stage, open_items
from tests.facts import DAY, Notice
from tests.model import EEA_ITEMS
from tests.people import Introduced, Person
from tests.world import signed_in

SELECTION = set(codes_of(SELECTION_ITEMS)) - {"resume_original"}


async def test_p1_a_recruiter_sees_what_is_open_and_nothing_else(shared_stage: Stage) -> None:
    people = shared_stage.people
    rows = await shared_stage.shown(
        people.aiko, people.linh, people.marta, people.paz, people.vera, people.noor, people.oren,
        people.quy, people.rosa, people.uma, people.sora, uuid4(),
    )  # fmt: skip
    expected = {
        people.linh: SELECTION,
        people.marta: SELECTION & set(codes_of(EEA_ITEMS)),
        people.paz: set(codes_of(CONTACT_ITEMS)),
        people.vera: SELECTION - {"name", "photo"},
    }
    assert {one: open_items(row) for one, row in rows.items()} == {
        one.introduction.id: items for one, items in expected.items()
    }


async def test_p1_a_stranger_sees_nobody_at_all(shared_stage: Stage) -> None:
    people = shared_stage.people
    at_acme = [people.linh, people.marta, people.paz, people.tariq, people.vera]
    for stranger in (people.ben, people.gita, people.daichi, people.emi, people.fumi, None):
        assert await shared_stage.shown(stranger, *at_acme) == {}
    assert await shared_stage.found(people.ben) == {"sora", "tariq_at_beta"}
    assert await shared_stage.found(people.gita) == set()
    for staff in (people.daichi, people.emi, people.fumi, None):
        assert await shared_stage.search(staff) == []


async def test_p1_a_search_finds_and_counts_only_what_is_open(shared_stage: Stage) -> None:
    people = shared_stage.people
    rows = await shared_stage.search(people.aiko)
    assert await shared_stage.found(people.aiko) == people.open_at_acme
    assert {row["matches"] for row in rows} == {len(people.open_at_acme)}


@pytest.mark.parametrize(
    "asked", ["Linh", "linh", "nguyen", "nguyễn", "NGUYEN duc", "グエン", "ぐえん", "ドゥック", "Ｌinh"]
)
async def test_p1_an_open_name_is_found_however_it_is_typed(shared_stage: Stage, asked: str) -> None:
    assert await shared_stage.found(shared_stage.people.aiko, name=asked) == {"linh"}


@pytest.mark.parametrize(
    ("display", "asked"),
    [
        ("田中太郎", "太郎"), ("김민수", "민수"), ("김민수", "김민"), ("မောင်မောင်", "မောင်"), ("สมชาย", "ชาย"),
        ("O’Brien-Łukasz", "brien"), ("Smith, Łukasz", "łukasz"), ("Ｗａｎｇ Ｌｉ", "wang"), ("Đỗ Thị Hà", "do ha"),
    ],
)  # fmt: skip
async def test_p1_an_open_name_is_found_in_its_own_script(stage: Stage, display: str, asked: str) -> None:
    name = {"given": "x", "latin": "x", "display": display}
    await stage.owner.execute(
        "update personal.candidate_items set name = $2 where candidate_id = $1",
        stage.people.linh.candidate.id,
        json.dumps(name),
    )
    assert await stage.found(stage.people.aiko, name=asked) == {"linh"}


@pytest.mark.parametrize("asked", ["%", "_inh", "l\\", "'", "Linh Oren", " , ", "inh", "\U0010ffff"])
async def test_p1_a_search_for_no_name_that_is_there_finds_nobody(shared_stage: Stage, asked: str) -> None:
    assert await shared_stage.found(shared_stage.people.aiko, name=asked) == set()


@pytest.mark.parametrize("name", ["Marta", "Vera", "Noor", "Oren", "Quy", "Rosa", "Uma", "Sora"])
async def test_p1_a_name_that_is_not_open_is_never_found(shared_stage: Stage, name: str) -> None:
    assert await shared_stage.found(shared_stage.people.aiko, name=name) == set()


async def test_p1_a_filter_looks_only_at_open_items(shared_stage: Stage) -> None:
    people = shared_stage.people
    # Everyone has N2 and a permission; Paz's selection window is closed, Marta's status is beyond the EEA's seven.
    assert await shared_stage.found(people.aiko, japanese_rank=4) == {"linh", "marta", "tariq", "vera"}
    assert await shared_stage.found(people.aiko, japanese_rank=5) == set()
    assert await shared_stage.found(people.aiko, japanese_own_rank=1) == set()
    assert await shared_stage.found(people.aiko, work_permission="with_permission") == {"linh", "tariq", "vera"}
    assert await shared_stage.found(people.aiko, decided=True) == {"paz"}


CAREER = {
    "label": "受発注システムの開発",
    "skills": [{"name": "プログラミング", "keywords": ["C++", "FastAPI"]}],
    "work": [{"company": "株式会社水色ソフトウェア工房", "position": "Engineer"}],
    "education": [{"institution": "Trường Đại học Bến Sông", "area": "Informatics"}],
    "languages": [{"language": "英語"}, {"language": "Tiếng Việt"}],
    "available_from": "2026-12",
}


async def known(stage: Stage, *people: Introduced, **items: Any) -> None:
    """Gives people another background or other qualifications."""
    for item, value in items.items():
        await stage.owner.execute(
            f"update personal.candidate_items set {item} = $2 where candidate_id = any ($1)",
            [one.candidate.id for one in people],
            json.dumps(value),
        )


@pytest.mark.parametrize(
    "asked",
    [
        "fastapi",
        "ＦａｓｔＡＰＩ",
        "c++",
        "水色",
        "ソフトウェア工房",
        "ben song",
        "Đại học",
        "informatics 水色",
        "fast 夜",
    ],
)
async def test_p1_a_career_is_found_by_its_words_where_it_is_open(stage: Stage, asked: str) -> None:
    people = stage.people
    await known(stage, people.linh, people.vera, people.noor, people.paz, people.rosa, background=CAREER)
    found = set() if "夜" in asked else {"linh", "vera"}
    assert await stage.found(people.aiko, keywords=asked) == found
    assert await stage.found(people.ben, keywords=asked) == set()


@pytest.mark.parametrize("asked", ["astAPI", "%", "_", " , ", "\\", "ｻｸﾗ", "sha"])
async def test_p1_a_search_for_no_word_that_is_there_finds_nobody(stage: Stage, asked: str) -> None:
    await known(stage, stage.people.linh, background=CAREER)
    assert await stage.found(stage.people.aiko, keywords=asked) == set()
    assert await stage.found(stage.people.aiko, qualification=asked) == set()


async def test_p1_a_search_for_words_looks_only_at_open_items(stage: Stage) -> None:
    """What is open of each counts for itself: a qualification that is closed is not found beside an open career."""
    people = stage.people
    await known(stage, people.linh, people.tariq, background=CAREER, qualifications=[{"name": "第二種電気工事士"}])
    consented = Item.NAME | Item.BACKGROUND
    await stage.owner.execute(
        "update personal.consent set items = $2 where candidate_id = $1", people.tariq.candidate.id, int(consented)
    )
    assert await stage.found(people.aiko, keywords="水色") == {"linh", "tariq"}
    for asked in ({"keywords": "電気工事士"}, {"qualification": "電気工事士"}, {"keywords": "水色 電気"}):
        assert await stage.found(people.aiko, **asked) == {"linh"}, asked
    assert await stage.found(people.aiko, qualification="水色") == set(), "an employer is no qualification"


async def test_p1_language_and_availability_are_of_an_open_career(stage: Stage) -> None:
    people = stage.people
    later = CAREER | {
        "languages": [{"language": "Nepali (native)"}, {"language": None}],
        "available_from": "2999",
    }
    await known(stage, people.linh, people.noor, background=CAREER)
    await known(stage, people.tariq, people.rosa, background=later)
    await known(stage, people.vera, background={"languages": "英語", "available_from": {"year": 2020}, "work": 5})
    for asked, found in (("en", {"linh"}), ("vi", {"linh"}), ("ne", {"tariq"}), ("ko", set())):
        assert await stage.found(people.aiko, language=asked) == found, asked
    assert await stage.found(people.aiko, available_months=0) <= {"linh"}
    for months in (6, 12):
        assert await stage.found(people.aiko, available_months=months) == {"linh"}


async def test_the_entry_of_a_search_says_what_was_asked_for_and_not_the_words(stage: Stage) -> None:
    people = stage.people
    await stage.found(people.aiko, keywords="水色", qualification="電気", language="en", available_months=3)
    entry = (await stage.entries(action="searched"))[-1]
    assert entry["items"] == Item.BACKGROUND | Item.QUALIFICATIONS
    assert {name: one for name, one in json.loads(entry["facts"]).items() if one is not None} == {
        "keywords": True, "qualification": True, "language": "en", "available_months": 3,
    }  # fmt: skip


async def test_p8_what_a_person_says_of_themselves_is_not_counted_as_certified(stage: Stage) -> None:
    people = stage.people
    await stage.owner.execute(
        "update personal.candidate_items set japanese_level = japanese_level || $2::jsonb"
        " where candidate_id = any ($1)",
        [people.tariq.candidate.id, people.noor.candidate.id],
        json.dumps({"test": "self", "level": None, "score": None}),
    )
    assert await stage.found(people.aiko, japanese_rank=4) == {"linh", "marta", "vera"}
    assert await stage.found(people.aiko, japanese_own_rank=4) == {"tariq"}, "Noor is closed, whatever she says"
    assert await stage.found(people.aiko, japanese_own_rank=5) == set()
    assert await stage.found(people.aiko, japanese_rank=4, japanese_own_rank=4) == set()


async def test_p1_the_eea_name_opens_only_by_explicit_consent(stage: Stage) -> None:
    people = stage.people
    named = people.world.add(
        Notice,
        reference="eea",
        published_at=people.world.now - 20 * DAY,
        regimes=2,
        explicit_items=Item.NAME,
    )
    given = people.world.now - 2 * DAY
    people.world.consent(people.marta.candidate, people.acme, notice=named, given_at=given)
    await people.world.write(stage.owner)
    rows = await stage.shown(people.aiko, people.marta)
    assert "name" in open_items(rows[people.marta.introduction.id])
    assert await stage.found(people.aiko, name="Marta") == {"marta"}


async def test_p1_eea_data_is_not_shown_to_a_network_outside_japan_or_unknown(stage: Stage) -> None:
    people = stage.people
    await stage.owner.execute("insert into portal.network values ('203.0.113.0/24', 'SG')")
    for abroad, reason, decision in (
        ("203.0.113.9", "network_outside_japan", "refused"),
        ("198.51.100.9", "network_country_unknown", "undetermined"),
    ):
        assert await stage.shown(people.aiko, people.marta, ip=abroad) == {}
        last = (await stage.entries(action="listed"))[-1]
        assert (last["codes"], last["decision"]) == ([reason], decision)
        assert len(await stage.shown(people.aiko, people.linh, ip=abroad)) == 1
    assert len(await stage.shown(people.aiko, people.marta, ip="10.1.2.3")) == 1


@pytest.mark.parametrize(
    "said",
    [{"ip": None}, {"ip": "10.1.2.3", "relayed": True}],
    ids=["an address that cannot be read", "an unlisted proxy"],
)
async def test_p1_an_address_that_is_not_the_persons_own_is_an_unknown_network(
    stage: Stage, said: dict[str, object]
) -> None:
    """The sign-in was from Japan, and the proxy stands there: neither says where the person is now."""
    people = stage.people
    for introduced, opened in ((people.marta, 0), (people.linh, 1)):
        async with stage.web.transaction():
            note = json.dumps({"id": str(uuid4()), "agent": "Tests/1.0", **said})
            assert await stage.web.fetchrow("select * from gate.arrive($1, $2)", people.aiko.session.secret, note)
            asked = [introduced.introduction.id]
            rows = await stage.web.fetch("select * from gate.disclose($1, null, 'listed', 16383)", asked)
        assert len(rows) == opened
    (refused,) = await stage.entries(action="listed", introduction_id=people.marta.introduction.id)
    assert (refused["codes"], refused["decision"]) == (["network_country_unknown"], "undetermined")


async def test_p1_two_requests_of_one_session_are_each_judged_by_their_own_network(stage: Stage) -> None:
    """While a request from abroad is being answered, one from Japan must not lend it its place."""
    people = stage.people
    other = await stage.database.connect("portal_web")
    await stage.owner.execute("insert into portal.network values ('203.0.113.0/24', 'SG')")
    await stage.shown(people.aiko, ip="203.0.113.9")
    async with signed_in(stage.web, people.aiko.session.secret, "203.0.113.9"):
        async with signed_in(other, people.aiko.session.secret, "10.1.2.3"):
            pass
        asked = [people.marta.introduction.id]
        assert await stage.web.fetch("select * from gate.disclose($1, null, 'listed', 16383)", asked) == []


async def test_p1_every_other_door_is_closed_to_a_stranger_in_the_same_way(stage: Stage) -> None:
    """Each call about Acme's Linh answers Ben as it answers about nobody."""
    people, nobody = stage.people, uuid4()
    document = people.world.document(people.linh.candidate, "resume_original")
    await people.world.write(stage.owner)
    calls = (
        ("select * from gate.basis($1)", ()),
        ("select * from gate.open_document($1, $2)", (document.id,)),
        ("select * from gate.explain($1)", ()),
        ("select gate.put_outcome($1, 'hired', 'offer_accepted', null, false)", ()),
        ("select gate.put_outcome($1, 'hired', 'offer_accepted', null, true)", ()),
    )
    for sql, values in calls:
        answers = [await stage.call(people.ben, sql, one, *values) for one in (people.linh.introduction.id, nobody)]
        assert answers[0] == answers[1], sql
    assert (
        await stage.owner.fetchval("select stage from personal.introduction where id = $1", people.linh.introduction.id)
        == "introduced"
    )


async def test_p1_a_document_opens_only_while_its_item_is_open(stage: Stage) -> None:
    people, world = stage.people, stage.people.world
    resume = {one: world.document(one.candidate, "resume_original") for one in (people.linh, people.marta, people.paz)}
    await world.write(stage.owner)

    async def opened(who: Person, one: Introduced) -> int:
        sql = "select * from gate.open_document($1, $2)"
        return len(await stage.call(who, sql, one.introduction.id, resume[one].id))

    assert await opened(people.aiko, people.linh) == 1
    assert await opened(people.aiko, people.marta) == 0, "not among the EEA's seven"
    assert await opened(people.aiko, people.paz) == 0, "decided: selection is over"
    assert await opened(people.ben, people.linh) == 0
    other = "select * from gate.open_document($1, $2)"
    assert not await stage.call(people.aiko, other, people.tariq.introduction.id, resume[people.linh].id)
    await stage.owner.execute("update personal.document set replaced_at = now()")
    assert await opened(people.aiko, people.linh) == 0


async def test_p1_the_own_log_of_a_company_tells_closed_records_as_none(stage: Stage) -> None:
    people, world = stage.people, stage.people.world
    unclear = world.candidate("wim", regime=None)
    world.consent(unclear, people.acme)
    introduced = Introduced(unclear, world.introduction(unclear, people.acme))
    await world.write(stage.owner)
    asked = [uuid4(), introduced.introduction.id]
    asked += [one.introduction.id for one in (people.noor, people.oren, people.rosa, people.uma, people.sora)]
    await stage.call(people.aiko, "select * from gate.disclose($1, null, 'page_shown', 16383)", asked)
    decisions = {row["decision"] for row in await stage.entries(action="page_shown")}
    assert decisions == {"refused", "undetermined"}, "the log itself tells them apart"
    rows = await stage.call(people.chie, "select * from gate.company_log($1, null, null, false, 50)", None)
    told = {str({**row, "id": None, "recorded_at": None}) for row in rows if row["action"] == "page_shown"}
    assert len(told) == 1, told
