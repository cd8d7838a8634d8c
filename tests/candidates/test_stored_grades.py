"""A database from before grades were codes: nobody's status is lost, and what it permits is what it permits today."""

import json
from typing import Any

import pytest

from portal.candidates.residence import work_permission
from portal.operate import migrate
from portal.operate.roles import OWNER
from tests.database import Database

GRADES = "2026-11-29T19:10:00:000000"
# status, what stood as its detail, what it was said to permit; then its grade and what is left of the detail
STORED: list[tuple[str, str | None, str, str | None, str | None]] = [
    ("specified_skilled_worker", "特定技能1号（介護）", "within_scope", "1", "介護"),
    ("specified_skilled_worker", "特定技能２号（工業製品製造業）", "within_scope", "2", "工業製品製造業"),
    ("specified_skilled_worker", "特定技能1号", "within_scope", "1", None),
    ("specified_skilled_worker", "介護", "within_scope", None, "介護"),
    ("specified_skilled_worker", "1号、介護分野", "within_scope", "1", "1号、介護分野"),
    ("technical_intern_training", "技能実習3号ロ", "within_scope", "3", "技能実習3号ロ"),
    ("technical_intern_training", "技能実習2号", "within_scope", "2", None),
    ("highly_skilled_professional", "高度専門職1号ロ", "within_scope", "1b", None),
    ("highly_skilled_professional", "高度専門職２号", "within_scope", "2", None),
    ("highly_skilled_professional", "高度専門職1号", "within_scope", None, "高度専門職1号"),
    ("highly_skilled_professional", None, "within_scope", None, None),
    ("student", None, "none", None, None),
    ("student", "留学", "with_permission", None, "留学"),
    ("temporary_visitor", "短期滞在", "none", None, "短期滞在"),
    ("temporary_visitor", None, "with_permission", None, None),
    ("designated_activities", "特定活動（EPA介護福祉士候補者）", "designated", None, "特定活動（EPA介護福祉士候補者）"),
    ("skilled_labor", "技能（調理師）", "within_scope", None, "技能（調理師）"),
    ("permanent_resident", None, "unrestricted", None, None),
]


@pytest.fixture
async def older(database: Database) -> Any:
    """The owner's connection to a database that holds these people and knows of no grades."""
    await migrate.migrate_back(database.url(OWNER), GRADES)
    owner = await database.connect(OWNER)
    for number, (code, detail, work, _grade, _left) in enumerate(STORED):
        held = json.dumps({"code": code, "detail": detail, "expires": "2028-03-31", "work": work})
        person = await owner.fetchval(
            "insert into personal.candidate (reference) values ($1) returning id", f"P{number:02}"
        )
        await owner.execute(
            "insert into personal.candidate_items (candidate_id, residence_status) values ($1, $2)", person, held
        )
    return owner


async def _held(owner: Any) -> list[Any]:
    rows = await owner.fetch(
        "select residence_status, work_permission from personal.candidate_items join personal.candidate"
        " on candidate.id = candidate_id order by reference"
    )
    return [(json.loads(row["residence_status"]), row["work_permission"]) for row in rows]


async def test_a_grade_in_words_becomes_its_code_and_permits_what_it_permits_today(
    older: Any, database: Database
) -> None:
    await migrate.migrate(database.url(OWNER))
    for (code, detail, before, grade, left), (held, permission) in zip(STORED, await _held(older), strict=True):
        assert (held["grade"], held["detail"]) == (grade, left), (code, detail)
        assert held["expires"] == "2028-03-31"
        extra = before == "with_permission"
        assert held["work"] == permission == work_permission(code, grade, extra_permission=extra), (code, detail)


async def test_a_way_back_keeps_the_grade_in_words(older: Any, database: Database) -> None:
    await migrate.migrate(database.url(OWNER))
    await migrate.migrate_back(database.url(OWNER), GRADES)
    for (code, detail, before, _grade, _left), (held, permission) in zip(STORED, await _held(older), strict=True):
        assert "grade" not in held
        assert (detail or "").translate(str.maketrans("１２３", "123")) in (held["detail"] or ""), (code, detail)
        assert permission == ("none" if code == "temporary_visitor" else before)
