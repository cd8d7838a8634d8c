"""Signed tokens: one algorithm (ES256), one purpose each, and every claim checked here.

The library alone would take a public key for an HMAC secret, and lets a missing `exp` or `aud`
pass. So the algorithm is never the token's choice, and keys must be elliptic-curve keys on P-256. A token
without each of the required claims, in the right type, is no token. No JWE.

A receipt is no token: it never ends and lets nobody in. Its header has a type of its own, so that neither is taken for
the other, whatever key signed it.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jose import jws
from jose.exceptions import JOSEError

ALGORITHM = "ES256"
HEADER = {"alg": ALGORITHM, "typ": "JWT"}
RECEIPT = "shokai-receipt+jws"
OURS = frozenset({"iss", "aud", "exp", "iat", "jti", "purpose"})
SKEW = timedelta(seconds=30)
LONGEST = 8192
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


class BadToken(Exception):
    """A token that proves nothing. `args[0]` says why, for the process log; it quotes nothing of the token."""


@dataclass(frozen=True, slots=True)
class TokenKind:
    """What a token is for, who is to read it, and how long it is good. A token is of one kind only."""

    purpose: str
    audience: str
    lifetime: timedelta


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was checked: its own id, its times, and the claims that are not the frame's."""

    id: UUID
    issued_at: datetime
    expires_at: datetime
    claims: Mapping[str, Any]


class ReceiptSigner:
    """Signs receipts, and nothing else."""

    def __init__(self, private_pem: bytes) -> None:
        """`private_pem` is an unencrypted P-256 key. Raises ValueError for any other."""
        key = _private(private_pem)
        self._pem = private_pem.decode()
        self.public = public_jwk(key.public_key())

    def sign(self, receipt: bytes) -> str:
        """The receipt, which is JSON, as a JWS that names the key.

        Of the two signatures that anybody can make of one, by taking `s` from the order, the smaller is the receipt's.
        """
        header = {"alg": ALGORITHM, "kid": self.public["kid"], "typ": RECEIPT}
        signed, _, last = jws.sign(receipt, self._pem, headers=header, algorithm=ALGORITHM).rpartition(".")
        raw = _unb64(last)
        half = int.from_bytes(raw[32:])
        return f"{signed}.{_b64(raw[:32] + min(half, ORDER - half).to_bytes(32))}"


def public_jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """A public key on P-256 as a JWK (RFC 7517), named by its thumbprint (RFC 7638)."""
    numbers = key.public_numbers()
    told = {"crv": "P-256", "kty": "EC", "x": _b64(numbers.x.to_bytes(32)), "y": _b64(numbers.y.to_bytes(32))}
    return {**told, "kid": _b64(sha256(json.dumps(told, separators=(",", ":")).encode()).digest())}


def key_of_receipt(signed: str) -> str:
    """The name of the key that a receipt says it was signed with; nothing is proved by it. Raises BadToken."""
    try:
        header = jws.get_unverified_header(signed)
    except JOSEError as fault:
        raise BadToken("no receipt") from fault
    if set(header) != {"alg", "kid", "typ"} or header["alg"] != ALGORITHM or header["typ"] != RECEIPT:
        raise BadToken("another header")
    return str(header["kid"])


def read_receipt(signed: str, public: Mapping[str, str]) -> dict[str, Any]:
    """What a receipt says that the key `public`, a JWK, has signed. Raises BadToken.

    What is signed has one form only: no byte of it could be another.
    """
    try:
        if any(_b64(_unb64(part)) != part for part in signed.split(".")):
            raise BadToken("not written as receipts are")
        if int.from_bytes(_unb64(signed.rpartition(".")[2])[32:]) > ORDER // 2:
            raise BadToken("signed anew from its signature")
        x, y = (int.from_bytes(_unb64(str(public[name]))) for name in ("x", "y"))
        known = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        if public_jwk(known)["kid"] != key_of_receipt(signed):
            raise BadToken("signed with another key")
        pem = known.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        said = json.loads(jws.verify(signed, pem.decode(), algorithms=[ALGORITHM]))
    except (JOSEError, KeyError, ValueError, RecursionError) as fault:
        raise BadToken("not signed by this key") from fault
    if not isinstance(said, dict):
        raise BadToken("says nothing")
    return said


class Signer:
    """Makes tokens in the name of one issuer."""

    def __init__(self, issuer: str, private_pem: bytes) -> None:
        """`private_pem` is an unencrypted P-256 key. Raises ValueError for any other."""
        _private(private_pem)
        self._issuer = issuer
        self._pem = private_pem.decode()

    def issue(self, kind: TokenKind, claims: Mapping[str, Any], now: datetime) -> str:
        """A token of `kind` that says `claims`, good from `now`. Raises ValueError for a claim of the frame."""
        if clash := sorted(OURS & claims.keys()):
            raise ValueError(f"claims that the frame sets itself: {', '.join(clash)}")
        frame = {
            "iss": self._issuer,
            "aud": kind.audience,
            "iat": int(now.timestamp()),
            "exp": int((now + kind.lifetime).timestamp()),
            "jti": str(uuid4()),
            "purpose": kind.purpose,
        }
        payload = json.dumps({**claims, **frame}, ensure_ascii=False).encode()
        token: str = jws.sign(payload, self._pem, headers=HEADER, algorithm=ALGORITHM)
        return token


class Verifier:
    """Reads tokens of one issuer."""

    def __init__(self, issuer: str, public_pem: bytes) -> None:
        """`public_pem` is a P-256 key. Raises ValueError for any other, an empty one included."""
        key = serialization.load_pem_public_key(public_pem)
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise ValueError("tokens are checked with an elliptic-curve key")
        _require_p256(key.curve)
        self._issuer = issuer
        self._pem = public_pem.decode()

    def read(self, kind: TokenKind, token: str, now: datetime) -> Token:
        """What a token of `kind` says at `now`. Raises BadToken for anything that is not exactly that."""
        payload = self._verified(token)
        if payload.get("iss") != self._issuer:
            raise BadToken("another issuer")
        if payload.get("aud") != kind.audience or payload.get("purpose") != kind.purpose:
            raise BadToken("made for something else")
        issued, expires = _moment(payload, "iat"), _moment(payload, "exp")
        if issued > now + SKEW:
            raise BadToken("from the future")
        if expires <= now or expires - issued > kind.lifetime + SKEW:
            raise BadToken("past its time")
        try:
            identity = UUID(str(payload.get("jti")))
        except ValueError as fault:
            raise BadToken("no id") from fault
        claims = {name: value for name, value in payload.items() if name not in OURS}
        return Token(identity, issued, expires, claims)

    def _verified(self, token: str) -> dict[str, Any]:
        """The payload of a token with our header and a signature by our key."""
        if len(token) > LONGEST:
            raise BadToken("too long")
        try:
            if jws.get_unverified_header(token) != HEADER:
                raise BadToken("another header")
            payload = json.loads(jws.verify(token, self._pem, algorithms=[ALGORITHM]))
        except (JOSEError, ValueError, RecursionError) as fault:
            raise BadToken("not signed by this key") from fault
        if not isinstance(payload, dict):
            raise BadToken("no claims")
        return payload


def _private(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("tokens are signed with an elliptic-curve key")
    _require_p256(key.curve)
    return key


def _b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _require_p256(curve: ec.EllipticCurve) -> None:
    if not isinstance(curve, ec.SECP256R1):
        raise ValueError(f"tokens need a key on P-256, not {curve.name}")


def _moment(payload: Mapping[str, Any], name: str) -> datetime:
    value = payload.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadToken(f"no {name}")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError) as fault:
        raise BadToken(f"no {name}") from fault
