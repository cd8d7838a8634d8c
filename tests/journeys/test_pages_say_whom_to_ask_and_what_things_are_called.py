"""Who has no account or no page yet is told whom to ask; what stands on a page has the name it has in the trade."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.client import Portal, running
from tests.database import Database
from tests.facts import Notice
from tests.journeys.cast import LINH, cast

OPERATOR = {
    "operator_name": "Asagiri Agency",
    "operator_email": "desk@asagiri.example.jp",
    "operator_telephone": "03-0000-0123",
}
OWN_NAME = "sharing-of-tests"  # what the operator's own records call a notice
DECIDE = {
    "en": ("You have no page of your own here yet.", "contact the operator, who records it for you"),
    "ja": ("ご本人用の画面は、まだありません。", "運営会社にご連絡ください"),
}


@pytest.fixture
async def portal(database: Database) -> AsyncIterator[Portal]:
    """A portal whose operator can be reached."""
    async with running(database, **OPERATOR) as made:
        yield made


async def test_the_landing_page_says_how_a_candidate_does_decide(portal: Portal) -> None:
    for language, said in DECIDE.items():
        page = await portal.browser(language=language).get("/")
        (told,) = [one for one in page.texts(".columns > div") if said[0] in one]
        assert all(part in told for part in (said[1], *OPERATOR.values()))


async def test_the_sign_in_page_names_whom_to_call(portal: Portal) -> None:
    for language in DECIDE:
        page = await portal.browser(language=language).get("/sign-in")
        (told,) = [one for one in page.texts("main p.fine") if OPERATOR["operator_name"] in one]
        assert all(part in told for part in OPERATOR.values())


async def test_a_notice_is_known_by_its_version_and_day_and_positions_by_their_name(portal: Portal) -> None:
    people = await cast(portal)
    day = datetime(2026, 3, 4, tzinfo=UTC)
    notice = portal.world.add(Notice, reference=OWN_NAME, published_at=day, version=2)
    linh = await people.introduce(LINH, people.aoba, notice=notice)
    hana = await portal.signed_in(people.hana)
    page = await hana.get("/candidates")
    assert page.texts("thead th")[:3] == ["Candidate", "Position", "Stage"]
    page = await hana.get(linh.page)
    assert "notice, version 2 of Mar 4, 2026" in page.text
    assert OWN_NAME not in page.response.text
    for path in ("/agreement", "/account"):
        assert OWN_NAME not in (await hana.get(path)).response.text
    form = "form[action='/account/password'] label"
    assert (await hana.get("/account")).texts(form)[0] == "Current password"
