"""`portal doctor` says whether mail can leave, and whether it does."""

from pathlib import Path

import pytest

from portal.operate.check_mail import outbox_check, server_check
from portal.settings import load_settings
from tests.database import Database
from tests.notify.conftest import Outbox, outbox
from tests.notify.mailserver import MailServer, serving

__all__ = ["outbox"]


async def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    check = await server_check(load_settings(home=tmp_path, smtp_url="smtp://127.0.0.1:1"))
    assert (check.state, check.found) == ("failed", "127.0.0.1:1: unreachable")
    assert "PORTAL_SMTP_URL" in check.remedy


async def test_a_server_that_takes_mail_only_unencrypted(tmp_path: Path) -> None:
    with serving(MailServer()) as server:
        check = await server_check(load_settings(home=tmp_path, smtp_url=server.url))
        assert check.state == "failed"
        assert "PORTAL_SMTP_CA_FILE" in check.remedy
        check = await server_check(load_settings(home=tmp_path, smtp_url=server.url, smtp_tls="none"))
    assert (check.state, check.found) == ("ok", f"localhost:{server.port} takes mail, unencrypted")


async def test_without_a_server_files_will_do_on_this_machine_and_nowhere_else(tmp_path: Path) -> None:
    here = await server_check(load_settings(home=tmp_path))
    assert (here.state, here.found) == ("ok", f"none: mail is written to {tmp_path / 'mail'}")
    there = await server_check(load_settings(home=tmp_path, base_url="https://portal.example.jp"))
    assert there.state == "failed"
    assert "PORTAL_SMTP_URL" in there.remedy


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("written_at = now()", "1 wait"),
        ("state = 'sent', ended_at = now()", "nothing waits"),
        ("state = 'given_up', ended_at = now() - interval '8 days'", "nothing waits"),
        ("written_at = now() - interval '6 minutes'", "1 wait and were never tried"),
        ("attempts = 3, failure = 'tls'", "1 wait after a failure, such as tls"),
        ("state = 'given_up', ended_at = now()", "1 were given up within a week"),
    ],
)
async def test_what_waits_and_what_was_given_up(database: Database, outbox: Outbox, change: str, found: str) -> None:
    mail = await outbox.put(await outbox.account("aiko"))
    await outbox.owner.execute(f"update portal.mail set {change} where id = $1", mail)
    check = await outbox_check(database.url("portal_owner"))
    assert check.found == found
    assert (check.state == "failed") == bool(check.remedy) == (len(found) > len("nothing waits"))
