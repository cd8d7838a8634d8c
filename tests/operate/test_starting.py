"""`portal up` waits for as long as its web process works, says what it waits for, and gives up on one that does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from portal.operate.child import Child
from portal.operate.errors import OperateError
from portal.operate.starting import wait_until_ready
from portal.settings import Settings, load_settings
from tests.operate.running import free_port

SLOW = """
import http.server, time
until = time.process_time() + 1.5
while time.process_time() < until: pass
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ready\\n")
http.server.HTTPServer(("127.0.0.1", {port}), Ready).serve_forever()
"""


class Program(Child):
    """A child that runs this text instead of a command of the portal's."""

    def start(self) -> None:
        """As a child of `portal up`, in a session of its own."""
        self._process = subprocess.Popen([sys.executable, "-c", *self.arguments], start_new_session=True)


def waits(settings: Settings, program: str, said: list[str]) -> None:
    """Wait for a web process that is this program, and give up after a second without progress."""
    web = Program("web", [program], {}, settings.home / "web.log")
    web.start()
    try:
        wait_until_ready(settings, [web], said.append, still=1.0, between=0.3)
    finally:
        web.ask_to_stop()
        web.wait_stopped(0)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home and a port of its own."""
    return load_settings(home=tmp_path, port=free_port())


@pytest.mark.skipif(sys.platform != "linux", reason="processor time is read from /proc")
def test_a_web_process_that_takes_long_and_works_is_waited_for(settings: Settings) -> None:
    said: list[str] = []
    waits(settings, SLOW.format(port=settings.port), said)
    assert "web has used" in said[0]
    assert f"its log is {settings.home / 'web.log'}" in said[0]


def test_one_that_does_nothing_is_given_up_on(settings: Settings) -> None:
    with pytest.raises(OperateError, match=r"nothing moved for .* web has used .* its log is .*web\.log"):
        waits(settings, "import time; time.sleep(60)", [])


def test_one_that_answers_and_does_not_become_ready_is_given_up_on_with_what_it_says(settings: Settings) -> None:
    never = SLOW.format(port=settings.port).replace("1.5", "0").replace("ready\\n", "not ready: the database")
    with pytest.raises(OperateError, match="/readyz says 'not ready: the database'"):
        waits(settings, never, [])
