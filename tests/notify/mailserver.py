"""A real mail server on loopback: what it took, and how it is told to misbehave."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.operate.running import free_port


@dataclass
class MailServer:
    """`taken` are the mails it said yes to. `answers` are what it says to a recipient instead of yes."""

    port: int = field(default_factory=free_port)
    answers: dict[str, str] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    seconds: float = 0.0
    held: bool = False
    encrypted: list[bool] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address for PORTAL_SMTP_URL."""
        return f"smtp://localhost:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Yes, or what it was told to say to this one."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take it, perhaps slowly, and say so unless that is `held` back."""
        await asyncio.sleep(self.seconds)
        found = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append(found)
        self.recipients += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None)
        while self.held:  # noqa: ASYNC110 - the test is another thread
            await asyncio.sleep(0.01)
        return "250 OK"


@contextmanager
def serving(server: MailServer, **options: Any) -> Iterator[MailServer]:
    """The server, for as long as the block runs. `options` are aiosmtpd's."""
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def only(user: str, password: str) -> Any:
    """An authenticator that knows one user."""

    def check(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        right = (given.login, given.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    return check


def context_of(certificate: str, key: str) -> ssl.SSLContext:
    """What a server encrypts with."""
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate, key)
    return made
