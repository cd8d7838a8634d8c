"""P6: kill -9 of the worker when the mail server has a mail and our note is missing: it is sent twice, never not."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.database import Database
from tests.notify.conftest import Outbox
from tests.notify.mailserver import MailServer


@contextmanager
def worker_process(database: Database, home: Path, server: MailServer) -> "Iterator[subprocess.Popen[bytes]]":
    """`portal worker`, as it is run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    given = {
        "PORTAL_HOME": str(home), "PORTAL_DATABASE_URL": database.url("portal_worker"),
        "PORTAL_SMTP_URL": server.url, "PORTAL_SMTP_TLS": "none",
    }  # fmt: skip
    with (home / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.cli", "worker"], env=kept | given, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait(30)


async def test_p6_a_mail_that_was_taken_and_not_noted_is_sent_once_more_with_the_same_id(
    database: Database, outbox: Outbox, server: MailServer, tmp_path: Path
) -> None:
    mail = await outbox.put(await outbox.account("aiko"))
    server.held = True
    with worker_process(database, tmp_path, server) as first:
        await outbox.taken(server, 1)
        first.send_signal(signal.SIGKILL)
        first.wait(30)
        server.held = False
    assert (await outbox.mail(mail))["state"] == "waiting"
    await outbox.owner.execute("update jobs.pgqueuer set heartbeat = now() - interval '1 hour'")
    with worker_process(database, tmp_path, server) as second:
        row = await outbox.until(mail, state="sent")
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0
    assert row["attempts"] == 2
    assert len(server.taken) == 2
    assert len({one["Message-ID"] for one in server.taken}) == 1
    log = (tmp_path / "worker.log").read_text()
    assert "aiko" not in log
    assert str(mail) in log
