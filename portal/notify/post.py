"""One mail of the outbox: asked for, written, handed over, and how it went noted.

A mail is sent at least once. It is sent a second time when the worker, or its connection to the database, ends between
the server's yes and our note of it; the second has the same Message-ID. In the folder the second is the same file.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import structlog
from pgqueuer.domain.errors import RetryRequested

from portal.database.viewer import new_secret
from portal.notify import files, messages, smtp
from portal.notify.smtp import Failure, NotSent, Server, server_of
from portal.own_files import NotAnOwnFile
from portal.settings import Settings

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
TO_SEND = "select * from gate.mail_to_send($1)"
SENT = "select gate.mail_sent($1)"
FAILED = "select gate.mail_failed($1, $2, $3)"
KEEP_DIGEST = "select gate.put_mail_secret($1, $2)"
log = structlog.get_logger()


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: half a minute, then twice as long each time, and an hour at the most."""
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(LONGEST_PAUSE, FIRST_PAUSE * doubled)


async def post(pool: asyncpg.Pool, settings: Settings, server: Server | None, mail: UUID) -> None:
    """Send one mail that waits. Raises RetryRequested when it is to be tried again, and what the database raises."""
    wanted = await pool.fetchrow(TO_SEND, mail)
    if wanted is None:
        return
    try:
        secret = await _secret(pool, mail, wanted)
        await _deliver(settings, server, mail, wanted, secret)
    except NotSent as trouble:
        await pool.execute(FAILED, mail, trouble.failure.value, trouble.for_good)
        log.warning("mail_not_sent", mail=str(mail), failure=trouble.failure.value, attempts=wanted["attempts"])
        if not trouble.for_good:
            raise RetryRequested(pause_after(wanted["attempts"]), trouble.failure.value) from None
    else:
        await pool.execute(SENT, mail)
        log.info("mail_sent", mail=str(mail), kind=wanted["kind"])


async def _secret(pool: asyncpg.Pool, mail: UUID, wanted: asyncpg.Record) -> dict[str, str]:
    """What this mail carries, made now; the database is told its digest and nothing else is kept of it."""
    if wanted["carries"] == "link":
        secret = new_secret()
        await pool.execute(KEEP_DIGEST, mail, hashlib.sha256(secret.encode()).digest())
        return {"secret": secret}
    if wanted["carries"] == "code":
        code = f"{secrets.randbelow(10**8):08}"
        await pool.execute(KEEP_DIGEST, mail, hashlib.sha256(wanted["about"].bytes + code.encode()).digest())
        return {"code": f"{code[:4]} {code[4:]}"}
    return {}


async def _deliver(
    settings: Settings, server: Server | None, mail: UUID, wanted: asyncpg.Record, secret: dict[str, str]
) -> None:
    values = {**secret, "until": wanted["until"]}
    try:
        message = messages.compose(settings, mail, wanted["email"], wanted["kind"], wanted["locale"], **values)
    except (ValueError, MessageError):
        raise NotSent(Failure.NO_SUCH_ADDRESS) from None
    if server is not None:
        await smtp.send(server, message)
        return
    try:
        files.keep(settings.home, mail, wanted["written_at"], message)
    except (OSError, NotAnOwnFile):
        raise NotSent(Failure.NOT_WRITTEN) from None


async def send_trial(settings: Settings, address: str) -> Path | None:
    """Send a mail to an address now; returns its file where no mail server is configured. Raises NotSent."""
    message = messages.compose(settings, uuid4(), address, "trial", "ja")
    server = server_of(settings)
    if server is None:
        return files.keep(settings.home, uuid4(), datetime.now(UTC), message)
    await smtp.send(server, message)
    return None
