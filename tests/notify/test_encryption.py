"""Mail crosses a network encrypted, to a server whose certificate is right, unless the operator said otherwise."""

import datetime as dt
import ipaddress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.notify import messages, smtp
from portal.notify.smtp import Failure, NotSent
from portal.settings import Settings
from tests.notify.mailserver import MailServer, context_of, only, serving


@dataclass
class Certificate:
    """A certificate that signs itself, and its key, as files."""

    path: Path
    key: Path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Of localhost."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    alternative = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.2"))]
    )
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1)).add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    found = Certificate(folder / "own.pem", folder / "own.key")
    found.path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    found.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return found


async def sent(server: MailServer, **given: object) -> Failure | None:
    """Send a mail with these settings; what was in the way, if anything was."""
    settings = Settings(**{"smtp_url": server.url, "smtp_seconds": 5.0, **given})  # type: ignore[arg-type]  # any setting
    chosen = smtp.server_of(settings)
    assert chosen is not None
    letter = messages.written("trial", "en", {"portal": "Shokai", "base_url": "http://localhost"})
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = letter.subject, settings.mail_from, "a@example.jp"
    message.set_content("\n".join(letter.paragraphs))
    try:
        await smtp.send(chosen, message)
    except NotSent as trouble:
        return trouble.failure
    return None


async def test_a_server_without_encryption_is_sent_nothing() -> None:
    with serving(MailServer()) as server:
        assert await sent(server) is Failure.TLS
        assert server.taken == []


async def test_a_certificate_that_nobody_vouches_for_is_sent_nothing(own: Certificate) -> None:
    context = context_of(str(own.path), str(own.key))
    with serving(MailServer(), tls_context=context) as server:
        assert await sent(server) is Failure.TLS
        assert server.taken == []


async def test_a_certificate_of_another_name_is_sent_nothing(own: Certificate) -> None:
    context = context_of(str(own.path), str(own.key))
    with serving(MailServer(), tls_context=context) as server:
        url = f"smtp://127.0.0.1:{server.port}"
        assert await sent(server, smtp_url=url, smtp_ca_file=own.path) is Failure.TLS
        assert server.taken == []


async def test_the_operators_own_authority_is_believed(own: Certificate) -> None:
    context = context_of(str(own.path), str(own.key))
    with serving(MailServer(), tls_context=context) as server:
        assert await sent(server, smtp_ca_file=own.path) is None
        assert server.encrypted == [True]


async def test_encryption_at_once(own: Certificate) -> None:
    context = context_of(str(own.path), str(own.key))
    with serving(MailServer(), ssl_context=context) as server:
        url = server.url.replace("smtp:", "smtps:")
        assert await sent(server, smtp_url=url, smtp_ca_file=own.path) is None
        assert len(server.taken) == 1


async def test_where_the_operator_says_so_it_goes_unencrypted() -> None:
    with serving(MailServer()) as server:
        assert await sent(server, smtp_tls="none") is None
        assert server.encrypted == [False]


async def test_a_password_with_signs_in_it_reaches_the_server_and_a_wrong_one_is_told(own: Certificate) -> None:
    context = context_of(str(own.path), str(own.key))
    options = {"tls_context": context, "authenticator": only("portal@aoba", "p:a/s@s"), "auth_required": True}
    with serving(MailServer(), **options) as server:
        right = f"smtp://portal%40aoba:p%3Aa%2Fs%40s@localhost:{server.port}"
        assert await sent(server, smtp_url=right, smtp_ca_file=own.path) is None
        wrong = f"smtp://portal%40aoba:other@localhost:{server.port}"
        assert await sent(server, smtp_url=wrong, smtp_ca_file=own.path) is Failure.SIGN_IN
        assert await sent(server, smtp_ca_file=own.path) is Failure.SIGN_IN
        assert len(server.taken) == 1
