"""Hana's account is misused: whom it reached, with which items, and until when whom to tell, in one step."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.desk.breach import MANY, clocks, triggers
from portal.desk.handlers.breach import cut
from portal.language.holidays import holidays_around
from portal.language.i18n import speaking
from tests.client import Portal
from tests.journeys.cast import AUNG, HAO, LINH, cast


async def test_from_an_account_a_sign_in_a_time_or_a_file_to_whom_it_reached(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung = await people.introduce(LINH, people.aoba), await people.introduce(AUNG, people.aoba)
    other = await people.introduce(HAO, people.kita)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    await hana.raw("GET", f"{linh.page}/resume.pdf?form=en&calendar=western")
    await hana.raw("GET", other.page)
    await (await portal.signed_in(people.ken)).get(other.page)
    again = await portal.signed_in(people.hana)
    await again.get(aung.page)
    sato = await portal.signed_in(people.sato)
    first, *_rest = await portal.log("actor_id = $1", people.hana.id)
    (handed,) = await portal.log("action = 'handed_over'")
    references = {one.candidate.reference for one in (linh, aung, other)}
    for query, reached in (
        (f"actor={people.hana.id}", [linh, aung]), (f"sign_in={first['session_id']}", [linh]),
        (f"document={handed['document_digest'].hex()}", [linh]), ("since=2026-01-01", [linh, aung, other]),
        (f"company={people.kita.id}", [other]), ("since=2100-01-01", []),
    ):  # fmt: skip
        page = await sato.get(f"/breaches?{query}")
        found = {name for name in references if name in " ".join(page.texts("#results tbody tr"))}
        assert found == {one.candidate.reference for one in reached}, query
        assert linh.name not in page.response.text
    page = await sato.get("/breaches")
    assert "Say which entries are meant" in page.text
    page = await sato.get(
        f"/breaches?actor={people.hana.id}&triggers=special_care&known=2026-11-02&cause=stolen_account"
    )
    for said in (
        "Special-care data",
        "A wrongful purpose is suspected",
        "Nov 4, 2026",
        "Nov 6, 2026",
        "Jan 4, 2027",
        "An account was used by somebody else",
    ):
        assert said in page.text, said
    assert "GDPR Article 33" not in page.text
    await portal.owner.execute("update personal.candidate set regime = 'eea' where id = $1", linh.candidate.id)
    page = await sato.get(f"/breaches?actor={people.hana.id}&known=2026-11-02&known_time=09:30")
    assert "Nov 5, 2026 09:30" in page.text
    file = await sato.raw("GET", f"/breaches/file?actor={people.hana.id}&form=csv")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {linh.candidate.reference, aung.candidate.reference}
    pdf = await sato.raw("GET", f"/breaches/file?actor={people.hana.id}&form=pdf&known=2026-11-02")
    assert (pdf.content[:5], b"/Sig" in pdf.content) == (b"%PDF-", True)
    assert len(await portal.log("action = 'breach_reckoned' and decision = 'permitted'")) > 8
    assert (await hana.raw("GET", "/breaches")).status_code == 404


def test_a_file_that_has_not_everybody_says_so() -> None:
    assert cut({"rows": [{}] * 2, "persons": 2}) == []
    with speaking("en"):
        (said,) = cut({"rows": [{}] * 2, "persons": 20_001})
    assert said.startswith("NOT WHOLE: the latest 2 of 20,001 persons.")


@pytest.mark.parametrize(("persons", "found"), [(1, ()), (1000, ()), (MANY, ("many",))])
def test_one_thousand_and_one_persons_are_a_case_of_their_own(persons: int, found: tuple[str, ...]) -> None:
    assert triggers((), persons) == found
    assert triggers(("financial",), persons) == ("financial", *found)
    assert triggers(("financial",), persons, "defect") == ("financial", *found)
    assert triggers((), persons, "stolen_account") == ("wrongful_purpose", *found)
    assert triggers(("wrongful_purpose",), persons, "wrongful_purpose") == ("wrongful_purpose", *found)


def test_the_clocks_count_the_day_of_knowing_and_end_on_an_open_day() -> None:
    closed = holidays_around(date(2026, 12, 31))
    known = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)  # the third of November in Japan, which is a holiday
    at = clocks(known, ("financial",), 1, closed)
    assert at.preliminary == (date(2026, 11, 5), date(2026, 11, 7))
    assert at.final == date(2026, 12, 2)
    assert at.gdpr == known + timedelta(hours=72)
    later = clocks(known, ("wrongful_purpose",), 0, closed)
    assert (later.final, later.gdpr) == (date(2027, 1, 1) + timedelta(days=3), None), (
        "New Year and a weekend are passed over"
    )
