"""What is to be sent is written with the decision, by functions of the gate alone, and is lost with nothing but it."""

from datetime import timedelta

import asyncpg
import pytest

from portal.settings import PROJECT
from tests.database import Database
from tests.notify.conftest import Outbox

RIGHTS = """
select relname as name, kind from pg_class, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as kind
where relnamespace = 'jobs'::regnamespace and relkind = 'r'
  and (has_table_privilege($1, pg_class.oid, kind)
       or kind not in ('DELETE', 'TRUNCATE') and has_any_column_privilege($1, pg_class.oid, kind))
"""


async def test_what_is_undone_leaves_neither_mail_nor_job(outbox: Outbox) -> None:
    aiko = await outbox.account("aiko")
    transaction = outbox.owner.transaction()
    await transaction.start()
    mail = await outbox.put(aiko)
    assert len(await outbox.jobs()) == 1
    await transaction.rollback()
    assert await outbox.mail(mail) is None
    assert await outbox.jobs() == []


async def test_a_job_holds_the_id_of_a_mail_and_nothing_else(outbox: Outbox) -> None:
    mail = await outbox.put(await outbox.account("aiko"))
    (job,) = await outbox.jobs()
    assert (job["entrypoint"], job["payload"], job["headers"]) == ("mail", str(mail).encode(), None)


async def test_the_web_process_can_put_nothing_in_and_read_nothing(database: Database, outbox: Outbox) -> None:
    mail = await outbox.put(await outbox.account("aiko"))
    web = await database.connect("portal_web")
    for statement in (
        "select * from jobs.pgqueuer",
        "insert into jobs.pgqueuer (priority, status, entrypoint) values (0, 'queued', 'mail')",
        "select * from portal.mail",
        f"select gate.put_mail('password_changed', '{mail}')",
        f"select gate.put_job('mail', '{mail}')",
        f"select * from gate.mail_to_send('{mail}')",
        f"select gate.mail_sent('{mail}')",
        f"select gate.send_mail_again('{mail}')",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await web.execute(statement)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("portal_web", set()),
        ("portal_gate", {("pgqueuer", "SELECT"), ("pgqueuer", "INSERT")}),
        (
            "portal_worker",
            {
                (table, right)
                for table in ("pgqueuer", "pgqueuer_log", "pgqueuer_statistics")
                for right in ("SELECT", "INSERT", "UPDATE", "DELETE")
            },
        ),
    ],
)
async def test_each_role_has_exactly_these_rights_on_the_queue(
    database: Database, role: str, rights: set[tuple[str, str]]
) -> None:
    owner = await database.connect("portal_owner")
    assert {(row["name"], row["kind"]) for row in await owner.fetch(RIGHTS, role)} == rights
    assert await owner.fetchval("select has_schema_privilege($1, 'jobs', 'usage')", role) == bool(rights)
    assert not await owner.fetchval("select has_schema_privilege($1, 'jobs', 'create')", role)


async def test_the_queue_tells_nobody_that_something_is_in_it(database: Database, outbox: Outbox) -> None:
    heard: list[object] = []
    web = await database.connect("portal_web")
    for channel in ("jobs", "ch_pgqueuer"):
        await web.add_listener(channel, lambda *said: heard.append(said))
    await outbox.put(await outbox.account("aiko"))
    await web.execute("select 1")
    assert heard == []
    assert not await outbox.owner.fetch("select from pg_trigger where tgrelid = 'jobs.pgqueuer'::regclass")


async def test_a_mail_whose_job_was_lost_gets_another_and_no_second_one(database: Database, outbox: Outbox) -> None:
    worker = await database.connect("portal_worker")
    mail = await outbox.put(await outbox.account("aiko"))
    assert await worker.fetchval("select gate.keep_outbox()") == 0
    await outbox.owner.execute("delete from jobs.pgqueuer")
    assert await worker.fetchval("select gate.keep_outbox()") == 1
    assert [job["payload"] for job in await outbox.jobs()] == [str(mail).encode()]
    assert await worker.fetchval("select gate.keep_outbox()") == 0


async def test_what_was_sent_or_given_up_is_forgotten_after_ninety_days(database: Database, outbox: Outbox) -> None:
    worker = await database.connect("portal_worker")
    old, new = [await outbox.put(await outbox.account(name)) for name in ("aiko", "ben")]
    for mail, age in ((old, 91), (new, 89)):
        await outbox.owner.execute(
            "update portal.mail set state = 'sent', ended_at = now() - $2::interval where id = $1",
            mail, timedelta(days=age),
        )  # fmt: skip
    await worker.execute("select gate.keep_outbox()")
    assert await outbox.mail(old) is None
    assert await outbox.mail(new) is not None


async def test_p3_mail_to_an_account_that_was_suspended_meanwhile_is_not_sent(
    database: Database, outbox: Outbox
) -> None:
    worker = await database.connect("portal_worker")
    aiko = await outbox.account("aiko")
    mail = await outbox.put(aiko)
    await outbox.owner.execute("update portal.account set status = 'suspended' where id = $1", aiko.id)
    assert await worker.fetch("select * from gate.mail_to_send($1)", mail) == []
    assert (await outbox.mail(mail))["state"] == "dropped"


async def test_mail_that_nobody_wants_any_more_is_given_up(database: Database, outbox: Outbox) -> None:
    worker = await database.connect("portal_worker")
    mail = await outbox.put(await outbox.account("aiko"))
    await outbox.owner.execute("update portal.mail set until = now() where id = $1", mail)
    assert await worker.fetch("select * from gate.mail_to_send($1)", mail) == []
    row = await outbox.mail(mail)
    assert (row["state"], row["failure"]) == ("given_up", "too_late")


async def test_each_kind_of_mail_has_its_words_and_no_words_lie_about(outbox: Outbox) -> None:
    rows = await outbox.owner.fetch("select code from portal.mail_kind")
    written = {path.stem for path in (PROJECT / "templates/email").glob("*.txt")}
    assert {row["code"] for row in rows} | {"trial"} == written
