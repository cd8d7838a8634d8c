"""Networks as people write them: ranges in CIDR form, one a line."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TypeAlias

from portal.language.i18n import N_
from portal.values.text import symbols
from portal.values.wrong import Wrong

Network: TypeAlias = IPv4Network | IPv6Network
MOST = 50
WIDEST = {4: 8, 6: 16}
"""The shortest prefix that is a network of somebody: what is wider names nobody's."""


def networks(written: str) -> tuple[Network, ...]:
    """The ranges that are written, each once and in order; none when nothing is written."""
    found = {network(one) for one in symbols(written).replace(",", " ").split()}
    if len(found) > MOST:
        raise Wrong(N_("Please name at most %(most)s networks."), most=str(MOST))
    return ordered(found)


def ordered(found: set[Network]) -> tuple[Network, ...]:
    """IPv4 first, in the order of the addresses."""
    return tuple(sorted(found, key=lambda one: (one.version, int(one.network_address), one.prefixlen)))


def network(written: str) -> Network:
    """One range; an address alone is the range of itself."""
    try:
        found = ip_network(written, strict=False)
    except ValueError:
        raise Wrong(
            N_("%(written)s is no network. Write one on each line, such as 203.0.113.0/24 or 2001:db8::/32."),
            written=written,
        ) from None
    if not _whole(written):
        raise Wrong(
            N_("%(written)s names an address inside a network. If you mean the whole network, write %(meant)s."),
            written=written,
            meant=str(found),
        )
    if found.prefixlen < WIDEST[found.version]:
        raise Wrong(
            N_("%(written)s is too wide to be a company's own network: at least /%(least)s."),
            written=written,
            least=str(WIDEST[found.version]),
        )
    return found


def _whole(written: str) -> bool:
    """Whether no bit is set behind the prefix."""
    try:
        ip_network(written)
    except ValueError:
        return False
    return True
