"""What a status of residence permits is told with what an employer may do about it, and is no invitation to reject."""

import json

import pytest

from tests.client import Portal
from tests.journeys.cast import LINH, cast
from tests.resume.papers import text_of

STUDENT = {"code": "student", "grade": None, "detail": None, "expires": "2027-03-31", "work": "after_change"}
SKILLED = {
    "code": "specified_skilled_worker",
    "grade": "1",
    "detail": "介護",
    "expires": "2028-03-31",
    "work": "employer_and_field_bound",
}
TOLD = [
    (STUDENT, "en", "Student", "possible after a change of status, so this alone is no reason to reject"),
    (STUDENT, "ja", "留学", "これだけを理由に不採用としないでください"),
    (SKILLED, "en", "Specified Skilled Worker (i)", "the person first needs permission to change employer"),
    (SKILLED, "ja", "特定技能1号", "先に所属機関の変更の許可が必要です"),
]


@pytest.mark.parametrize(("held", "language", "name", "said"), TOLD)
async def test_page_list_and_resume_say_what_a_status_permits(
    portal: Portal, held: dict[str, str | None], language: str, name: str, said: str
) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    await portal.owner.execute(
        "update personal.candidate_items set residence_status = $2 where candidate_id = $1",
        linh.candidate.id,
        json.dumps(held),
    )
    await portal.owner.execute("update portal.account set locale = $2 where id = $1", people.hana.id, language)
    hana = await portal.signed_in(people.hana)
    page = await hana.get(linh.page)
    assert name in page.text
    assert said in page.text
    listed = await hana.get("/candidates")
    assert name in listed.text
    pdf = await hana.raw("GET", f"{linh.page}/resume.pdf?form={language}&calendar=western")
    assert name.replace(" ", "") in text_of(pdf.content)
    found = await hana.get(f"/candidates?work={held['work']}")
    assert found.texts("#results .row-link") == [linh.name]
