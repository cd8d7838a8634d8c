"""The security headers of every answer, errors and static files included.

Referrer-Policy is `same-origin`, not `no-referrer`: with the latter, browsers write "Origin: null"
on our own forms, and the CSRF check could not tell them from a stranger's.
"""

from portal.web.static import ASK, FOREVER

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
NO_STORE = "no-store"
CACHEABLE = frozenset({ASK.encode(), FOREVER.encode()})
HSTS = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")


def _fixed(ancestors: str) -> tuple[tuple[bytes, bytes], ...]:
    return (
        (b"content-security-policy", CSP.format(ancestors=ancestors).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"permissions-policy", PERMISSIONS.encode()),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"x-frame-options", b"DENY" if ancestors == "'none'" else b"SAMEORIGIN"),
    )


ALONE = _fixed("'none'")
FRAMED = _fixed("'self'")
OURS = frozenset(name for name, _value in ALONE) | {HSTS[0], b"cache-control", b"server"}


def secured(
    given: list[tuple[bytes, bytes]],
    *,
    https: bool,
    embeddable: bool,
    request_id: str,
    cookies: list[bytes],
) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours put in place of any it had under the same names.

    Only static files keep their Cache-Control; everything else is never stored. An error inside an
    embeddable route passes `embeddable` too, so that the frame can show it.
    """
    cache = next(
        (value for name, value in given if name.lower() == b"cache-control" and value in CACHEABLE),
        None,
    )
    kept = [(name, value) for name, value in given if name.lower() not in OURS]
    kept += FRAMED if embeddable else ALONE
    kept.append((b"cache-control", cache or NO_STORE.encode()))
    kept.append((b"x-request-id", request_id.encode()))
    kept += [(b"set-cookie", cookie) for cookie in cookies]
    if https:
        kept.append(HSTS)
    return kept
