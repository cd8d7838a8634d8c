"""A tiny country file in MaxMind's format, version 2.0: a tree of bits, and a record for each country."""

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path

Node = list["Node | int | None"]
MARK = b"\xab\xcd\xefMaxMind.com"
DATA_GAP = 16


def write_country_file(path: Path, ranges: Mapping[str, str], built: int) -> Path:
    """A file with these ranges, none inside another, made at `built` (seconds since 1970)."""
    data, places = b"", {}
    for country in sorted(set(ranges.values())):
        places[country] = len(data)
        data += _map({"country": {"iso_code": country}})
    root: Node = [None, None]
    for range, country in ranges.items():
        _put(root, range, places[country])
    nodes = _numbered(root)
    tree = b"".join(_record(node[side], nodes).to_bytes(3) for node in nodes.values() for side in (0, 1))
    about = {
        "node_count": len(nodes), "record_size": 24, "ip_version": 6, "database_type": "Test-Country",
        "languages": [], "binary_format_major_version": 2, "binary_format_minor_version": 0, "build_epoch": built,
        "description": {"en": "for tests"},
    }  # fmt: skip
    path.write_bytes(tree + bytes(DATA_GAP) + data + MARK + _map(about))
    return path


def _put(root: Node, range: str, place: int) -> None:
    network = ip_network(range)
    wide = network.version == 6
    length = network.prefixlen if wide else network.prefixlen + 96
    bits = f"{int(network.network_address):0128b}"[:length]
    node = root
    for bit in bits[:-1]:
        further = node[int(bit)]
        if not isinstance(further, list):
            further = node[int(bit)] = [None, None]
        node = further
    node[int(bits[-1])] = place


def _numbered(root: Node) -> dict[int, Node]:
    found, waiting = {}, [root]
    while waiting:
        node = waiting.pop()
        found[id(node)] = node
        waiting += [further for further in node if isinstance(further, list)]
    return found


def _record(further: "Node | int | None", nodes: Mapping[int, Node]) -> int:
    if further is None:
        return len(nodes)
    return list(nodes).index(id(further)) if isinstance(further, list) else len(nodes) + DATA_GAP + further


def _map(values: Mapping[str, object]) -> bytes:
    return bytes([7 << 5 | len(values)]) + b"".join(_text(name) + _value(value) for name, value in values.items())


def _value(value: object) -> bytes:
    if isinstance(value, Mapping):
        return _map(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        written = value.to_bytes((value.bit_length() + 7) // 8)
        return bytes([len(written), 2]) + written  # a whole number of up to 64 bits
    return bytes([0, 4])  # an empty list


def _text(value: str) -> bytes:
    written = value.encode()
    return bytes([2 << 5 | len(written)]) + written
