"""Composition only: every domain's routes in one table, the kit around them, the pool under them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from litestar import Litestar
from litestar.types import ControllerRouterHandler

from portal import logs
from portal.accesslog.handlers import routes as log_routes
from portal.accounts.forms import OwnPasswordForm, SignInForm
from portal.accounts.handlers import routes as account_routes
from portal.agreements.handlers import routes as agreement_routes
from portal.alerts.handlers import routes as alert_routes
from portal.candidates.residence import residence_name
from portal.companies.handlers import routes as company_routes
from portal.database.pool import pool
from portal.desk.handlers import routes as desk_routes
from portal.disclosure import apply
from portal.disclosure.receipts import keys as receipt_keys
from portal.language import i18n
from portal.people.handlers import routes as people_routes
from portal.questions.handlers import routes as question_routes
from portal.resume.launcher import Launcher
from portal.resume.workshop import open_workshop
from portal.rights.handlers import routes as rights_routes
from portal.selection.handlers import routes as selection_routes
from portal.settings import Settings, load_settings
from portal.web.envelope import Envelope
from portal.web.errors import answer
from portal.web.guards import check_csrf, note_access
from portal.web.handlers import routes as web_routes
from portal.web.kit import Doors, make_kit
from portal.web.left_over import left_over
from portal.web.markers import require_markers
from portal.web.tokens import ReceiptSigner

LARGEST_FORM = 256 * 1024
log = structlog.get_logger(__name__)

ROUTES: list[ControllerRouterHandler] = [
    *web_routes,
    *account_routes,
    *company_routes,
    *agreement_routes,
    *selection_routes,
    *question_routes,
    *people_routes,
    *log_routes,
    *rights_routes,
    *desk_routes,
    *alert_routes,
]


def create_app(settings: Settings | None = None, launcher: Launcher | None = None) -> Litestar:
    """The application, as a server or a test runs it; its pools open with its lifespan.

    `launcher` makes the render workers of several apps, one after another; without it the app starts one of its own.

    Raises ImproperlyConfiguredException when a route has no access marker or one that says too little, and
    SettingsError when a setting is wrong.
    """
    chosen = settings or load_settings()
    logs.configure(chosen.log_format, chosen.log_level)
    return compose(ROUTES, chosen, launcher)


def compose(
    routes: Sequence[ControllerRouterHandler], settings: Settings, launcher: Launcher | None = None
) -> Litestar:
    """These routes inside the kit: guards, errors, envelope, pool. See `create_app`."""
    return furnish(routed(routes), settings, launcher)


def routed(routes: Sequence[ControllerRouterHandler]) -> Litestar:
    """An app that knows these routes and no settings yet: `furnish` gives it those.

    Reading the routes takes most of the time that an app takes to make, so tests do it once for many.
    """
    handlers = [*routes, *left_over(routes)]
    app = Litestar(
        route_handlers=handlers,
        guards=[note_access, check_csrf],
        exception_handlers={Exception: answer},
        lifespan=[_opened],
        request_max_body_size=LARGEST_FORM,
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    require_markers(app)
    app.state.handlers = handlers
    app.state.gate_digest = apply.digest()
    app.state.bare = app.asgi_handler
    return app


def furnish(app: Litestar, settings: Settings, launcher: Launcher | None = None) -> Litestar:
    """Give an app of `routed` its kit, anew if it has one. Not while it runs."""
    kit = make_kit(settings, app.state.gate_digest, app.state.handlers, Doors(SignInForm, OwnPasswordForm))
    kit.templates.filters["residence_name"] = lambda code, grade=None: residence_name(code, i18n.language(), grade)
    app.state.settings = settings
    app.state.launcher = launcher
    app.asgi_handler = Envelope(app.state.bare, kit)
    return app


@asynccontextmanager
async def _opened(app: Litestar) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    async with (
        pool(settings.database_url or "", settings.pool_size),
        open_workshop(settings, app.state.launcher) as workshop,
    ):
        app.state.workshop = workshop
        app.state.receipts = ReceiptSigner(receipt_keys.newest(settings.receipt_key_folder))
        app.state.receipt_keys = [
            ReceiptSigner(key).public for key in receipt_keys.all_keys(settings.receipt_key_folder)
        ]
        log.info("serving")
        yield
