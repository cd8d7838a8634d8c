"""An invented agreement's paper, certificates of an authority of our own, and its time-stamps over HTTP."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.agreements.paper.content import Countersignature, Paper, Party, Signature, Text

AT = datetime(2026, 11, 29, 1, 2, 3, tzinfo=UTC)
TSA_RULES = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def paper(**changed: Any) -> Paper:
    """An agreement that both have signed, with its text in two languages."""
    made = {
        "agreement": UUID(int=1),
        "number": "SK-2026-0007",
        "version": 1,
        "terms_digest": "0f" * 32,
        "texts": (
            Text("ja", "候補者情報の取扱いに関する契約書\n\n第1条（目的の限定） 採用の可否の判断にのみ利用する。"),
            Text("en", "Agreement on candidates' data\n\nArticle 1 (Purposes) It is used to decide alone."),
        ),
        "declaration": (Text("ja", "反社会的勢力の排除に関する表明（第1版）\n\n1. 現在、該当しません。"),),
        "company": Party("北川食品株式会社", "札幌市北区北七条西1-1", "代表取締役 北川 綾", "7123456789012"),
        "operator": Party("Shokai", "東京都千代田区丸の内1-1", "代表取締役 紹 介子"),
        "signature": Signature(
            "北川 綾", "代表取締役", "代表権", "aya@kitagawa.example", "ja", 1, "ab" * 32,
            AT, AT - timedelta(minutes=4), "203.0.113.7", "Mozilla/5.0 (X11; Linux)", UUID(int=2),
        ),
        "countersignature": Countersignature("森 一", AT + timedelta(hours=1), "cd" * 32, False, "B-B"),
    }  # fmt: skip
    return Paper(**{**made, **changed})


@dataclass(frozen=True)
class Authority:
    """A root and what it issued: certificates and keys as PEM files in a folder."""

    folder: Path
    root: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def root_file(self) -> Path:
        """The root's certificate."""
        return self.folder / "root.pem"

    def issue(self, name: str, *, stamps: bool = False, days: int = 30, revoked: str = "") -> tuple[Path, Path]:
        """A certificate of that name with the root after it, and its key; it names the address of what was revoked."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(name, key, self.root.subject, self.key, days, stamps=stamps, revoked=revoked)
        paths = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        paths[0].write_bytes(_pem(made) + _pem(self.root))
        paths[1].write_bytes(_key(key))
        return paths

    def revoked(self) -> bytes:
        """What the root revoked: nothing, as of now."""
        now = datetime.now(UTC)
        made = x509.CertificateRevocationListBuilder().issuer_name(self.root.subject)
        made = made.last_update(now - timedelta(hours=1)).next_update(now + timedelta(days=1))
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def authority(folder: Path) -> Authority:
    """A new root of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Invented root")])
    root = _certificate("Invented root", key, name, key, 60, root=True)
    (folder / "root.pem").write_bytes(_pem(root))
    return Authority(folder, root, key)


def _certificate(
    name: str,
    key: Any,
    issuer: x509.Name,
    issuers_key: Any,
    days: int,
    *,
    root: bool = False,
    stamps: bool = False,
    revoked: str = "",
) -> x509.Certificate:
    now = datetime.now(UTC)
    ends = max(now + timedelta(days=days), now - timedelta(days=1))
    usage = x509.KeyUsage(not root, not root, False, False, False, root, root, False, False)
    building = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if stamps:
        building = building.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if revoked:
        place = x509.DistributionPoint([x509.UniformResourceIdentifier(revoked)], None, None, None)
        building = building.add_extension(x509.CRLDistributionPoints([place]), critical=False)
    return building.sign(issuers_key, hashes.SHA256())


def _pem(one: x509.Certificate) -> bytes:
    return one.public_bytes(serialization.Encoding.PEM)


def _key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@contextmanager
def time_stamps(own: Authority) -> Iterator[str]:
    """The address of a time-stamp authority that answers with `openssl ts`; at "revoked" it says what was revoked."""
    (own.folder / "tsa.cnf").write_text(TSA_RULES.format(folder=own.folder))

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = own.folder / "asked.tsq"
            asked.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            command = [
                "openssl", "ts", "-reply", "-config", str(own.folder / "tsa.cnf"), "-queryfile", str(asked),
                "-signer", str(certificate), "-inkey", str(key), "-chain", str(own.root_file),
            ]  # fmt: skip
            done = subprocess.run(command, capture_output=True, check=True)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(done.stdout)))
            self.end_headers()
            self.wfile.write(done.stdout)

        def do_GET(self) -> None:
            said = own.revoked()
            self.send_response(200)
            self.send_header("Content-Type", "application/pkix-crl")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    address = f"http://127.0.0.1:{server.server_port}/"
    certificate, key = own.issue("Invented time-stamps", stamps=True, revoked=f"{address}revoked")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
