"""Access markers: every route says who may come in, and one that does not say keeps the app from starting.

A marker is put on a handler as `opt=public()` or `opt=signed_in(Role.RECRUITER)`. It is enforced
where the session is resolved, in the unit of work; an answer from a marked route whose handler
never opened a unit is stopped by the envelope, so forgetting it cannot open a page. The marker also
says what else is to be known of a route: where Back leads, and what its address may carry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Litestar
from litestar.exceptions import ImproperlyConfiguredException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.routes import HTTPRoute

from portal.database.answers import Answer, CodeFirst, LinkNeeded, PasswordFirst, Refused, SignInNeeded
from portal.database.viewer import LinkVisitor, Role, Viewer

OPT_KEY = "access"
METHODS = frozenset({"GET", "HEAD", "POST"})


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who may use a route. Subclasses say whom they admit.

    `csrf` false takes a route out of the CSRF check, for callers that carry no cookies.
    `embeddable` lets our own pages, and no one else's, show the answer in a frame.
    `keeps` lets a form that came after its sign-in had ended be filled in again; not for secrets.
    `reshown` lets it be shown filled in again, after a change of language, also where it is not kept.
    `leads` is, of a form's route, the page that a GET of its address leads to, with the ids of the path to fill in.
    `back` are the pages that Back may lead to from this one, the usual one first, with the ids of the path to fill in.
    `carries` is the search form whose fields the page's address may hold; none otherwise.
    `methods` are the only HTTP methods that such a route may be declared for.
    """

    csrf: bool = True
    embeddable: bool = False
    keeps: bool = False
    reshown: bool = False
    leads: str = ""
    back: tuple[str, ...] = ()
    carries: type | None = None
    methods: frozenset[str] = METHODS

    def leading(self, ids: Mapping[str, object]) -> str:
        """The address that `leads` stands for, with these ids."""
        return self.leads.format_map(ids)

    def admit(self, viewer: Viewer | None, link: LinkVisitor | None) -> None:
        """Return when `viewer`, or whoever came by `link`, may come in; raise the answer when not."""
        raise NotImplementedError

    def admits(self, viewer: Viewer | None) -> bool:
        """Whether `viewer` may come in."""
        try:
            self.admit(viewer, None)
        except Answer:
            return False
        return True

    @property
    def must_arrive(self) -> bool:
        """Whether an answer without a unit of work would mean that nobody checked the viewer."""
        return True


@dataclass(frozen=True, kw_only=True)
class Public(Access):
    """Open to everybody, signed in or not."""

    def admit(self, viewer: Viewer | None, link: LinkVisitor | None) -> None:
        """Everybody."""

    @property
    def must_arrive(self) -> bool:
        """There is nothing to check."""
        return False


@dataclass(frozen=True, kw_only=True)
class SignedIn(Access):
    """Open to live sessions of these roles; for other roles the page does not exist.

    `must_change_password` opens it to sessions that must change their password first, too.
    """

    roles: frozenset[Role]
    must_change_password: bool = False

    def admit(self, viewer: Viewer | None, link: LinkVisitor | None) -> None:
        """Sessions of the named roles."""
        if viewer is None:
            raise SignInNeeded
        if viewer.must_change_password and not self.must_change_password:
            raise PasswordFirst
        if viewer.role not in self.roles:
            raise Refused


@dataclass(frozen=True, kw_only=True)
class ByLink(Access):
    """Open to whoever has opened a personal link of one of these kinds; for other kinds the page does not exist.

    `awaits_code` opens it to a browser that has yet to enter its code, too.
    """

    kinds: frozenset[str]
    awaits_code: bool = False

    def admit(self, viewer: Viewer | None, link: LinkVisitor | None) -> None:
        """Links of the named kinds."""
        if link is None:
            raise LinkNeeded
        if link.awaits_code and not self.awaits_code:
            raise CodeFirst
        if link.kind not in self.kinds:
            raise Refused


def public(**said: Any) -> dict[str, Any]:
    """Mark a route as open to everybody. `said` are the fields of `Access`."""
    return {OPT_KEY: Public(**said)}


def signed_in(*roles: Role, keeps: bool = True, **said: Any) -> dict[str, Any]:
    """Mark a route as open to live sessions of `roles`; of every role when none is named. `said` are the fields of
    `SignedIn` and `Access`."""
    return {OPT_KEY: SignedIn(roles=frozenset(roles or Role), keeps=keeps, **said)}


def by_link(*kinds: str, **said: Any) -> dict[str, Any]:
    """Mark a route as open to personal links of `kinds`. `said` are the fields of `ByLink` and `Access`."""
    return {OPT_KEY: ByLink(kinds=frozenset(kinds), **said)}


def access_of(handler: BaseRouteHandler) -> Access | None:
    """The marker of a route handler, or None for one that carries none."""
    found = handler.opt.get(OPT_KEY)
    return found if isinstance(found, Access) else None


def marked_routes(app: Litestar) -> Iterator[tuple[str, HTTPRouteHandler]]:
    """Every path and handler that needs a marker: all but Litestar's automatic OPTIONS."""
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            raise ImproperlyConfiguredException(f"{route.path}: only HTTP routes are served")
        for handler in route.route_handlers:
            if handler.http_methods != {"OPTIONS"}:
                yield route.path, handler


def require_markers(app: Litestar) -> None:
    """Refuse to start an app in which some route does not say who may use it.

    Raises ImproperlyConfiguredException naming each such route.
    """
    faults = []
    for path, handler in marked_routes(app):
        access = access_of(handler)
        if access is None:
            faults.append(f"{path} ({handler}) has no access marker; add opt=public() or opt=signed_in(...)")
            continue
        if foreign := sorted(handler.http_methods - access.methods):
            faults.append(f"{path} ({handler}) is declared for {', '.join(foreign)}; use GET or POST")
    if faults:
        raise ImproperlyConfiguredException("; ".join(faults))
