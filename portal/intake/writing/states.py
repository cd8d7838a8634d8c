"""The states of companies: changed by the function of page and command, with the row's reason and an entry each.

What closes is done before anything else, so that no other row keeps it. A company that is to be active becomes so once
its agreement is there: with what it lacks it stays as it is, and the report says what that is.
"""

from dataclasses import replace
from uuid import UUID

from portal.companies.actions import lacking, screen_company, set_company_status
from portal.intake.folder import Placed
from portal.intake.problems import Problem, named
from portal.intake.records import Company
from portal.intake.writing.work import Work
from portal.language.i18n import N_

STANDS = "select id, status from portal.company where reference = $1"
UNSCREENED = "select not exists (select from portal.company_screening where company_id = $1)"
# By which acts a state leads to another. What is left out is laxer, and told by the row itself.
STEPS = {
    ("pending", "active"): ("active",),
    ("pending", "suspended"): ("active", "suspended"),
    ("pending", "terminated"): ("terminated",),
    ("active", "suspended"): ("suspended",),
    ("active", "terminated"): ("terminated",),
    ("suspended", "terminated"): ("terminated",),
}
TO_SCREEN = ("screening", "active", "suspended")  # what compliance has to approve first
LACKING = {
    "country": N_("pending for now: a company that is active has a country"),
    "corporate_number": N_("pending for now: a company that is active in Japan has its corporate number"),
    "address": N_("pending for now: a company that is active has an address"),
    "representative": N_("pending for now: a company that is active has a representative"),
    "screening": N_(
        "pending for now: compliance approves a company before it is active, in the column screening or on its page"
    ),
    "approval": N_("pending for now: compliance refused the company"),
    "agreement": N_("pending for now: a company that is active has an agreement in force"),
}


async def close_company(work: Work, placed: Placed[Company]) -> None:
    """Suspend or terminate one that is known and further."""
    if placed.record.status in ("suspended", "terminated"):
        await _change(work, placed, only=("active", "suspended"))


async def set_state(work: Work, placed: Placed[Company]) -> None:
    """Bring one to the state of its row, or say what it lacks for that."""
    if work.was_taken("companies", placed.record.key):
        await _change(work, placed, only=("pending", "active", "suspended"))


async def _change(work: Work, placed: Placed[Company], only: tuple[str, ...]) -> None:
    company = placed.record
    row = await work.connection.fetchrow(STANDS, company.reference)
    if row is None or row["status"] not in only:
        return
    unscreened = row["status"] == "pending" and await work.connection.fetchval(UNSCREENED, row["id"])
    if unscreened and company.screening:
        await screen_company(work.connection, row["id"], "approved", company.screening)
    elif unscreened and company.status in TO_SCREEN:
        await _send(work, placed, row["id"])
    for step in STEPS.get((row["status"], company.status or ""), ()):
        if not await set_company_status(work.connection, row["id"], step, company.status_reason or ""):
            work.problems += [_lacking(placed, code) for code in await lacking(work.connection, row["id"], step)]
            return
        work.moved("companies", company.key)


async def _send(work: Work, placed: Placed[Company], company: UUID) -> None:
    """Send it to screening, once, unless compliance said something already."""
    if await set_company_status(work.connection, company, "screening", placed.record.status_reason or ""):
        work.moved("companies", placed.record.key)
    elif placed.record.status == "screening":
        work.problems += [_lacking(placed, code) for code in await lacking(work.connection, company, "screening")]


def _lacking(placed: Placed[Company], code: str) -> Problem:
    """An agreement that was refused itself is told once, and the company's row as depending on it."""
    problem = placed.problem(LACKING[code], "status")
    return replace(problem, lacks=named("agreements", [placed.record.key])) if code == "agreement" else problem
