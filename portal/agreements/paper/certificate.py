"""The operator's certificate and key: those that are configured, or a pair that the portal makes for itself.

Promise: the key of a pair made here is readable by its owner alone. What was made by the portal is never passed off as
more: `self_made` says so, and so do the paper and the page.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.own_files import read_own, write_own
from portal.settings import Settings

YEARS = timedelta(days=3652)


class CertificateBroken(Exception):
    """The certificate cannot be signed with; the message says why, and names the setting."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """`pem` is the certificate and those above it, `key` the private key, both PEM."""

    pem: bytes
    key: bytes
    self_made: bool

    @property
    def own(self) -> x509.Certificate:
        """The certificate that signs: the first of them."""
        return x509.load_pem_x509_certificates(self.pem)[0]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the certificate as DER, in hex."""
        return hashlib.sha256(self.own.public_bytes(serialization.Encoding.DER)).hexdigest()


def operators(settings: Settings, now: datetime) -> Certificate:
    """The operator's certificate, made now where none is configured. Raises CertificateBroken."""
    if settings.signing_certificate is None or settings.signing_key is None:
        return _self_made(settings, now)
    try:
        given = Certificate(settings.signing_certificate.read_bytes(), settings.signing_key.read_bytes(), False)
        key: Any = serialization.load_pem_private_key(given.key, password=None)
        own = given.own
    except (OSError, ValueError, TypeError, IndexError):
        raise CertificateBroken(
            "PORTAL_SIGNING_CERTIFICATE or PORTAL_SIGNING_KEY cannot be read: both are PEM, the key without a password"
        ) from None
    if key.public_key() != own.public_key():
        raise CertificateBroken(
            "PORTAL_SIGNING_KEY is not the key of the first certificate in PORTAL_SIGNING_CERTIFICATE"
        )
    if not own.not_valid_before_utc <= now < own.not_valid_after_utc:
        raise CertificateBroken(
            f"PORTAL_SIGNING_CERTIFICATE is not valid now: its time ends {own.not_valid_after_utc:%Y-%m-%d}"
        )
    return given


def _self_made(settings: Settings, now: datetime) -> Certificate:
    """The pair under the home. Of two processes that make one at the same time both end with the first."""
    path = settings.home / "signing" / "self-made.pem"
    text = read_own(path)
    if text is None:
        made = path.with_name(f"{os.getpid()}.pem")
        write_own(made, _new_pair(settings.operator_name, now))
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
        text = read_own(path)
    assert text is not None, "it was written a moment ago"
    key, mark, certificate = text.partition("-----BEGIN CERTIFICATE-----")
    return Certificate((mark + certificate).encode(), key.encode(), True)


def _new_pair(operator: str, now: datetime) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{operator} (self-made)"[:64])])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (written + made.public_bytes(serialization.Encoding.PEM)).decode()
