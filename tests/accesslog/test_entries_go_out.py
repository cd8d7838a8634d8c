"""Entries go out to a collector in order, each at least once: over TLS as syslog, and over HTTPS."""

import asyncio
import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from portal.accesslog.sink.sending import Collector, NotTaken
from portal.operate.handing_over import collector, hand_over
from portal.settings import SettingsError, load_settings
from tests.accesslog.tampering import Sealed, sealed_log
from tests.disclosure.conftest import stage  # noqa: F401 - the cast in a database
from tests.disclosure.stage import Stage
from tests.notify.test_encryption import Certificate, own  # noqa: F401 - a certificate of localhost

MESSAGE = re.compile(
    rb'<110>1 (\S+Z) portal\.example shokai - (\w+) \[meta sequenceId="(\d+)"\] \xef\xbb\xbf(\{.*\})', re.DOTALL
)


@dataclass
class Receiver:
    """A server that keeps what each connection brought. `breaks` many of them it cuts off in the middle."""

    port: int = 0
    came: list[bytes] = field(default_factory=list)
    breaks: int = 0
    answer: bytes = b""

    def serve(self, listening: socket.socket, context: ssl.SSLContext) -> None:
        """One connection after another, until the socket is closed."""
        while True:
            try:
                plain, _from = listening.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as one:
                    self._read(one)
            except OSError:
                plain.close()

    def _read(self, one: ssl.SSLSocket) -> None:
        if self.breaks:
            self.breaks -= 1
            one.recv(10)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # closed as if it had crashed
            return
        content = b""
        while more := one.recv(65536):
            content += more
            if self.answer and b"\r\n\r\n" in content:
                head, _, body = content.partition(b"\r\n\r\n")
                if len(body) >= int(re.search(rb"(?i)content-length: (\d+)", head)[1]):  # type: ignore[index]  # httpx says it
                    one.sendall(self.answer)
                    break
        self.came.append(content)
        one.unwrap()


@contextmanager
def receiving(certificate: Certificate, **given: object) -> Iterator[Receiver]:
    """A receiver with a real certificate on a real port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.path, certificate.key)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Receiver(listening.getsockname()[1], **given)  # type: ignore[arg-type]  # its own fields
        thread = threading.Thread(target=made.serve, args=(listening, context), daemon=True)
        thread.start()
        yield made
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def messages(content: bytes) -> list[bytes]:
    """The messages of a connection, each with its length before it."""
    found = []
    while content:
        length, _, rest = content.partition(b" ")
        found.append(rest[: int(length)])
        content = rest[int(length) :]
    return found


def to(scheme: str, port: int, certificate: Certificate, token: str | None = None) -> Collector:
    """The collector as the settings would name it."""
    context = ssl.create_default_context(cafile=certificate.path)
    return Collector(f"{scheme}://localhost:{port}", context, 5.0, token)


@pytest.fixture
async def log(stage: Stage, tmp_path: Path) -> Sealed:  # noqa: F811
    """A log that was sealed three times."""
    return await sealed_log(stage, tmp_path, 3)


async def test_syslog_gets_each_entry_in_order_and_again_what_it_may_have_lost(
    log: Sealed,
    stage: Stage,  # noqa: F811
    own: Certificate,  # noqa: F811
) -> None:
    worker = await stage.database.connect("portal_worker")
    with receiving(own, breaks=1) as receiver:
        with pytest.raises(NotTaken):
            await hand_over(worker, to("syslogs", receiver.port, own), "portal.example")
        assert await stage.owner.fetchval("select next from portal.log_sink") == 0
        assert await stage.owner.fetchval("select failure from portal.log_sink")
        assert await hand_over(worker, to("syslogs", receiver.port, own), "portal.example") == len(log.entries)
        assert await hand_over(worker, to("syslogs", receiver.port, own), "portal.example") == 0
    (content,) = receiver.came
    read = [MESSAGE.fullmatch(message) for message in messages(content)]
    assert all(read)
    assert [int(one[3]) for one in read if one] == list(range(1, len(log.entries) + 1))
    said = [json.loads(one[4]) for one in read if one]
    assert [one["id"] for one in said] == [str(entry["id"]) for entry in log.entries]
    assert [one[1].decode() for one in read if one] == [one["recorded_at"] for one in said]
    row = await stage.owner.fetchrow("select * from portal.log_sink")
    assert (row["next"], row["failure"]) == (len(log.entries), None)
    assert not any(str(stage.people.linh.candidate.id) in json.dumps(one) for one in said), "nobody is named"


async def test_https_gets_lines_and_says_whether_it_took_them(
    log: Sealed,
    stage: Stage,  # noqa: F811
    own: Certificate,  # noqa: F811
) -> None:
    worker = await stage.database.connect("portal_worker")
    refused, taken = (b"HTTP/1.1 %d X\r\nContent-Length: 0\r\n\r\n" % code for code in (503, 204))
    with receiving(own, answer=refused) as receiver:
        with pytest.raises(NotTaken, match="answered 503"):
            await hand_over(worker, to("https", receiver.port, own, "s3cret"), "")
        receiver.answer = taken
        assert await hand_over(worker, to("https", receiver.port, own, "s3cret"), "") == len(log.entries)
    head, _, body = receiver.came[-1].partition(b"\r\n\r\n")
    assert b"authorization: bearer s3cret" in head.lower()
    assert b"shokai-first-sequence: 0" in head.lower()
    lines = [json.loads(one) for one in body.splitlines()]
    assert [one["sequence"] for one in lines] == list(range(len(log.entries)))
    assert [one["entry"]["id"] for one in lines] == [str(entry["id"]) for entry in log.entries]


async def test_a_collector_that_nobody_vouches_for_gets_nothing(
    log: Sealed,
    stage: Stage,  # noqa: F811
    own: Certificate,  # noqa: F811
) -> None:
    with receiving(own) as receiver:
        stranger = Collector(f"syslogs://localhost:{receiver.port}", ssl.create_default_context(), 5.0)
        worker = await stage.database.connect("portal_worker")
        with pytest.raises(NotTaken, match="SSLCertVerificationError"):
            await hand_over(worker, stranger, "")
        assert receiver.came == []
    with pytest.raises(NotTaken, match="ConnectionRefused"):
        await hand_over(worker, stranger, "")


async def test_of_two_workers_one_hands_over(log: Sealed, stage: Stage, own: Certificate) -> None:  # noqa: F811
    one, other = [await stage.database.connect("portal_worker") for _number in range(2)]
    with receiving(own) as receiver:
        there = to("syslogs", receiver.port, own)
        done = await asyncio.gather(hand_over(one, there, "h"), hand_over(other, there, "h"))
    assert sorted(done) == [0, len(log.entries)]
    assert len(receiver.came) == 1


def test_the_settings_name_a_collector(own: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    assert collector(load_settings()) is None
    monkeypatch.setenv("PORTAL_LOG_SINK_URL", "syslogs://siem.example:6514")
    monkeypatch.setenv("PORTAL_LOG_SINK_CA_FILE", str(own.path))
    found = collector(load_settings())
    assert found is not None
    assert found.is_syslog
    monkeypatch.setenv("PORTAL_LOG_SINK_URL", "syslog://siem.example")
    with pytest.raises(SettingsError, match="PORTAL_LOG_SINK_URL"):
        load_settings()
