"""Where a request was sent to and where it came from, believing only what can be believed.

The Host header must name the portal. X-Forwarded-For counts only as far as it was written by
proxies named in the settings: the client is the last address that is not one of them.
"""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
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


class Proxies:
    """The proxies whose word is taken."""

    def __init__(self, trusted: Iterable[object]) -> None:
        """`trusted` are addresses or networks in CIDR form. Raises ValueError for any other."""
        self._trusted = tuple(ip_network(str(one), strict=False) for one in trusted)

    def client(self, peer: str | None, forwarded: str | None) -> str | None:
        """The client's address, in its canonical form, or None when it is not an address at all."""
        hops = [peer or ""]
        if forwarded is not None:
            hops = [hop.strip() for hop in forwarded.split(",")][-20:] + hops
        client = None
        for hop in reversed(hops):
            try:
                address = ip_address(hop.partition("%")[0])
            except ValueError:
                return client
            mapped = getattr(address, "ipv4_mapped", None)
            address = mapped or address
            client = str(address)
            if not any(address in network for network in self._trusted):
                return client
        return client
