"""Forged tokens, among them those that the library by itself lets pass."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jose import jws

from portal.web.tokens import HEADER, BadToken, ReceiptSigner, Signer, TokenKind, Verifier, read_receipt

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
RECEIPT = TokenKind("receipt", "anyone", timedelta(hours=1))
OTHER = TokenKind("invitation", "anyone", timedelta(hours=1))
ISSUER = "https://portal.example.jp"


def pem(key: Any) -> bytes:
    made: bytes = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made


def public(key: Any, encoding: serialization.Encoding = serialization.Encoding.PEM) -> bytes:
    made: bytes = key.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
    return made


KEY = ec.generate_private_key(ec.SECP256R1())
STRANGER = ec.generate_private_key(ec.SECP256R1())
SIGNER = Signer(ISSUER, pem(KEY))
VERIFIER = Verifier(ISSUER, public(KEY))
FRAME: dict[str, Any] = {
    "iss": ISSUER, "aud": "anyone", "purpose": "receipt", "jti": "7a3c2f7e-6c0f-4a58-b5f0-0f2f7f9f8a11",
    "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60,
}  # fmt: skip


def signed(claims: object, key: Any = KEY, **header: Any) -> str:
    token: str = jws.sign(
        json.dumps(claims).encode(), pem(key).decode(), headers={**HEADER, **header}, algorithm="ES256"
    )
    return token


def by_hand(header: dict[str, Any], signature: bytes = b"", secret: bytes | None = None) -> str:
    def b64(raw: bytes) -> bytes:
        return base64.urlsafe_b64encode(raw).rstrip(b"=")

    signing_input = b64(json.dumps(header).encode()) + b"." + b64(json.dumps(FRAME).encode())
    if secret is not None:
        signature = hmac.digest(secret, signing_input, hashlib.sha256)
    return (signing_input + b"." + b64(signature)).decode()


def test_a_token_says_what_was_signed() -> None:
    token = VERIFIER.read(RECEIPT, SIGNER.issue(RECEIPT, {"entry": "名前"}, NOW), NOW)
    assert token.claims == {"entry": "名前"}
    assert token.issued_at == NOW
    assert token.expires_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    "forged",
    [
        by_hand({"alg": "none", "typ": "JWT"}),
        by_hand({"alg": "HS256", "typ": "JWT"}, secret=public(KEY)),
        by_hand({"alg": "HS256", "typ": "JWT"}, secret=public(KEY, serialization.Encoding.DER)),
        by_hand({"alg": "HS256", "typ": "JWT"}, secret=b""),
        by_hand(HEADER, secret=public(KEY)),
        by_hand(HEADER),
        signed(FRAME, STRANGER),
        signed(FRAME, kid="another"),
        signed(FRAME, jwk={"kty": "EC"}),
        "", ".", "a.b.c", "é.é.é", "x" * 9000,
        signed([1, 2]),
    ],
)  # fmt: skip
def test_a_forged_token_proves_nothing(forged: str) -> None:
    with pytest.raises(BadToken):
        VERIFIER.read(RECEIPT, forged, NOW)


@pytest.mark.parametrize("missing", sorted(FRAME))
def test_each_claim_of_the_frame_is_required(missing: str) -> None:
    assert VERIFIER.read(RECEIPT, signed(FRAME), NOW).claims == {}
    with pytest.raises(BadToken):
        VERIFIER.read(RECEIPT, signed({k: v for k, v in FRAME.items() if k != missing}), NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://elsewhere.example"}, {"aud": "nobody"}, {"aud": ["anyone"]}, {"purpose": "invitation"},
        {"jti": "1"}, {"exp": "never"}, {"exp": True}, {"exp": 10**30}, {"iat": None}, {"exp": FRAME["iat"]},
        {"exp": FRAME["iat"] + 7200}, {"iat": FRAME["iat"] + 3600, "exp": FRAME["iat"] + 3700},
    ],
)  # fmt: skip
def test_each_claim_must_be_right(wrong: dict[str, object]) -> None:
    with pytest.raises(BadToken):
        VERIFIER.read(RECEIPT, signed({**FRAME, **wrong}), NOW)


def test_a_token_ends_and_is_good_for_one_purpose() -> None:
    token = SIGNER.issue(RECEIPT, {}, NOW)
    with pytest.raises(BadToken, match="past its time"):
        VERIFIER.read(RECEIPT, token, NOW + timedelta(hours=1))
    with pytest.raises(BadToken, match="something else"):
        VERIFIER.read(OTHER, token, NOW)


def test_claims_cannot_overwrite_the_frame() -> None:
    with pytest.raises(ValueError, match="aud"):
        SIGNER.issue(RECEIPT, {"aud": "everyone"}, NOW)


@pytest.mark.parametrize("key", [rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())])
def test_other_keys_are_refused(key: Any) -> None:
    with pytest.raises(ValueError, match="key"):
        Signer(ISSUER, pem(key))
    with pytest.raises(ValueError, match="key"):
        Verifier(ISSUER, public(key))


def test_an_empty_key_is_refused() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own words
        Verifier(ISSUER, b"")


def test_a_receipt_is_read_with_the_key_that_signed_it_and_as_it_was_written() -> None:
    signer, stranger = ReceiptSigner(pem(KEY)), ReceiptSigner(pem(STRANGER))
    signed_by = signer.sign(b'{"number": "1"}')
    assert read_receipt(signed_by, signer.public) == {"number": "1"}
    with pytest.raises(BadToken, match="another key"):
        read_receipt(signed_by, stranger.public)
    with pytest.raises(BadToken, match="not signed by this key"):
        read_receipt(signed_by, stranger.public | {"kid": signer.public["kid"], "x": "AA"})
    padded = signed_by + "=" * (-len(signed_by.rpartition(".")[2]) % 4)
    with pytest.raises(BadToken, match="not written as receipts are"):
        read_receipt(padded, signer.public)
    with pytest.raises(BadToken, match="says nothing"):
        read_receipt(signer.sign(b"[1, 2]"), signer.public)
