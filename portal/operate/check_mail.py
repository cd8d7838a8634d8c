"""What `portal doctor` says about mail: whether it can leave, and whether it does."""

from urllib.parse import urlsplit

from portal.notify import files, outbox, smtp
from portal.notify.smtp import NotSent
from portal.operate.checks import Check
from portal.operate.connect import connected
from portal.setting_values import LOOPBACK
from portal.settings import Settings

_WORKER = "Is the worker running? `portal up` runs it, or `portal worker` by itself."


async def server_check(settings: Settings) -> Check:
    """Whether the mail server can be signed in to; and where mail goes without one."""
    if settings.smtp_url is None:
        return _without_server(settings)
    parts = urlsplit(settings.smtp_url)
    place = f"{parts.hostname}:{parts.port or smtp.PORTS[parts.scheme]}"
    try:
        server = smtp.server_of(settings)
        assert server is not None
        await smtp.greet(server)
    except OSError:
        return Check("mail server", "failed", f"{settings.smtp_ca_file} cannot be read", "Check PORTAL_SMTP_CA_FILE.")
    except NotSent as trouble:
        return Check("mail server", "failed", f"{place}: {trouble.failure}", trouble.remedy)
    return Check("mail server", "ok", f"{place} takes mail{'' if server.encrypted else ', unencrypted'}")


def _without_server(settings: Settings) -> Check:
    """Files are for whoever tries the portal on this machine; people elsewhere would wait for mail that never comes."""
    found = f"none: mail is written to {files.folder(settings.home)}"
    if urlsplit(settings.base_url).hostname in LOOPBACK:
        return Check("mail server", "ok", found)
    return Check("mail server", "failed", found, "People are sent nothing: set PORTAL_SMTP_URL (docs/mail.md).")


async def outbox_check(url: str) -> Check:
    """Whether what was to be sent was, as far as the database at portal_owner's `url` says."""
    async with connected(url) as connection:
        if not await connection.fetchval("select to_regclass('portal.mail') is not null"):
            return Check("outbox", "skipped", "the database is not migrated to this version")
        stands = await outbox.standing(connection)
    if stands.untouched:
        return Check("outbox", "failed", f"{stands.untouched} wait and were never tried", _WORKER)
    if stands.failing:
        remedy = "They are tried again by themselves; `portal mail list` lists them."
        return Check("outbox", "failed", f"{stands.failing} wait after a failure, such as {stands.failure}", remedy)
    if stands.given_up:
        remedy = "`portal mail list` says which and why, `portal mail again ID` tries one again."
        return Check("outbox", "failed", f"{stands.given_up} were given up within a week", remedy)
    return Check("outbox", "ok", f"{stands.waiting} wait" if stands.waiting else "nothing waits")
