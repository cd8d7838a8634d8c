"""The floor of the web side: Litestar answering with markup that is ready, and nothing else."""

import os
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server
from litestar import Litestar, Response, get

MARKUP = "BENCH_MARKUP"


@get("/page")
async def page() -> Response[str]:
    """The markup, as a portal page sends it."""
    return Response(_markup, media_type="text/html; charset=utf-8")


@get("/readyz")
async def ready() -> str:
    """Always ready."""
    return "ready"


_markup = Path(os.environ.get(MARKUP, os.devnull)).read_text(encoding="utf-8")


def application() -> Litestar:
    """As granian's factory."""
    return Litestar([page, ready], openapi_config=None, logging_config=None)


if __name__ == "__main__":
    Server(
        "bench.bare:application",
        factory=True,
        address="127.0.0.1",
        port=int(os.environ["PORTAL_PORT"]),
        interface=Interfaces.ASGI,
        workers=os.cpu_count() or 1,
        websockets=False,
        log_access=False,
    ).serve()
