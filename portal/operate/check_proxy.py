"""What `portal doctor` looks at between people and the portal: whether it learns who asks."""

from urllib.parse import urlsplit

import httpx

from portal.operate.checks import Check
from portal.operate.home import served_at
from portal.settings import Settings
from portal.web.network import CAME, UNKNOWN

NAME = "who asks"
_SECONDS = 5.0
_NONE_LISTED = (
    "Over https a proxy stands in front of the portal, and PORTAL_TRUSTED_PROXIES names none: name its address, "
    "or everybody has the proxy's."
)
_FOUND = {
    "direct": "nothing stands between people and the portal",
    "forwarded": "the proxy says who asks, and is believed",
    "unlisted": "a proxy that is not listed stands in front",
    "unreadable": "the proxy does not say who asks in a way that can be read",
}


def proxy_check(settings: Settings, transport: httpx.BaseTransport | None = None) -> Check:
    """Ask the portal, where it serves, by which way the request came."""
    if settings.secure and not settings.trusted_proxies:
        return Check(NAME, "failed", "no proxy is listed", _NONE_LISTED)
    address = served_at(settings.home) or settings.base_url
    try:
        with httpx.Client(transport=transport, timeout=_SECONDS, trust_env=False) as client:
            way = client.get(f"{address}/healthz").headers.get(CAME, "")
    except httpx.HTTPError as error:
        return Check(NAME, "skipped", f"{urlsplit(address).netloc} does not answer: {type(error).__name__}")
    if way not in _FOUND:
        return Check(NAME, "skipped", f"{urlsplit(address).netloc} is answered by something else")
    return Check(NAME, "failed" if way in UNKNOWN else "ok", _FOUND[way], UNKNOWN.get(way, ""))
