"""The web process: uvicorn serving the application, with connections of our own (`connection.py`), nothing else.

It holds portal_web's database address and no other.
"""

import gc
import resource
import signal
import socket
from typing import TYPE_CHECKING

import structlog
import uvicorn
from uvicorn.supervisors import Multiprocess

from portal import logs
from portal.operate.connection import Connection
from portal.operate.errors import OperateError
from portal.operate.process import end_when_parent_ends
from portal.settings import Settings, load_settings

if TYPE_CHECKING:
    from litestar import Litestar

_SECONDS_TO_FINISH = 10
_SECONDS_TO_ANSWER = 30  # in which one of several processes says that it lives, or is made anew
_BACKLOG = 2048
_OTHER_FILES = 256  # database, workers, documents, logs
log = structlog.get_logger()


def application() -> "Litestar":
    """Make the application."""
    gc.disable()  # nearly all that is made until it serves stays: looking at it again and again took a fifth of a start
    try:
        from portal.app import create_app

        made = create_app(load_settings())
        gc.collect()
        gc.freeze()  # what is there now stays, so the collector need not look at it with every page,
        gc.set_threshold(10_000, 20, 20)  # nor look at the page itself while it is being made
    finally:
        gc.enable()
    return made


def one_of_several() -> "Litestar":
    """Make the application in one of several processes.

    One whose main process was killed would keep the port and serve on; it ends instead.
    """
    end_when_parent_ends(signal.SIGTERM)
    return application()


def serve(settings: Settings, workers: int, factory: str | None = None) -> None:
    """Serve the portal, or what another `factory` makes ("module:function"), until told to stop."""
    check_port_free(settings.host, settings.port)
    logs.configure(settings.log_format, settings.log_level)
    log.info("starting", processes=workers)
    _allow_files(settings.connections + _OTHER_FILES)
    own = f"{__name__}:{'application' if workers == 1 else 'one_of_several'}"
    config = server_config(factory or own, settings, workers)
    with _listening(settings) as listener:
        if workers > 1:
            Multiprocess(config, [listener]).run()
            return
        for order in (signal.SIGTERM, signal.SIGINT):  # uvicorn ends in good order, and then raises its signal anew
            signal.signal(order, lambda _number, _frame: None)
        uvicorn.Server(config).run([listener])


def server_config(factory: str, settings: Settings, workers: int) -> uvicorn.Config:
    """HTTP/1.1 alone, nothing believed of a proxy, nothing said of itself; what is owed is `Connection`'s."""
    return uvicorn.Config(
        factory,
        factory=True,
        workers=workers,
        http=Connection,
        loop="uvloop",
        ws="none",
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="error",
        backlog=_BACKLOG,
        timeout_keep_alive=settings.idle_seconds,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        timeout_worker_healthcheck=_SECONDS_TO_ANSWER,
    )


def _listening(settings: Settings) -> socket.socket:
    made = socket.socket(_family(settings.host), socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((settings.host, settings.port))
    made.listen(_BACKLOG)
    made.set_inheritable(True)
    return made


def _allow_files(needed: int) -> None:
    """Have as many files open as connections are allowed. Raises OperateError when the system forbids it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise OperateError(
            f"PORTAL_CONNECTIONS needs {needed} open files and the system allows {hard}. "
            "Lower it, or raise the limit (ulimit -n, or LimitNOFILE of the service)."
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def check_port_free(host: str, port: int) -> None:
    """Raise OperateError when something already listens on that port, or it may not be used."""
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OperateError(
                f"Port {port} on {host} cannot be used: {error.strerror}. Choose another with --port (or PORTAL_PORT)."
            ) from error
