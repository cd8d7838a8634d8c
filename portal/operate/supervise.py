"""`portal up`: everything on one machine, started in order and stopped in the reverse order.

Promises: whatever it started ends with it, also when it is killed; each child is given its own
role's password and no other; a second start on the same home is refused while the first runs.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import FrameType

from portal.operate.child import Child
from portal.operate.cluster import Cluster
from portal.operate.demo import with_demo_contact
from portal.operate.environment import child_environment
from portal.operate.home import held
from portal.operate.prepare import Prepared, prepared
from portal.operate.roles import WEB, WORKER
from portal.operate.starting import wait_until_ready
from portal.operate.web import check_port_free
from portal.settings import Settings

_SECONDS_TO_STOP = 15.0


class StopAsked(BaseException):
    """Ctrl-C, SIGTERM or SIGHUP: not an error, and nothing may suppress it."""


@dataclass(slots=True)
class Portal:
    """What `portal up` has running."""

    settings: Settings
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)
    cluster: Cluster | None = None

    def start_children(self, ready: Prepared) -> None:
        """Start web and worker, and return when pages can be had."""
        logs = self.settings.home / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        for name, command, role in (("web", "serve", WEB), ("worker", "worker", WORKER)):
            environment = child_environment(self.settings, ready.url(role), sends_mail=role == WORKER)
            self.children.append(Child(name, [command], environment, logs / f"{name}.log"))
        for child in self.children:
            child.start()
        wait_until_ready(self.settings, self.children, self.say)

    def watch(self) -> None:
        """Keep everything running until StopAsked is raised. Raises OperateError to give up."""
        while True:
            if self.cluster and not self.cluster.running:
                self.say("The database ended and is started again.")
                self.cluster.start()
            for child in self.children:
                if news := child.keep_alive():
                    self.say(f"{news}; its log is {child.log}.")
            time.sleep(0.2)

    def stop_children(self) -> None:
        """Ask all to stop, then wait for each."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + _SECONDS_TO_STOP
        for child in self.children:
            child.wait_stopped(deadline)


def run(settings: Settings, demo: bool, say: Callable[[str], None], announce: Callable[[], None]) -> None:
    """Bring the portal up, call `announce` when it is ready, and keep it up until asked to stop.

    Raises OperateError when something is in the way; nothing is left running then either.
    """
    with _stop_signals(), ExitStack() as stack:
        try:
            check_port_free(settings.host, settings.port)
            stack.enter_context(held(settings.home, settings.base_url))
            ready = stack.enter_context(prepared(settings, demo, say))
            portal = Portal(with_demo_contact(settings), say, cluster=ready.cluster)
            stack.callback(portal.stop_children)
            portal.start_children(ready)
            announce()
            portal.watch()
        except StopAsked:
            say("Stopping.")
        finally:
            for order in _ORDERS:  # from here on a second Ctrl-C would only leave things behind
                signal.signal(order, signal.SIG_IGN)


_ORDERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def _stop_signals() -> Iterator[None]:
    def ask(_number: int, _frame: FrameType | None) -> None:
        raise StopAsked

    before = {order: signal.signal(order, ask) for order in _ORDERS}
    try:
        yield
    finally:
        for order, handler in before.items():
            signal.signal(order, handler)
