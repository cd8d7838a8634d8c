"""An entry as a syslog message (RFC 5424) or a line of JSON. Both hold the very bytes that were sealed."""

from collections.abc import Iterable

PRIORITY = 13 * 8 + 6  # facility "log audit", severity "informational"
BOM = b"\xef\xbb\xbf"  # says that the message is UTF-8


def syslog(host: str, number: int, recorded_at: str, action: str, sealed: bytes) -> bytes:
    """One message. `meta sequenceId` is RFC 5424's own, which begins with 1 and goes round after 2147483647."""
    sequence = number % 2147483647 + 1
    name = host[:255] or "-"
    head = f'<{PRIORITY}>1 {recorded_at} {name} shokai - {action[:32]} [meta sequenceId="{sequence}"] '
    return head.encode("ascii", "replace") + BOM + sealed


def framed(messages: Iterable[bytes]) -> bytes:
    """Messages as they go over TLS: each with its length before it (RFC 5425, 4.3)."""
    return b"".join(f"{len(message)} ".encode() + message for message in messages)


def line(number: int, sealed: bytes) -> bytes:
    """One entry of what is posted: its number, which is its leaf's, and itself."""
    return b'{"sequence":%d,"entry":%b}\n' % (number, sealed)
