"""asn1crypto 1.5.1, with which pyHanko writes signatures, told to write each value once.

It asks for a value's content two or three times while it writes it. Where a part was set or looked at, each time is
the whole work anew, at every level of every level above: a signature with a time-stamp in it takes up to a minute,
depending on its bytes, and the web process does nothing else meanwhile.
"""

from typing import Any


def write_once() -> None:
    """Replace how a value is written by the same, with its content asked for once. May be called again."""
    from asn1crypto import core  # with pyHanko, which only those who sign wait for

    core.Asn1Value.dump = _dump


def _dump(value: Any, force: bool = False) -> bytes:
    from asn1crypto import core
    from asn1crypto.parser import _dump_header

    content: bytes = value.contents
    if value._header is None or force or value._header[-1:] == b"\x80":
        if isinstance(value, core.Constructable) and value._indefinite:
            value.method = 0
        header = _dump_header(value.class_, value.method, value.tag, content)
        for class_, tag in value.explicit or ():
            header = _dump_header(class_, 1, tag, header + content) + header
        value._header, value._trailer = header, b""
    whole: bytes = value._header + content + value._trailer
    return whole
