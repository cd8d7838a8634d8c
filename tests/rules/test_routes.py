"""Every route says who may come in, takes ids and nothing else from its address, and changes state by POST alone."""

import re

from litestar.handlers import BaseRouteHandler
from litestar.types import Method

from portal.web.markers import OPT_KEY, Access
from tests.each import for_each
from tests.routes import app, routes

ROUTES = routes()


def methods(handler: BaseRouteHandler) -> set[Method]:
    """The HTTP methods a handler is declared for."""
    found: set[Method] = set(getattr(handler, "http_methods", set()))
    return found


each_route = for_each(("path", "handler"), ROUTES)


@each_route
def test_each_route_has_one_marker(path: str, handler: BaseRouteHandler) -> None:
    assert isinstance(handler.opt.get(OPT_KEY), Access)
    assert [key for key, value in handler.opt.items() if isinstance(value, Access)] == [OPT_KEY]


@each_route
def test_each_part_of_an_address_that_varies_is_a_random_id(path: str, handler: BaseRouteHandler) -> None:
    varying = re.findall(r"\{[^}]*\}", path)
    assert all(part.endswith(":uuid}") for part in varying) or path == "/static/{path:path}"


@each_route
def test_state_changes_by_post_alone_and_with_a_token(path: str, handler: BaseRouteHandler) -> None:
    assert methods(handler) in ({"GET"}, {"GET", "HEAD"}, {"POST"})
    access = handler.opt[OPT_KEY]
    assert access.csrf or "POST" not in methods(handler)


@each_route
def test_no_answer_is_kept_for_the_next_person(path: str, handler: BaseRouteHandler) -> None:
    assert not getattr(handler, "cache", False)


@each_route
def test_each_handler_says_what_its_page_is_for(path: str, handler: BaseRouteHandler) -> None:
    assert (handler.fn.__doc__ or "").strip()


def test_nothing_is_served_that_nobody_wrote() -> None:
    assert app().openapi_config is None
    assert not [path for path, _handler in ROUTES if path.startswith("/schema")]
