"""The embedded server that the worlds stand on, as production has it: fsync, passwords, a socket."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.operate.cluster import Cluster
from portal.operate.home import embedded_cluster, held
from portal.operate.roles import prepare_embedded


@contextmanager
def running(home: Path | None) -> Iterator[Cluster]:
    """The server of `home`, which is kept; without one, of a folder thrown away afterwards. Raises OperateError."""
    place = home or Path(tempfile.mkdtemp(prefix="shokai-bench-"))
    try:
        with held(place):
            cluster = embedded_cluster(place)
            cluster.create()
            cluster.start()
            try:
                asyncio.run(prepare_embedded(cluster))
                yield cluster
            finally:
                cluster.stop()
    finally:
        if home is None:
            shutil.rmtree(place, ignore_errors=True)
