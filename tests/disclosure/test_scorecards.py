"""Scorecards: by criteria set beforehand, each for themselves, and read by the company's people alone."""

import json
from typing import Any

import asyncpg
import pytest

from portal.language.i18n import PORTAL_LANGUAGES, speaking
from portal.rights.erasure import Ground, erase
from portal.selection.scorecards import CRITERIA
from portal.settings import Settings
from portal.web.kit import make_kit
from tests.disclosure.stage import Stage
from tests.people import Person

SET = "select gate.set_criteria($1, $2, $3)"
FILL = "select gate.fill_in_scorecard($1, $2, $3, $4, $5, $6, $7)"
READ = "select gate.scorecards($1)"
PAGE = (
    "select stands_on.scorecards from gate.disclose(array[$1::uuid], null, 'page_shown', 1) as disclosed"
    " cross join lateral gate.basis(disclosed.introduction_id) as stands_on"
)


async def put(stage: Stage, who: Person | None, *chosen: str, shown: int = 0) -> Any:
    """What comes of criteria for the position that Linh is introduced for."""
    return await stage.value(who, SET, stage.people.linh.introduction.opening.id, shown, list(chosen))


async def fill(
    stage: Stage, who: Person | None, recommended: str = "recommended", note: str = "", *, version: int = 1, **more: Any
) -> Any:
    """What comes of a scorecard about Linh, that judges skills; `again` corrects the one that stands."""
    given = json.dumps(more.get("given", {"skills": 3}))
    again, confirmed = more.get("again", False), more.get("confirmed", [])
    introduction = stage.people.linh.introduction.id
    return await stage.value(who, FILL, introduction, version, given, recommended, note, again, confirmed)


async def read(stage: Stage, who: Person | None) -> Any:
    """What this person is given of the scorecards about Linh."""
    found = await stage.value(who, READ, stage.people.linh.introduction.id)
    return found and json.loads(found)


async def brief(stage: Stage, who: Person | None) -> Any:
    """What stands of them on Linh's page."""
    rows = await stage.call(who, PAGE, stage.people.linh.introduction.id)
    return json.loads(rows[0]["scorecards"]) if rows and rows[0]["scorecards"] else None


async def test_p1_criteria_are_set_by_the_companys_administrators_from_the_list(stage: Stage) -> None:
    people = stage.people
    for other in (None, people.aiko, people.ben, people.daichi, people.emi):
        assert await put(stage, other, "skills") == "refused"
    with pytest.raises(asyncpg.InvalidParameterValueError):
        await put(stage, people.chie, "skills", "family")
    assert await put(stage, people.chie, "japanese", "skills") == "set"
    assert await put(stage, people.chie, "skills", "japanese") == "unchanged"
    assert await put(stage, people.chie, "safety") == "meanwhile"
    entry = (await stage.entries(action="criteria_set", decision="permitted"))[-1]
    assert (json.loads(entry["facts"]), entry["subject_kind"]) == ({"criteria": 2, "criteria_version": 1}, "opening")
    rows = {
        who: await stage.call(who, "select codes from portal.criteria")
        for who in (people.aiko, people.daichi, people.ben)
    }
    assert [[one["codes"] for one in found] for found in rows.values()] == [[["skills", "japanese"]]] * 2 + [[]]


async def test_p1_a_colleagues_is_seen_once_ones_own_is_filled_in_and_by_nobody_else(stage: Stage) -> None:
    people = stage.people
    assert await fill(stage, people.aiko) == "meanwhile", "there are no criteria yet"
    await put(stage, people.chie, "skills", "japanese")
    assert await fill(stage, people.aiko, "strongly", "Knows hydraulics") == "filled"
    assert await fill(stage, people.aiko, "strongly", "Knows hydraulics") == "unchanged", "sent twice, it is one"

    found = await read(stage, people.akira)
    assert (found["own"], found["others"], found["colleagues"]) == (None, 1, [])
    assert await brief(stage, people.akira) == {"version": 1, "own": None, "others": 1, "colleagues": []}
    assert await fill(stage, people.akira, "rather_not", given={"japanese": 2}) == "filled"
    found = await read(stage, people.akira)
    assert [(one["by"], one["ratings"], one["note"]) for one in found["colleagues"]] == [
        (people.aiko.account.display_name, [3, 0], "Knows hydraulics")
    ]
    assert (await brief(stage, people.aiko))["colleagues"] == [[people.akira.account.display_name, "rather_not"]]
    facts = [json.loads(one["facts"] or "{}") for one in await stage.entries(action="scorecards_read")]
    assert facts == [{}, {"scorecards": 1}]

    for other in (None, people.ben, people.daichi, people.emi):
        assert await fill(stage, other) == "refused"
        assert await read(stage, other) is None
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await stage.call(other, "select * from personal.scorecard")
    assert {tuple(one["codes"]) for one in await stage.entries(action="scorecards_read", decision="refused")} == {
        ("no_such_record",),
        ("not_for_this_role", "no_such_record"),
    }


async def test_it_is_corrected_for_24_hours_by_the_criteria_it_has(stage: Stage) -> None:
    people = stage.people
    await put(stage, people.chie, "skills", "japanese")
    await fill(stage, people.aiko, "strongly")
    assert await put(stage, people.chie, "safety", shown=1) == "set"
    assert await fill(stage, people.akira) == "meanwhile", "the page showed the first criteria"
    assert await fill(stage, people.akira, version=2) == "meanwhile", "skills are none of the second ones"
    assert await fill(stage, people.akira, version=2, given={"safety": 4}) == "filled"
    assert await fill(stage, people.aiko, "not_recommended") == "already"
    assert await fill(stage, people.aiko, "not_recommended", again=True) == "corrected"
    own = (await read(stage, people.aiko))["own"]
    assert (own["recommendation"], own["recommended_first"], own["version"]) == ("not_recommended", "strongly", 1)
    entry = (await stage.entries(action="scorecard_filled_in"))[-1]
    assert json.loads(entry["facts"]) == {"correction": True, "criteria_version": 1}
    await stage.owner.execute("update personal.scorecard set written_at = written_at - interval '24 hours'")
    assert await fill(stage, people.aiko, again=True) == "too_late"
    assert (await stage.entries(action="scorecard_filled_in"))[-1]["codes"] == ["hours_over"]


async def test_p7_and_p3_it_closes_with_the_outcome_and_with_the_consent(stage: Stage) -> None:
    people = stage.people
    await put(stage, people.chie, "skills")
    await fill(stage, people.aiko)
    decide = "select gate.put_outcome($1, 'hired', 'offer_accepted', null, false)"
    await stage.value(people.akira, decide, people.linh.introduction.id)
    assert (await read(stage, people.aiko), await brief(stage, people.aiko)) == (None, None)
    assert await fill(stage, people.akira) == "over"
    assert (await stage.entries(action="scorecard_filled_in"))[-1]["codes"] == ["window_closed"]
    await stage.value(people.akira, "select gate.take_back($1)", people.linh.introduction.id)
    assert (await read(stage, people.aiko))["own"], "what is taken back opens again"
    await stage.owner.execute("update personal.consent set withdrawn_at = now()")
    assert await read(stage, people.aiko) is None
    assert await fill(stage, people.akira) == "refused"


async def test_p5_it_is_the_persons_to_be_told_and_goes_with_them(stage: Stage) -> None:
    people, person = stage.people, stage.people.linh.candidate.id
    await put(stage, people.chie, "skills")
    assert await fill(stage, people.aiko, note="Her age is a problem") == "names_ground"
    assert await fill(stage, people.aiko, note="Her age is a problem", confirmed=["age"]) == "filled"
    assert json.loads((await stage.entries(action="protected_ground_named"))[-1]["facts"]) == {
        "protected_ground": "age"
    }
    about = "select gate.look_at_person($1, $2)"
    (told,) = json.loads(await stage.value(people.emi, about, person, "person_asked"))["scorecards"]
    assert (told["codes"], told["ratings"], told["note"]) == (["skills"], [3], "Her age is a problem")
    assert "scorecards" not in json.loads(await stage.value(people.emi, about, person, "complaint"))
    assert "scorecards" not in json.loads(await stage.value(people.daichi, about, person, "person_asked"))
    await erase(
        stage.owner, person, Ground("person_asked", "A letter", "paper", "Folder 1"), None, people.emi.account.email
    )
    assert await stage.owner.fetchval("select count(*) from personal.scorecard") == 0


async def test_p8_no_criterion_names_a_protected_ground_and_the_gate_has_the_same_list(stage: Stage) -> None:
    assert tuple(await stage.owner.fetchval("select gate.criteria_codes()")) == CRITERIA
    words: Any = make_kit(Settings(), "").templates.get_template("components/words.html")
    for spoken in PORTAL_LANGUAGES:
        with speaking(spoken):
            said = [str(words.make_module({}).criterion_said(code)) for code in CRITERIA]
        assert not await stage.owner.fetchval("select gate.grounds_in($1)", "\n".join(said)), spoken
