"""Handing a mail to the operator's mail server.

Promise: over a network, what is sent is encrypted and the server's certificate is checked, unless the operator said
otherwise; what went wrong is one of the words below, never what the server said, which may quote an address.
"""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from urllib.parse import unquote, urlsplit

import aiosmtplib

from portal.settings import Settings

PORTS = {"smtp": 587, "smtps": 465}
FOR_GOOD = range(500, 600)


class Failure(StrEnum):
    """Why a mail was not taken. Two are about this mail itself; the others may be mended, and are tried again."""

    UNREACHABLE = "unreachable"
    TLS = "tls"
    SIGN_IN = "sign_in"
    PUT_OFF = "put_off"
    SENDER_REFUSED = "sender_refused"
    REFUSED = "refused"
    BROKEN_OFF = "broken_off"
    NOT_WRITTEN = "not_written"
    NO_SUCH_ADDRESS = "no_such_address"


REMEDIES = {
    Failure.UNREACHABLE: "Check PORTAL_SMTP_URL, and that the server takes connections from here.",
    Failure.TLS: "The server offers no encryption, or its certificate is not trusted: name its authority with "
    "PORTAL_SMTP_CA_FILE. PORTAL_SMTP_TLS=none sends unencrypted, for a server on a network of your own.",
    Failure.SIGN_IN: "The server refuses the user or the password in PORTAL_SMTP_URL.",
    Failure.PUT_OFF: "The server takes no mail now; it is tried again.",
}


class NotSent(Exception):
    """The mail was not taken, as far as this side knows."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure

    @property
    def remedy(self) -> str:
        """What the operator may do about it."""
        return REMEDIES.get(self.failure, "The server's own log says more.")

    @property
    def for_good(self) -> bool:
        """Whether trying again would change nothing."""
        return self.failure in (Failure.REFUSED, Failure.NO_SUCH_ADDRESS)


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server of the settings. `encrypted` is false only where the operator said so."""

    host: str
    port: int
    at_once: bool
    encrypted: bool
    user: str | None
    password: str | None
    seconds: float
    context: ssl.SSLContext | None

    def connection(self) -> aiosmtplib.SMTP:
        """A connection to it, not opened yet."""
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.at_once,
            start_tls=self.encrypted and not self.at_once,
            username=self.user,
            password=self.password,
            timeout=self.seconds,
            tls_context=self.context,
        )


def server_of(settings: Settings) -> Server | None:
    """The mail server; None where none is configured. Raises OSError for a file of certificates that cannot be read."""
    if settings.smtp_url is None:
        return None
    parts = urlsplit(settings.smtp_url)
    encrypted = settings.smtp_tls == "required"
    context = ssl.create_default_context() if encrypted else None
    if context is not None and settings.smtp_ca_file is not None:
        context.load_verify_locations(settings.smtp_ca_file)
    return Server(
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        at_once=parts.scheme == "smtps",
        encrypted=encrypted,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        seconds=settings.smtp_seconds,
        context=context,
    )


async def send(server: Server, mail: EmailMessage) -> None:
    """Hand one mail over. Raises NotSent."""
    async with _connected(server) as connection:
        try:
            await connection.send_message(mail)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotSent(_why_not_taken(error)) from None


async def greet(server: Server) -> None:
    """Connect, sign in and leave, as sending would. Raises NotSent."""
    async with _connected(server):
        pass


@asynccontextmanager
async def _connected(server: Server) -> AsyncIterator[aiosmtplib.SMTP]:
    """A connection that is encrypted and signed in. What fails while leaving fails no mail that was taken."""
    connection = server.connection()
    try:
        try:
            await connection.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotSent(_why_not_reached(error)) from None
        yield connection
        with suppress(aiosmtplib.SMTPException, OSError):
            await connection.quit()
    finally:
        connection.close()


def _why_not_reached(error: Exception) -> Failure:
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return Failure.TLS
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return Failure.SIGN_IN
    if isinstance(error, aiosmtplib.SMTPResponseException) and error.code not in FOR_GOOD:
        return Failure.PUT_OFF
    if isinstance(error, OSError):  # the library's own for a connection that is lost or late are among these
        return Failure.UNREACHABLE
    return Failure.TLS  # what is left is a server that offers no encryption, or none that was understood


def _why_not_taken(error: Exception) -> Failure:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        error = error.recipients[0]  # a mail has one recipient
    match error:
        case aiosmtplib.SMTPResponseException(code=530):
            return Failure.SIGN_IN
        case aiosmtplib.SMTPSenderRefused():
            return Failure.SENDER_REFUSED
        case aiosmtplib.SMTPResponseException():
            return Failure.REFUSED if error.code in FOR_GOOD else Failure.PUT_OFF
        case aiosmtplib.SMTPNotSupported():
            return Failure.REFUSED  # an address that this server cannot write
    return Failure.BROKEN_OFF
