"""Mail is handed to a real server: at once, again when it could not be, and given up where nobody can be blamed."""

from pathlib import Path
from uuid import uuid4

import pytest

from portal.notify.post import pause_after
from portal.settings import Settings
from portal.values.contact import email
from tests.notify.conftest import Outbox, Working
from tests.notify.mailserver import MailServer, serving


async def test_mail_is_sent_to_the_accounts_address_of_now(
    outbox: Outbox, working: Working, server: MailServer
) -> None:
    aiko = await outbox.account("aiko")
    mail = await outbox.put(aiko)
    await outbox.owner.execute("update portal.account set email = 'new@aoba.example' where id = $1", aiko.id)
    async with working(smtp_url=server.url):
        row = await outbox.until(mail, state="sent")
    assert server.recipients == ["new@aoba.example"]
    assert (row["attempts"], row["failure"]) == (1, None)
    assert await outbox.jobs() == []


async def test_a_former_address_is_told_that_it_changed_and_the_new_one_gets_the_link(
    outbox: Outbox, working: Working, server: MailServer
) -> None:
    aiko = await outbox.account("aiko")
    await outbox.account("other")
    waits = await outbox.put(aiko)
    moved = (
        "select gate.change_account(id, row(display_name, email, role, company_id)::gate.account_details,"
        " row(display_name, 'new@aoba.example', role, company_id)::gate.account_details)"
        " from portal.account where id = $1"
    )
    assert await outbox.owner.fetchval(moved, aiko.id) == "changed"
    assert (await outbox.mail(waits))["state"] == "dropped"
    async with working(smtp_url=server.url):
        await outbox.taken(server, 2)
    assert sorted(server.recipients) == sorted([aiko.email, "new@aoba.example"])


@pytest.mark.parametrize("address", ["hana..ko@docomo.ne.jp", "hanako.@ezweb.ne.jp"])
async def test_an_address_of_an_old_telephone_is_reached(
    outbox: Outbox, working: Working, server: MailServer, address: str
) -> None:
    aiko = await outbox.account("aiko", email=email(address))
    mail = await outbox.put(aiko)
    async with working(smtp_url=server.url):
        await outbox.until(mail, state="sent")
    assert server.recipients == [address]


async def test_one_refused_recipient_is_given_up_and_holds_up_nobody(
    outbox: Outbox, working: Working, server: MailServer
) -> None:
    bad, good = await outbox.account("bad"), await outbox.account("good")
    server.answers[bad.email] = "550 5.1.1 <bad@example.jp> no such user"
    refused, taken = await outbox.put(bad), await outbox.put(good)
    async with working(smtp_url=server.url):
        await outbox.until(taken, state="sent")
        row = await outbox.until(refused, state="given_up")
    assert row["failure"] == "refused"
    assert server.recipients == [good.email]
    logged = await outbox.owner.fetch("select traceback::text from jobs.pgqueuer_log")
    assert not [one for one in logged if one[0] and "bad@" in one[0]]


async def test_what_a_server_puts_off_is_tried_again(outbox: Outbox, working: Working, server: MailServer) -> None:
    aiko = await outbox.account("aiko")
    server.answers[aiko.email] = "451 4.7.1 come again"
    mail = await outbox.put(aiko)
    async with working(smtp_url=server.url):
        await outbox.until(mail, state="waiting", failure="put_off")
        server.answers.clear()
        while not (await outbox.jobs())[0]["attempts"]:
            pass
        await outbox.at_once()
        row = await outbox.until(mail, state="sent")
    assert (row["attempts"], row["failure"]) == (2, None)


async def test_a_server_that_is_down_loses_nothing(outbox: Outbox, working: Working) -> None:
    server = MailServer()
    mail = await outbox.put(await outbox.account("aiko"))
    async with working(smtp_url=server.url):
        await outbox.until(mail, state="waiting", failure="unreachable")
        while not (await outbox.jobs())[0]["attempts"]:
            pass
        (job,) = await outbox.jobs()
        assert job["execute_after"] - job["updated"] == pause_after(1)
        with serving(server):
            await outbox.at_once()
            await outbox.until(mail, state="sent")
    assert len(server.taken) == 1


async def test_a_slow_server_is_waited_for_so_long_and_no_longer(
    outbox: Outbox, working: Working, server: MailServer
) -> None:
    server.seconds = 30.0
    mail = await outbox.put(await outbox.account("aiko"))
    async with working(smtp_url=server.url, smtp_seconds=0.2):
        row = await outbox.until(mail, state="waiting", failure="broken_off")
    assert row["attempts"] == 1


async def test_without_a_server_mail_is_a_file_for_its_owner_alone(
    outbox: Outbox, working: Working, settings: Settings
) -> None:
    mail = await outbox.put(await outbox.account("aiko"))
    async with working():
        await outbox.until(mail, state="sent")
    (path,) = (settings.home / "mail").glob("*.eml")
    assert str(mail) in path.name
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_a_folder_that_cannot_be_written_is_told_and_tried_again(
    outbox: Outbox, working: Working, settings: Settings
) -> None:
    (settings.home / "mail").write_text("in the way")
    mail = await outbox.put(await outbox.account("aiko"))
    async with working():
        await outbox.until(mail, state="waiting", failure="not_written")


async def test_a_job_of_no_mail_is_done_with(outbox: Outbox, working: Working, tmp_path: Path) -> None:
    await outbox.owner.execute("select gate.put_job('mail', $1)", uuid4())
    last = await outbox.put(await outbox.account("aiko"))
    async with working():
        await outbox.until(last, state="sent")
    assert await outbox.jobs() == []


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (50, 3600)])
def test_the_pauses_grow_to_an_hour(attempts: int, seconds: int) -> None:
    assert pause_after(attempts).total_seconds() == seconds
