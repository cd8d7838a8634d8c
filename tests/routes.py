"""Every route of the app with its handler: read once per process, for the tests that go through all of them."""

from functools import cache

from litestar import Litestar
from litestar.handlers import BaseRouteHandler

from portal.app import create_app
from portal.settings import Settings
from portal.web.markers import marked_routes


@cache
def app() -> Litestar:
    """The app over a database that is not there."""
    return create_app(Settings(database_url="postgresql://portal_web@/nowhere?host=/nowhere"))


@cache
def routes() -> tuple[tuple[str, BaseRouteHandler], ...]:
    """Each path with its handler; a path stands there once for each of its handlers."""
    return tuple(marked_routes(app()))
