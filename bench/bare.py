"""The floor of the web side: Litestar answering with markup that is ready, and nothing else."""

import os
import sys
from pathlib import Path

from litestar import Litestar, Response, get

from portal.operate.web import serve
from portal.settings import load_settings

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
    """As uvicorn's factory."""
    return Litestar([page, ready], openapi_config=None, logging_config=None)


if __name__ == "__main__":
    serve(load_settings(), int(sys.argv[1]), "bench.bare:application")
