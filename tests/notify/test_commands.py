"""`portal mail`: what the portal sent, wrote down or gave up, and trying again."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from portal.settings import Settings
from tests.database import Database
from tests.notify.conftest import Outbox, Working
from tests.notify.mailserver import MailServer, serving


@pytest.fixture(autouse=True)
def _one_home(monkeypatch: pytest.MonkeyPatch, database: Database, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url("portal_owner"))
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))


async def portal(*arguments: str) -> Result:
    """A command, in a thread of its own: it has its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, main, ["mail", *arguments])


async def test_mail_that_was_written_down_is_listed_and_shown(
    outbox: Outbox, working: Working, settings: Settings
) -> None:
    aiko = await outbox.account("aiko")
    mail = await outbox.put(aiko)
    assert "waits" in (await portal("list")).output
    async with working():
        await outbox.until(mail, state="sent")
    (listed,) = json.loads((await portal("list", "--json")).output)
    assert (listed["id"], listed["email"], listed["state"]) == (str(mail), aiko.email, "sent")
    assert Path(listed["file"]).parent == settings.home / "mail"
    for name in (str(mail)[:8], "last"):
        shown = await portal("show", name)
        assert shown.exit_code == 0
        assert f"To: {aiko.email}" in shown.output
        assert "パスワード" in shown.output


async def test_a_mail_that_was_given_up_is_tried_again(outbox: Outbox, working: Working, server: MailServer) -> None:
    aiko = await outbox.account("aiko")
    server.answers[aiko.email] = "550 no"
    mail = await outbox.put(aiko)
    async with working(smtp_url=server.url):
        await outbox.until(mail, state="given_up")
        assert "given up after 1 tries (refused)" in (await portal("list")).output
        server.answers.clear()
        await outbox.idle()
        assert (await portal("again", str(mail)[:10])).exit_code == 0
        await outbox.until(mail, state="sent")
    refused = await portal("again", str(mail))
    assert refused.exit_code == 1
    assert "given up" in refused.output


async def test_an_id_that_no_mail_has(outbox: Outbox) -> None:
    for command in ("again", "show"):
        told = await portal(command, "0000")
        assert told.exit_code == 1
        assert "mail" in told.output


async def test_a_trial_goes_to_the_server_or_says_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no mail server is configured" in (await portal("try", "me@aoba.example")).output
    with serving(MailServer()) as server:
        monkeypatch.setenv("PORTAL_SMTP_URL", server.url)
        told = await portal("try", "me@aoba.example")
        assert (told.exit_code, "tls" in told.output) == (1, True)
        monkeypatch.setenv("PORTAL_SMTP_TLS", "none")
        assert (await portal("try", "me@aoba.example")).exit_code == 0
        assert server.recipients == ["me@aoba.example"]
