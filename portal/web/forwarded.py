"""The two headers in which a proxy says who asked it: X-Forwarded-For, and Forwarded of RFC 7239.

Promise: an address is read only where it is written as one. Whatever else stands there is None, never a guess.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal, TypeAlias
from urllib.request import parse_http_list

Header: TypeAlias = Literal["x-forwarded-for", "forwarded"]
Address: TypeAlias = IPv4Address | IPv6Address

HEADERS: tuple[Header, ...] = ("x-forwarded-for", "forwarded")
MOST_HOPS = 20
_PORT = r"(?::\d{1,5})?"
_IN_BRACKETS = re.compile(rf"\[([^\[\]]*)\]{_PORT}")
_WITH_PORT = re.compile(r"(\d[\d.]*):\d{1,5}")
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - a word of RFC 9110's grammar
_PAIR = re.compile(rf'({_TOKEN})=(?:({_TOKEN})|"((?:[^"\\]|\\.)*)")')


def hops(header: Header, value: str) -> list[Address | None]:
    """Who asked whom, the last proxy's word last; None where no address can be read. The newest twenty."""
    if header == "x-forwarded-for":
        return [read_address(part.strip()) for part in value.split(",")][-MOST_HOPS:]
    return [_forwarded_for(part) for part in parse_http_list(value)][-MOST_HOPS:]


def read_address(text: str) -> Address | None:
    """An address with or without brackets and port, in its plain form: no zone, and IPv4 as IPv4."""
    found = _IN_BRACKETS.fullmatch(text)
    bare = found[1] if found else text
    if not found and (with_port := _WITH_PORT.fullmatch(text)):
        bare = with_port[1]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return None if found else address
    return address.ipv4_mapped or IPv6Address(int(address))  # without its zone, which means nothing elsewhere


def _forwarded_for(element: str) -> Address | None:
    """The `for` of one element. An element that is not of the grammar, or says it twice, says nothing."""
    said: dict[str, str] = {}
    rest = element.strip()
    while rest:
        pair = _PAIR.match(rest)
        if pair is None or pair[1].lower() in said:
            return None
        said[pair[1].lower()] = pair[2] or re.sub(r"\\(.)", r"\1", pair[3] or "")
        rest = rest[pair.end() :]
        if rest and not rest.startswith(";"):
            return None
        rest = rest.removeprefix(";")
    return read_address(said.get("for", ""))
