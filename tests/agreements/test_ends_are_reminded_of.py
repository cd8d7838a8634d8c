"""60, 30 and 7 days before an agreement ends, its administrators and its account manager are told, once each."""

from datetime import datetime, timedelta
from typing import Any

from tests.agreements.templates import from_template, write_template
from tests.database import Database
from tests.facts import DAY, HOUR, Campaign, Company
from tests.signed import as_if_signed
from tests.world import World

NOT_REMINDED: dict[str, dict[str, Any]] = {
    "later": {"expires_at": 61 * DAY},
    "endless": {},
    "over": {"expires_at": -HOUR},
    "unsigned": {"expires_at": 20 * DAY, "operator_signed_at": None},
    "lacking": {"expires_at": 20 * DAY, "company_address": None},
}
MAILS = """
select account.email, mail.kind from portal.mail join portal.account on account.id = mail.account_id
order by account.email, mail.kind
"""


def company_with(world: World, name: str, **values: Any) -> Company:
    """A company with an administrator, a recruiter and an agreement; moments are given from now on."""
    daichi = world.account(f"daichi-{name}", "account_manager")
    company = world.company(name, account_manager=daichi)
    world.account("chie", "employer_admin", company)
    world.account("aiko", "recruiter", company)
    moments = {key: world.now + value if isinstance(value, timedelta) else value for key, value in values.items()}
    world.agreement(company, **moments)
    return company


async def mails(owner: Any) -> set[tuple[str, str]]:
    """What was put into the outbox, and for whom; then it is emptied."""
    found = await owner.fetch(MAILS)
    await owner.execute("delete from portal.mail")
    assert len(set(found)) == len(found)
    return {(row["email"], row["kind"]) for row in found}


def told(name: str, days: int) -> set[tuple[str, str]]:
    """The two mails for a company: nobody else, its recruiter least of all, gets one."""
    return {(f"{reader}.example", f"agreement_ends_{days}") for reader in (f"chie@{name}", f"daichi-{name}@operator")}


async def test_each_end_is_reminded_of_once_for_each_number_of_days(database: Database) -> None:
    owner = await database.connect("portal_owner")
    worker = await database.connect("portal_worker")
    world = World(await owner.fetchval("select now()"))

    async def remind(at: datetime | None = None) -> int:
        done: int = await worker.fetchval("select gate.remind_of_ends(coalesce($1, now()))", at)
        return done

    soon = company_with(world, "soon", expires_at=59 * DAY)
    company_with(world, "sooner", expires_at=29 * DAY)
    company_with(world, "ended", terminated_at=6 * DAY)
    for name, values in NOT_REMINDED.items():
        company_with(world, name, **values)
    company_with(world, "terminated", expires_at=20 * DAY).status = "terminated"
    company_with(world, "halted", expires_at=20 * DAY)
    renewed = company_with(world, "renewed", expires_at=20 * DAY)
    world.agreement(renewed, effective_at=world.now + 19 * DAY)
    await world.write(owner)
    await owner.execute("update portal.account set status = 'suspended' where email like '%@halted.example'")
    await owner.execute("update portal.company set account_manager_id = null where reference = 'halted'")

    assert await remind() == 4
    assert await mails(owner) == told("soon", 60) | told("sooner", 30) | told("ended", 7)
    assert await remind() == 0
    assert await remind(world.now + 30 * DAY) == 2, "one that was not told of sixty days is told of what is left"
    assert await mails(owner) == told("soon", 30) | told("later", 60)
    assert await remind(world.now + 53 * DAY) == 2
    assert await mails(owner) == told("soon", 7) | told("later", 30)

    await as_if_signed(
        owner, "update portal.agreement set expires_at = $2 where company_id = $1", soon.id, world.now + 40 * DAY
    )
    assert await remind() == 1, "an end that is moved is another end"
    assert await mails(owner) == told("soon", 60)


async def test_an_end_by_a_campaign_is_told_in_its_own_words_and_not_to_who_has_signed(database: Database) -> None:
    owner = await database.connect("portal_owner")
    world = World(await owner.fetchval("select now()"))
    company_with(world, "unsigned")
    company_with(world, "ending", expires_at=20 * DAY)
    done = company_with(world, "done")
    emi, eva = world.account("emi", "compliance"), world.account("eva", "compliance")
    await world.write(owner)
    version = await write_template(owner, emi, eva)
    world.add(Campaign, template_version=version, started_at=world.now - DAY, ends_at=world.now + 29 * DAY)
    new = world.agreement(done, expires_at=world.now + 400 * DAY, territory=["JP"], effective_at=world.now + 28 * DAY)
    from_template(new, version)
    await world.write(owner)
    await owner.execute("select gate.spread_campaigns()")
    worker = await database.connect("portal_worker")
    assert await worker.fetchval("select gate.remind_of_ends()") == 2
    due = {(reader, "new_version_due_30") for reader, _kind in told("unsigned", 30)}
    assert await mails(owner) == due | told("ending", 30)
