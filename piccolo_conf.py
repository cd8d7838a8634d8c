"""Piccolo's entry: the engine all tables use.

It names this process's own database, PORTAL_DATABASE_URL. Nothing connects on import; the web
process, the worker and the migrations give it the address they were given before they use it.
"""

import os

from piccolo.conf.apps import AppRegistry
from piccolo.engine.postgres import PostgresEngine


class QuietEngine(PostgresEngine):
    """Piccolo's engine without the connection it makes, and blocks for, while being imported."""

    async def check_version(self) -> None:
        """Leave the version to `portal doctor` and to the start, which refuse an old server."""

    async def prep_database(self) -> None:
        """Create no extension: none is needed."""


DB = QuietEngine(config={"dsn": os.environ.get("PORTAL_DATABASE_URL")}, extensions=())

APP_REGISTRY = AppRegistry(apps=["portal.piccolo_app"])
