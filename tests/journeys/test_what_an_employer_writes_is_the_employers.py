"""Outcomes and employers' notes are never called the person's own: no source is said of them, and their writer is."""

import json

import pytest

from portal.candidates.items import ALL_ITEMS, codes_of
from tests.client import Portal
from tests.journeys.cast import LINH, cast
from tests.world import signed_in

ITEMS = set(codes_of(ALL_ITEMS))
# All that can be shown is the person's; what is no item is claimed to be so too.
CLAIMED = {code: {"source": "person"} for code in (*sorted(ITEMS), "outcome", "outcomes", "note", "notes", "stage")}
SOURCE = {"en": "The person", "ja": "本人"}
BASIS = (
    "select stands_on.sources, stands_on.outcomes, stands_on.notes"
    " from gate.disclose(array[$1::uuid], null, 'page_shown', 16383) as disclosed"
    " cross join lateral gate.basis(disclosed.introduction_id) as stands_on"
)


@pytest.mark.parametrize("language", list(SOURCE))
async def test_no_source_is_said_of_an_outcome_or_a_note_and_its_writer_is(portal: Portal, language: str) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    await portal.owner.execute("update personal.candidate_items set sources = $1", json.dumps(CLAIMED))
    await portal.owner.execute("update portal.account set locale = $2 where id = $1", people.hana.id, language)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    page = await hana.submit(f"{linh.page}/notes", body="Steady hands")
    assert page.texts(".notes p") == ["Steady hands"]
    [signed] = page.texts(".notes .sub")
    assert people.hana.display_name in signed
    assert SOURCE[language] not in signed
    web = await portal.database.connect("portal_web")
    async with signed_in(web, hana.secret):
        before = await web.fetchrow(BASIS, linh.introduction.id)
    assert "Steady hands" in before["notes"]

    await hana.decide(linh.page, result="not_hired", reason="skills_not_matching", note="Too few years at it")
    page = await hana.get(linh.page)
    facts = page.texts("#outcome .facts")
    assert "Too few years at it" in facts[0]
    assert people.hana.display_name in facts[0]
    assert SOURCE[language] not in facts[0]
    async with signed_in(web, hana.secret):
        after = await web.fetchrow(BASIS, linh.introduction.id)
    assert "Too few years at it" in after["outcomes"]
    for answered in (before, after):
        said = json.loads(answered["sources"])
        assert set(said) <= ITEMS, "what is no item has no source, whatever the row says"
        assert {one["source"] for one in said.values()} == {"person"}
        written = json.dumps([json.loads(answered[one] or "[]") for one in ("outcomes", "notes")])
        assert '"source"' not in written
