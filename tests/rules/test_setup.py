"""What `script/setup` installs: the locked versions, by hash, and nothing that runs while it is installed."""

import re
from importlib.metadata import version

from portal.settings import PROJECT

LOCKED = re.compile(r"^([a-z0-9-]+)==([^ \\]+)", re.MULTILINE)


def test_every_install_takes_locked_wheels_alone() -> None:
    script = (PROJECT / "script/setup").read_text(encoding="utf-8")
    installs = [line for line in script.splitlines() if re.search(r"\bpip install\b", line)]
    assert installs
    for line in installs:
        assert {"--require-hashes", "--no-deps", "--only-binary :all:"} <= set(
            re.findall(r"--[\w-]+(?: :all:)?", line)
        ), line


def test_the_installer_itself_is_of_a_locked_version() -> None:
    locked = dict(LOCKED.findall((PROJECT / "requirements-setup.txt").read_text(encoding="utf-8")))
    assert set(locked) == {"pip", "setuptools"}
    assert {name: version(name) for name in locked} == locked
