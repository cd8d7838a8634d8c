"""A state change must come from a page of ours.

Every POST needs both. Headers that a browser sets and a page cannot (Sec-Fetch-Site, else Origin) must not name another
site. A token bound to the session's secret must be there. Tokens are masked anew for each page, so that a page's
compressed size tells nothing about them. `guards` asks for both.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

FIELD = "csrf_token"
SENT_AS = "sent_as"  # the account in whose sign-in the page was opened
BACK_TO = "back_to"  # where Back leads from the page that a form is on
HEADER = "x-csrf-token"
_SIZE = 32


def _proof(binding: str) -> bytes:
    return hmac.digest(binding.encode(), b"portal csrf 1", hashlib.sha256)


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def token(binding: str, mask: bytes | None = None) -> str:
    """A token for the pages of the session or visitor whose cookie is `binding`."""
    mask = secrets.token_bytes(_SIZE) if mask is None else mask
    return base64.urlsafe_b64encode(mask + _mixed(mask, _proof(binding))).decode()


def steady_token(binding: str) -> str:
    """A token that is the same each time, for error pages, which must not differ by a byte."""
    return token(binding, hmac.digest(binding.encode(), b"portal csrf mask 1", hashlib.sha256))


def is_valid(candidate: str, binding: str) -> bool:
    """Whether `candidate` was made for `binding`. Without a cookie no token is valid."""
    try:
        raw = base64.b64decode(candidate.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return False
    if not binding or len(raw) != 2 * _SIZE:
        return False
    return hmac.compare_digest(_mixed(raw[:_SIZE], raw[_SIZE:]), _proof(binding))


def same_site(site: str | None, origin: str | None, own_origin: str) -> bool:
    """Whether Sec-Fetch-Site and Origin allow that the request came from a page of ours.

    Clients that send neither header are not browsers; the token alone decides about them.
    """
    return site in (None, "same-origin") and origin in (None, own_origin)
