"""The configuration in `deploy/` is one that HAProxy takes, and people come through it as themselves."""

import datetime
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.settings import PROJECT
from tests.database import Database
from tests.serving import Served, served

HAPROXY = shutil.which("haproxy")
CONFIGURATION = PROJECT / "deploy" / "haproxy.cfg"
pytestmark = pytest.mark.skipif(HAPROXY is None, reason="haproxy is not on this machine")


def certificate(folder: Path) -> Path:
    """A certificate for localhost, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = folder / "portal.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return pem


def placed(folder: Path, server: str, http: int, https: int) -> Path:
    """The configuration with this test's certificate and ports."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    for general, here in (
        ("/etc/haproxy/portal.pem", str(certificate(folder))),
        ("bind :80", f"bind 127.0.0.1:{http}"),
        ("bind :443", f"bind 127.0.0.1:{https}"),
        ("127.0.0.1:8000", server),
    ):
        assert text.count(general) == 1, general
        text = text.replace(general, here)
    made = folder / "haproxy.cfg"
    made.write_text(text, encoding="utf-8")
    return made


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_haproxy_takes_the_configuration_without_a_warning(tmp_path: Path) -> None:
    made = placed(tmp_path, "127.0.0.1:8000", 8080, 8443)
    assert HAPROXY is not None
    told = subprocess.run([HAPROXY, "-c", "-f", made], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "WARNING" not in told.stderr
    assert "ALERT" not in told.stderr


@contextmanager
def proxied(server: Served, folder: Path) -> Iterator[int]:
    """HAProxy in front of a server; gives its port."""
    https = free_port()
    made = placed(folder, f"127.0.0.1:{server.port}", free_port(), https)
    assert HAPROXY is not None
    process = subprocess.Popen([HAPROXY, "-db", "-f", made])
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert process.poll() is None, "haproxy has ended"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", https)) == 0:
                    break
            time.sleep(0.05)
        yield https
    finally:
        process.terminate()
        process.wait(10)


def test_people_come_through_it_as_themselves(database: Database, tmp_path: Path) -> None:
    https = {"BASE_URL": "https://localhost", "TRUSTED_PROXIES": "127.0.0.1"}
    with served(database, tmp_path, **https) as server, proxied(server, tmp_path) as port:
        forged = {"Host": "localhost", "X-Forwarded-For": "192.168.7.7", "Forwarded": "for=192.168.7.7"}
        person = httpx.HTTPTransport(verify=False, local_address="127.0.0.5")
        with httpx.Client(base_url=f"https://127.0.0.1:{port}", transport=person, headers=forged) as client:
            deadline = time.monotonic() + 30
            while (answer := client.get("/healthz")).status_code == 503 and time.monotonic() < deadline:
                time.sleep(0.1)
            assert (answer.status_code, answer.headers["portal-caller"]) == (200, "forwarded")
            assert client.get("/sign-in").headers["strict-transport-security"]
