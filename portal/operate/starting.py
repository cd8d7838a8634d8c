"""Waiting until pages can be had, for as long as the web process comes on, and saying what is waited for.

On a slow or busy machine a start takes minutes: whatever still works is not given up on.
"""

import http.client
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from portal.operate.child import Child
from portal.operate.errors import OperateError
from portal.settings import Settings

_STILL = 60.0  # seconds without any progress, and it is given up
_BETWEEN_WORDS = 15.0  # seconds


def wait_until_ready(
    settings: Settings,
    children: Sequence[Child],
    say: Callable[[str], None],
    still: float = _STILL,
    between: float = _BETWEEN_WORDS,
) -> None:
    """Return when the first of the children serves pages.

    Raises OperateError when one of them ended, or when nothing came on for `still` seconds: neither what /readyz says
    nor, as long as it says nothing, the processor time of the first. `say` is told every `between` seconds.
    """
    web = children[0]
    began = moved = spoken = time.monotonic()
    before: tuple[str, float] | None = None
    while (said := _readiness(settings)) != "ready\n":
        for child in children:
            if child.ended:
                raise child.failure()
        now = time.monotonic()
        stands = (said, 0.0 if said else web.processor_seconds())  # once it answers, answering takes time, too
        if stands != before:
            before, moved = stands, now
        if now - moved > still:
            waits = _waits(web, said)
            raise OperateError(f"The portal does not become ready, and nothing moved for {still:.0f} seconds: {waits}.")
        if now - spoken > between:
            spoken = now
            say(f"Still starting after {now - began:.0f} seconds: {_waits(web, said)}.")
        time.sleep(0.05)


def _waits(web: Child, said: str) -> str:
    """What is waited for, and where more is said."""
    if said:
        return f"/readyz says {said.strip()!r}; the log is {web.log}"
    used = web.processor_seconds()
    return f"{web.name} has used {used:.1f} s of processor time and does not answer yet; its log is {web.log}"


def _readiness(settings: Settings) -> str:
    """What /readyz says; nothing while nobody answers."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "") else settings.host  # noqa: S104 - compared
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": urlsplit(settings.base_url).netloc})
        return connection.getresponse().read(200).decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()
