"""Where a request was sent to and where it came from, believing only what can be believed.

The Host header must name the portal. What a proxy says about who asked it counts only as far as it was written by
proxies named in the settings: the caller is the last address that is not one of them. A proxy's own address
is never a caller's, so where the caller cannot be read, it is unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from portal.web.forwarded import HEADERS, Address, Header, hops, read_address

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# Where a proxy that was forgotten in the settings would stand: RFC 1918, 4193, 6598, loopback and link-local.
INSIDE = tuple(
    ip_network(one)
    for one in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
        "::1/128", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip
DEFAULT_PORTS = {"http": 80, "https": 443}


class Hosts:
    """The names this portal answers to: the base address's own, and for a loopback one all of them."""

    def __init__(self, base_url: str) -> None:
        """`base_url` is where people reach the portal, such as https://portal.example.jp."""
        parts = urlsplit(base_url)
        self.scheme = parts.scheme
        host = parts.hostname or ""
        name = f"[{host}]" if ":" in host else host
        names = LOOPBACK if name in LOOPBACK else (name,)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        bare = port == DEFAULT_PORTS[parts.scheme]
        self._allowed = frozenset(f"{each}:{port}" for each in names) | (frozenset(names) if bare else frozenset())

    def allows(self, host: str) -> bool:
        """Whether a Host header, with or without its port, names this portal."""
        return host.lower() in self._allowed

    def origin(self, host: str) -> str:
        """The origin that a browser gives for a page of ours at this Host header."""
        return f"{self.scheme}://{host.lower()}"


Way: TypeAlias = Literal["direct", "forwarded", "unlisted", "unreadable"]
CAME = "Portal-Caller"  # the header of /healthz that tells its way
# The ways by which a person's network stays unknown, and what an operator does about each.
UNKNOWN: dict[str, str] = {
    "unlisted": "Requests come through a proxy that is not in PORTAL_TRUSTED_PROXIES, so nobody's network is known and "
    "what only a network in Japan may see stays closed. Add the proxy's address, or stop it from sending "
    "X-Forwarded-For and Forwarded.",
    "unreadable": "A proxy of PORTAL_TRUSTED_PROXIES does not say who asks, or says it so that it cannot be read, so "
    "nobody's network is known and what only a network in Japan may see stays closed. See that it sends the header of "
    "PORTAL_FORWARDED_HEADER with the address of whoever asked it.",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `address` is None when unknown.

    `way`: by itself, through listed proxies, through something that is not listed, or so that no address can be read.
    `address` of something that is not listed is its own, and where the person is stays unknown. `shared`: many may come
    by `address`.
    """

    address: str | None
    way: Way
    shared: bool = False

    @property
    def source(self) -> str | None:
        """Whom a bound per source counts: an address, or an IPv6 /64; None where many may be meant."""
        if self.address is None or self.shared:
            return None
        return str(ip_network((self.address, 64), strict=False)) if ":" in self.address else self.address


class Proxies:
    """The proxies whose word is taken, and the one header in which they give it."""

    def __init__(self, trusted: Iterable[object], header: Header = "x-forwarded-for") -> None:
        """`trusted` are addresses or networks in CIDR form. Raises ValueError for any other."""
        self._trusted = tuple(ip_network(str(one), strict=False) for one in trusted)
        self._header = header

    def caller(self, peer: str | None, headers: Mapping[str, str]) -> Caller:
        """Who is behind a connection from `peer` with these headers, whose names are in lower case."""
        nearest = read_address(peer or "")
        if nearest is None:
            return Caller(None, "unreadable")
        if not self._lists(nearest):
            relays = any(name in headers for name in HEADERS)
            return Caller(str(nearest), "unlisted", _inside(nearest)) if relays else Caller(str(nearest), "direct")
        for hop in reversed(hops(self._header, headers.get(self._header, ""))):
            if hop is None:
                break
            if not self._lists(hop):
                return Caller(str(hop), "forwarded")
        return Caller(None, "unreadable")

    def _lists(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


def _inside(address: Address) -> bool:
    """Whether it is of an own network. Elsewhere it is more likely a stranger who sends a proxy's header, and who is
    then counted for himself.
    """
    return any(address in network for network in INSIDE)
