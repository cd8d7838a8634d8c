"""Reading companies and openings. The policies of the database choose the rows; nothing here does."""

from collections import Counter
from typing import Any
from uuid import UUID

from portal.accounts.tables import Account
from portal.companies.tables import Company, CompanyGroup, Opening
from portal.database.viewer import Viewer
from portal.language.i18n import by_title, written

LAST_SIGN_INS = "select * from gate.last_sign_ins({})"


async def own_openings(viewer: Viewer) -> list[tuple[UUID, str]]:
    """The openings of the viewer's company, by title."""
    rows = await Opening.select(Opening.id, Opening.title, Opening.title_latin).where(
        Opening.company_id == viewer.company_id
    )
    return by_title((row["id"], row["title"], row["title_latin"]) for row in rows)


async def company_names() -> list[tuple[UUID, str]]:
    """The companies this viewer may read, by name."""
    rows = await Company.select(Company.id, Company.name, Company.name_latin)
    return by_title((row["id"], row["name"], row["name_latin"]) for row in rows)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    """A company with its name in the language in force, and as `other_name` the one in the other letters, if any."""
    name = written(row["name"], row["name_latin"])
    other = next((one for one in (row["name"], row["name_latin"]) if one != name), None)
    return {**row, "name": name, "other_name": other}


async def companies() -> list[dict[str, Any]]:
    """The companies this viewer may read, by name, each with its group's name and how many openings are open."""
    found = sorted(map(_named, await Company.select()), key=lambda one: one["name"])
    groups = {row["id"]: row["name"] for row in await CompanyGroup.select()}
    openings = await Opening.select(Opening.company_id).where(Opening.status == "open")
    open_at = Counter(row["company_id"] for row in openings)
    return [{**one, "group_name": groups.get(one["group_id"]), "openings_count": open_at[one["id"]]} for one in found]


async def company(asked: UUID) -> dict[str, Any] | None:
    """One company this viewer may read, with its group's name; None when there is none to this viewer."""
    found = await Company.select().where(Company.id == asked).first()
    if found is None:
        return None
    group = await CompanyGroup.select(CompanyGroup.name).where(CompanyGroup.id == found["group_id"]).first()
    return {**_named(found), "group_name": group["name"] if group else None}


async def openings_of(asked: UUID) -> list[dict[str, Any]]:
    """A company's openings, by title."""
    rows = await Opening.select().where(Opening.company_id == asked).order_by(Opening.title)
    return [{**row, "title": written(row["title"], row["title_latin"])} for row in rows]


async def people_of(asked: UUID) -> list[dict[str, Any]]:
    """A company's accounts, by name, with when each signed in last."""
    rows = await (
        Account.select(Account.id, Account.display_name, Account.email, Account.role, Account.status)
        .where(Account.company_id == asked)
        .order_by(Account.display_name)
    )
    last = {row["account_id"]: row["signed_in_at"] for row in await Account.raw(LAST_SIGN_INS, asked)}
    return [{**row, "last_signed_in_at": last.get(row["id"])} for row in rows]
