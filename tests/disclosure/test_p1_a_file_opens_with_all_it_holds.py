"""P1: an uploaded resume shows whatever it holds, so it opens only while all of that is open to this company."""

from typing import Any

import pytest

from portal.candidates.items import ALL_ITEMS, CONTACT_ITEMS, Item
from tests.disclosure.stage import Stage
from tests.facts import Document

OPEN = "select entry_id, object_key from gate.open_document($1, $2)"
HAND_OVER = "select action from gate.hand_over($1, sha256(''))"
OTHERS = Item.NAME | Item.BACKGROUND | Item.QUALIFICATIONS
EVERYTHING = ALL_ITEMS & ~Item.RESUME_ORIGINAL
WITHOUT_CONTACT = ALL_ITEMS & ~(CONTACT_ITEMS & ~Item.NAME)


async def stored(stage: Stage, holds: Item | None = None) -> Document:
    """Linh's resume, of which somebody said what it holds, or nobody."""
    said = {} if holds is None else {"holds": holds}
    document = stage.people.world.document(stage.people.linh.candidate, "resume_original", **said)
    await stage.people.world.write(stage.owner)
    return document


async def narrowed(stage: Stage, items: Item, purposes: int = 3) -> None:
    """Linh consents anew, to these items alone."""
    people = stage.people
    given = people.world.now - people.world.now.resolution
    people.world.consent(people.linh.candidate, people.acme, items=items, purposes=purposes, given_at=given)
    await people.world.write(stage.owner)


async def opened(stage: Stage, document: Document) -> list[Any]:
    return await stage.call(stage.people.aiko, OPEN, stage.people.linh.introduction.id, document.id)


async def test_p1_an_ordinary_resume_opens_under_an_ordinary_consent_and_its_entry_says_what_it_held(
    stage: Stage,
) -> None:
    assert await opened(stage, await stored(stage))
    (entry,) = await stage.entries(action="document_opened")
    assert (entry["decision"], entry["items"]) == ("permitted", ALL_ITEMS)


@pytest.mark.parametrize(
    ("items", "purposes", "holds", "opens"),
    [
        (WITHOUT_CONTACT, 3, None, False),
        (WITHOUT_CONTACT, 3, OTHERS | Item.TELEPHONE, False),
        (WITHOUT_CONTACT, 3, OTHERS, True),
        (ALL_ITEMS, 1, OTHERS | Item.EMAIL, False),
        (ALL_ITEMS, 1, OTHERS, True),
        (ALL_ITEMS & ~Item.GENDER, 3, None, False),
        (ALL_ITEMS & ~Item.GENDER, 3, EVERYTHING & ~Item.GENDER, True),
        (ALL_ITEMS & ~Item.RESUME_ORIGINAL, 3, OTHERS, False),
    ],
)
async def test_p1_a_resume_that_holds_more_than_is_open_does_not_open(
    stage: Stage, items: Item, purposes: int, holds: Item | None, *, opens: bool
) -> None:
    document = await stored(stage, holds)
    await narrowed(stage, items, purposes)
    assert bool(await opened(stage, document)) == opens
    (entry,) = await stage.entries(action="document_opened")
    if opens:
        assert entry["items"] == Item.RESUME_ORIGINAL | (holds or EVERYTHING)
    else:
        reason = "file_holds_more" if Item.RESUME_ORIGINAL in items else "item_not_open"
        assert (entry["codes"], entry["items"], entry["document_digest"]) == ([reason], 0, None)


async def test_p1_what_a_file_holds_is_asked_again_before_it_leaves(stage: Stage) -> None:
    document = await stored(stage, OTHERS | Item.ADDRESS)
    (first,) = await opened(stage, document)
    left = await stage.call(stage.people.aiko, HAND_OVER, first["entry_id"])
    assert [row["action"] for row in left] == ["document_opened", "handed_over"]
    await narrowed(stage, WITHOUT_CONTACT)
    assert await stage.call(stage.people.aiko, HAND_OVER, first["entry_id"]) == []


async def test_p1_why_names_what_keeps_the_file_closed(stage: Stage) -> None:
    await stored(stage)
    await narrowed(stage, ALL_ITEMS & ~(Item.TELEPHONE | Item.GENDER))
    sql = "select facts -> 'file_held_back_by' as held from gate.explain($1)"
    (row,) = await stage.call(stage.people.daichi, sql, stage.people.linh.introduction.id)
    assert row["held"] == '["gender", "telephone"]'
