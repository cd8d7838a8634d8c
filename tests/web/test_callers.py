"""Who asks: an address is believed where a listed proxy wrote it so that it can be read, and is unknown otherwise."""

import pytest

from portal.web.forwarded import Header
from portal.web.network import Caller, Proxies

PROXY = "10.0.0.1"
UNKNOWN = Caller(None, "unreadable")


def asked(peer: str | None, value: str | None, header: Header = "x-forwarded-for") -> Caller:
    """Who is behind a connection, where 10.0.0.0/8 is listed."""
    return Proxies(["10.0.0.0/8"], header).caller(peer, {} if value is None else {header: value})


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("203.0.113.7", "203.0.113.7"), ("203.0.113.7:51000", "203.0.113.7"), ("[2001:db8::7]:443", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"), ("2001:db8::7", "2001:db8::7"), ("::ffff:203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", "203.0.113.7"), ("203.0.113.7, 10.0.0.9", "203.0.113.7"),
        ("rubbish, 203.0.113.7", "203.0.113.7"), ("fe80::1%eth0", "fe80::1"), ("192.168.7.7:1", "192.168.7.7"),
    ],
)  # fmt: skip
def test_the_caller_is_the_last_address_that_is_no_proxy(value: str, address: str) -> None:
    assert asked(PROXY, value) == Caller(address, "forwarded")


@pytest.mark.parametrize(
    "value",
    [
        "unknown", "rubbish", "", "203.0.113.7, unknown", "203.0.113.7,", "10.0.0.5", "_hidden", "203.0.113.7:port",
        "203.0.113.7:", "[203.0.113.7]:80", "[2001:db8::7", "2001:db8::7]:443", "203.0.113.7 203.0.113.8",
        "0203.0.113.7", "203.0.113", "203.0.113.7:51000:1", '"203.0.113.7"', "203.0.113.7, [10.0.0.9]:", None,
        ", ".join(["203.0.113.7", *["10.0.0.9"] * 20]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_unknown_and_never_the_proxys_own(value: str | None) -> None:
    assert asked(PROXY, value) == UNKNOWN


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("for=203.0.113.7", "203.0.113.7"), ('for="203.0.113.7:51000"', "203.0.113.7"),
        ('For="[2001:db8::7]:443";proto=https', "2001:db8::7"), ('for="[2001:db8::7]"', "2001:db8::7"),
        ("by=10.0.0.9;for=203.0.113.7;host=portal.example.jp", "203.0.113.7"),
        ("for=6.6.6.6, for=203.0.113.7", "203.0.113.7"), ("for=203.0.113.7,for=10.0.0.9", "203.0.113.7"),
        ('for=6.6.6.6;host="a,b", for=203.0.113.7', "203.0.113.7"),
    ],
)  # fmt: skip
def test_forwarded_is_read_as_rfc_7239_writes_it(value: str, address: str) -> None:
    assert asked(PROXY, value, "forwarded") == Caller(address, "forwarded")


@pytest.mark.parametrize(
    "value",
    [
        "for=unknown", 'for="_mystery"', "for=", "proto=https", "203.0.113.7", "for=203.0.113.7;for=192.168.0.1",
        'for="203.0.113.7', 'for=192.168.0.1;by=", for="[2001:db8::7]:1"', "for=203.0.113.7 ;proto=https",
        "for=203.0.113.7x", 'for=192.168.0.1;by="x, for=203.0.113.7', "",
    ],
)  # fmt: skip
def test_what_is_not_of_its_grammar_says_nothing(value: str) -> None:
    assert asked(PROXY, value, "forwarded") == UNKNOWN


def test_the_other_header_is_never_believed() -> None:
    """A proxy hands on what a stranger wrote in the header that it does not know."""
    stranger = {"x-forwarded-for": "203.0.113.7", "forwarded": "for=192.168.0.1"}
    assert Proxies([PROXY]).caller(PROXY, stranger) == Caller("203.0.113.7", "forwarded")
    assert Proxies([PROXY]).caller(PROXY, {"forwarded": "for=192.168.0.1"}) == UNKNOWN
    assert Proxies([PROXY], "forwarded").caller(PROXY, {"x-forwarded-for": "192.168.0.1"}) == UNKNOWN


@pytest.mark.parametrize(
    ("peer", "caller"),
    [
        ("192.0.2.1", Caller("192.0.2.1", "direct")), ("::ffff:192.0.2.1", Caller("192.0.2.1", "direct")),
        ("fe80::1%eth0", Caller("fe80::1", "direct")), ("127.0.0.1", Caller("127.0.0.1", "direct")),
        (None, UNKNOWN), ("a socket's path", UNKNOWN), (PROXY, UNKNOWN),
    ],
)  # fmt: skip
def test_without_a_proxys_word_the_connection_says_who_asks(peer: str | None, caller: Caller) -> None:
    assert asked(peer, None) == caller


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded"])
def test_a_proxy_that_is_not_listed_relays_and_says_nothing_about_where_a_person_is(header: Header) -> None:
    """At an own address it stands for many; at any other the one who sends the header may be a stranger."""
    for inside in ("192.168.0.1", "127.0.0.1", "fd00::1", "100.64.0.1"):
        assert asked(inside, "203.0.113.7", header) == Caller(inside, "unlisted", shared=True)
    assert asked("192.0.2.1", "203.0.113.7", header) == Caller("192.0.2.1", "unlisted", shared=False)


@pytest.mark.parametrize(
    ("caller", "source"),
    [
        (Caller("203.0.113.7", "direct"), "203.0.113.7"), (Caller("2001:db8::7", "forwarded"), "2001:db8::/64"),
        (Caller("192.168.0.1", "unlisted", shared=True), None), (UNKNOWN, None),
    ],
)  # fmt: skip
def test_a_bound_counts_an_address_and_never_what_stands_for_many(caller: Caller, source: str | None) -> None:
    assert caller.source == source
