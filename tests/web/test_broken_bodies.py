"""A body that is broken is the sender's fault: 400, and no line in the log that calls it ours."""

from typing import Any

import pytest
import structlog.testing
from litestar import Litestar

from tests.web.support import browser, kit_app

BOUNDARY = "x"
PART = '--x\r\nContent-Disposition: form-data; name="lang"{more}\r\n\r\n{value}\r\n--x--\r\n'
URLENCODED = "application/x-www-form-urlencoded"


def part(more: str = "", value: bytes = b"ja") -> bytes:
    """A multipart body of one field."""
    return PART.format(more=more, value="{}").encode().replace(b"{}", value)


@pytest.mark.parametrize(
    "body",
    [
        part("\r\nContent-Type: text/plain; charset=klingon"), part("\r\nContent-Type: text/plain; charset=hex"),
        part("\r\nContent-Type: text/plain; charset=rot13"), part("\r\nContent-Type: text/plain; charset=utf-16", b"a"),
        part(value=b"\xff\xfe"), part()[:-8], part()[:20], b"junk", part().replace(b"Content-Disposition:", b"X"),
    ],
)  # fmt: skip
async def test_a_multipart_body_in_no_known_encoding_or_shape(body: bytes) -> None:
    with structlog.testing.capture_logs() as lines:
        async with browser(quiet()) as client:
            kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
            assert (await client.post("/language", content=body, headers=kind)).status_code == 400
    assert [line for line in lines if line["log_level"] in ("error", "warning")] == []


@pytest.mark.parametrize("kind", [URLENCODED, f"multipart/form-data; boundary={BOUNDARY}"])
@pytest.mark.parametrize("begun", [b"", b"lang=j", part()[:30]])
async def test_a_body_whose_sender_leaves_before_it_is_whole(kind: str, begun: bytes) -> None:
    """As a server tells the application of a broken chunk, a cut body and a closed connection alike."""
    messages = iter([{"type": "http.request", "body": begun, "more_body": True}, {"type": "http.disconnect"}])
    sent: list[Any] = []

    async def receive() -> Any:
        return next(messages)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/language", "raw_path": b"/language", "query_string": b"",
        "root_path": "", "scheme": "http", "http_version": "1.1", "client": ("127.0.0.1", 1), "state": {},
        "server": ("localhost", 8000), "asgi": {"version": "3.0"},
        "headers": [(b"host", b"localhost:8000"), (b"content-type", kind.encode()), (b"content-length", b"500")],
    }  # fmt: skip
    app: Any = quiet()
    with structlog.testing.capture_logs() as lines:
        await app(scope, receive, send)
    assert sent[0]["status"] == 400
    assert [line for line in lines if line["log_level"] in ("error", "warning")] == []


def quiet() -> Litestar:
    """The kit alone."""
    return kit_app(None)
