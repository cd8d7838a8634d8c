"""One fork server for all tests of workers: its start is most of what a pool costs."""

from collections.abc import Iterator

import pytest

from portal.resume.launcher import Launcher


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    """Of the portal's own kind. A pool that is given it leaves it running."""
    made = Launcher()
    yield made
    made.end()
