"""Handing messages over, and knowing that they were taken.

Over HTTPS an answer of 2xx says so. Syslog has no answer. After a batch the connection is closed as TLS does it. Only a
collector that closes it in turn has read all that was sent. What is not known to be taken is sent again.
"""

import contextlib
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

PORT = 6514


class NotTaken(Exception):
    """The collector did not take it; the message says why, and quotes nothing of its answer."""


@dataclass(frozen=True, slots=True)
class Collector:
    """Where entries go. `token` is sent over HTTPS as a bearer token."""

    address: str
    context: ssl.SSLContext
    seconds: float
    token: str | None = None

    @property
    def is_syslog(self) -> bool:
        """Whether it speaks syslog over TLS."""
        return self.address.startswith("syslogs://")

    def send(self, content: bytes, first: int) -> None:
        """Hand a batch over, whose first entry has this number. Blocks. Raises NotTaken."""
        try:
            if self.is_syslog:
                self._syslog(content)
            else:
                self._post(content, first)
        except (OSError, httpx.HTTPError) as error:
            raise NotTaken(type(error).__name__) from error

    def _syslog(self, content: bytes) -> None:
        parts = urlsplit(self.address)
        place = parts.hostname or "", parts.port or PORT
        with (
            socket.create_connection(place, timeout=self.seconds) as plain,
            self.context.wrap_socket(plain, server_hostname=parts.hostname) as encrypted,
        ):
            encrypted.sendall(content)
            # One that closes without saying so in TLS has read to the end, too; one that breaks off has not.
            with contextlib.suppress(ssl.SSLEOFError):
                encrypted.unwrap()

    def _post(self, content: bytes, first: int) -> None:
        headers = {"Content-Type": "application/x-ndjson", "Shokai-First-Sequence": str(first)}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        with httpx.Client(verify=self.context, timeout=self.seconds, trust_env=False) as client:
            answer = client.post(self.address, content=content, headers=headers)
        if not 200 <= answer.status_code < 300:
            raise NotTaken(f"answered {answer.status_code}")
