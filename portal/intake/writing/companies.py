"""Companies and their openings.

A new company is being set up until its state is changed (states.py). Its state is never made laxer by a file: a
suspension is lifted by `portal company reactivate`. Its account manager is set where there is none.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from portal.accesslog.actions import Action
from portal.intake.folder import Placed
from portal.intake.notices import MANAGED
from portal.intake.problems import Unreadable
from portal.intake.records import Company, Opening
from portal.intake.writing.work import State, Work, conflict
from portal.language.i18n import N_

STRICTNESS = ("pending", "screening", "active", "suspended", "terminated")
COMPANY_COLUMNS = ("name", "name_latin", "corporate_number", "country", "address", "representative")
OPENING_COLUMNS = ("title", "title_latin", "description", "status")
STRICTER = N_("a status as strict as the one set in the portal, which is {stands}")
SUSPENDED = N_(
    "a status as strict as the one set in the portal, which is {stands}: "
    "`portal company reactivate` with the company's reference lifts a suspension"
)
GROUP = """
insert into portal.company_group (reference, name) values ($1, $2)
on conflict (reference) do update set name = excluded.name returning id
"""
IN_GROUP = "select group_id from portal.group_member where company_id = $1 and until is null"
LEAVE_GROUP = "select gate.leave_group($1)"
ENTER_GROUP = "select gate.add_group_member($1, $2)"
ANSWERS = N_(
    "the group that it is in: it answers for that group, and others are in it. Let them leave first, on their pages"
)
IDENTITY = ("name", "corporate_number", "country", "address", "representative")
# Once known, who a company is stays what agreements and consents were given to; the database holds every writer to it.
BOUND = "select gate.bound($1)"
UNNAMED = "select gate.bound($1) and not gate.named_in_agreement($1, $2, $3)"
NAMED = N_(
    "country and corporate number as a signed agreement names them: import that agreement first, for both open data"
)
SAME = N_(
    "what agreements and consents stand on, which is {stands}: a change of it stops disclosure and is made on the "
    "company's page, and another company is another record"
)
MANAGER = N_("the e-mail of an account manager's account")
SUSPENDED_MANAGER = N_("whoever looks after the company in the portal: this account manager is suspended")


async def write_company(work: Work, placed: Placed[Company]) -> State:
    """Raises Unreadable for an unknown account manager, one who is suspended in place of another, or a status that the
    portal made stricter."""
    company = placed.record
    values: dict[str, object] = {name: getattr(company, name) for name in COMPANY_COLUMNS}
    values["account_manager_id"] = await _account_manager(work, placed)
    row = await work.connection.fetchrow(
        "select * from portal.company where reference = $1 for update", company.reference
    )
    if row is None:
        made = await work.insert("portal.company", {"reference": company.reference, **values})
        await _enter_group(work, placed, made)
        await work.record(Action.COMPANY_IMPORTED, company=made, subject=made, new=True)
        return State.ADDED
    if company.status is not None and STRICTNESS.index(company.status) < STRICTNESS.index(row["status"]):
        wanted = SUSPENDED if row["status"] == "suspended" else STRICTER
        raise conflict(placed, wanted, "status", row["status"])
    if row["account_manager_id"] is not None:
        await _keep_manager(work, placed, row["account_manager_id"], values.pop("account_manager_id"))
    changed, entered = work.differences(row, values), await _enter_group(work, placed, row["id"])
    if not changed:
        return State.UPDATED if entered else State.UNCHANGED
    if "account_manager_id" in changed and await _is_suspended(work, placed):
        raise Unreadable(placed.problem(SUSPENDED_MANAGER, "account_manager"))
    await _keep_identity(work, placed, row, changed)
    await work.update("portal.company", row["id"], changed)
    await work.record(Action.COMPANY_IMPORTED, company=row["id"], subject=row["id"], new=False)
    return State.UPDATED


async def _keep_identity(
    work: Work, placed: Placed[Company], row: Mapping[str, Any], changed: Mapping[str, object]
) -> None:
    """Raises Unreadable for a change of what consents and agreements name, but for what a signed agreement fills in."""
    other = [name for name in IDENTITY if name in changed and row[name] is not None]
    if other and await work.connection.fetchval(BOUND, row["id"]):
        raise conflict(placed, SAME, other[0], row[other[0]])
    filled = [name for name in ("country", "corporate_number") if name in changed]
    company = placed.record
    if filled and await work.connection.fetchval(UNNAMED, row["id"], company.country, company.corporate_number):
        raise Unreadable(placed.problem(NAMED, filled[0]))


async def _enter_group(work: Work, placed: Placed[Company], of: UUID) -> bool:
    """The company is in the group that the file names, and leaves the one it was in. Where the file names none it stays
    where it is: what closes is not closed by an empty cell. Raises Unreadable for one that answers for its group."""
    company = placed.record
    if company.group is None:
        return False
    group: UUID = await work.connection.fetchval(GROUP, company.group, company.group_name)
    stands = await work.connection.fetchval(IN_GROUP, of)
    if stands == group:
        return False
    if stands is not None and await work.connection.fetchval(LEAVE_GROUP, of) == "responsible":
        raise Unreadable(placed.problem(ANSWERS, "group"))
    await work.connection.execute(ENTER_GROUP, group, of)
    return True


async def _account_manager(work: Work, placed: Placed[Company]) -> UUID | None:
    email = placed.record.account_manager
    if email is None:
        return None
    account = await work.account(email)
    if account is None:
        raise Unreadable(placed.lacking(MANAGER, "account_manager", "accounts", email))
    if account["role"] != "account_manager":
        raise Unreadable(placed.problem(MANAGER, "account_manager"))
    found: UUID = account["id"]
    return found


async def _keep_manager(work: Work, placed: Placed[Company], stands: UUID, said: object) -> None:
    """Whoever looks after a company stays, for a hand-over has its own entry; a file that names another is told so."""
    if said is not None and said != stands:
        email = await work.connection.fetchval("select email from portal.account where id = $1", stands)
        work.notices.append(replace(placed.problem(MANAGED, "account_manager", stands=email), sentence=True))


async def _is_suspended(work: Work, placed: Placed[Company]) -> bool:
    """Whether the file names an account manager who was suspended: what they looked after was handed over."""
    email = placed.record.account_manager
    account = await work.account(email) if email else None
    return account is not None and account["status"] == "suspended"


async def write_opening(work: Work, placed: Placed[Opening]) -> State:
    """Raises Unreadable for an unknown company, or an opening that is another company's."""
    opening = placed.record
    company = await work.required("companies", placed, "company")
    values = {name: getattr(opening, name) for name in OPENING_COLUMNS}
    if opening.fair_screening:  # a file chooses it and never takes it back: what it keeps closed would open
        values["fair_screening"] = True
    row = await work.connection.fetchrow(
        "select * from portal.opening where reference = $1 for update", opening.reference
    )
    if row is None:
        made = await work.insert("portal.opening", {"reference": opening.reference, "company_id": company, **values})
        await work.record(Action.OPENING_IMPORTED, company=company, subject=made, new=True)
        return State.ADDED
    if row["company_id"] != company:
        raise Unreadable(placed.problem(N_("the company that the position was first imported for"), "company"))
    changed = work.differences(row, values)
    if not changed:
        return State.UNCHANGED
    await work.update("portal.opening", row["id"], changed)
    await work.record(Action.OPENING_IMPORTED, company=company, subject=row["id"], new=False)
    return State.UPDATED
