"""The web process: Granian serving the application, nothing else.

It holds portal_web's database address and no other.
"""

import gc
import signal
import socket
from typing import TYPE_CHECKING

from granian.constants import Interfaces, Loops
from granian.server import Server

from portal.operate.errors import OperateError
from portal.operate.process import end_when_parent_ends
from portal.settings import Settings, load_settings

if TYPE_CHECKING:
    from litestar import Litestar

_SECONDS_TO_FINISH = 10


def application() -> "Litestar":
    """Make the application inside one of Granian's worker processes.

    A worker whose main process was killed would keep the port and serve on; it ends instead.
    """
    end_when_parent_ends(signal.SIGTERM)
    from portal.app import create_app

    made = create_app(load_settings())
    gc.collect()
    gc.freeze()  # what is there now stays, so the collector need not look at it with every page,
    gc.set_threshold(10_000, 20, 20)  # nor look at the page itself while it is being made
    return made


def serve(settings: Settings, workers: int) -> None:
    """Serve until told to stop."""
    check_port_free(settings.host, settings.port)
    Server(
        "portal.operate.web:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=workers,
        websockets=False,
        log_access=False,
        workers_kill_timeout=_SECONDS_TO_FINISH,
        respawn_failed_workers=True,
    ).serve()


def check_port_free(host: str, port: int) -> None:
    """Raise OperateError when something already listens on that port, or it may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OperateError(
                f"Port {port} on {host} cannot be used: {error.strerror}. Choose another with --port (or PORTAL_PORT)."
            ) from error
