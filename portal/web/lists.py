"""Lists: narrowed by a search form, found again by their address, page by page.

    companies = Listing(
        "/companies", "companies/list.html", CompanySearch, Role.ACCOUNT_MANAGER, find=found, key=(str, UUID)
    )
    routes = [*companies.routes]

A search is sent as a POST, because what is typed into one may be a name, and leads to the address that shows it. The
template extends layouts/list.html and says the columns and one row.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs, urlsplit

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from portal.database.paging import Key, Window, decode, window
from portal.database.unit import Unit
from portal.database.viewer import Role, Viewer
from portal.language.i18n import Said
from portal.web.bodies import body_fields, query_fields
from portal.web.forms import ONLY_SHOW, Form, Offered, as_typed, parse
from portal.web.markers import signed_in
from portal.web.rendering import back, page, safe, see_other
from portal.web.sealed import seal, unseal
from portal.web.searches import address, asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

S = TypeVar("S")
R = TypeVar("R")
LISTED = "listed"  # the address of the rows that are shown
PLACE = ("after", "before", "count", "looked")
LONGEST_NUMBER = 6  # digits
# htmx exchanges the rows alone; a message beside a field comes with the fields.
WITH_FIELDS = {"HX-Retarget": "#list", "HX-Reselect": "#list"}


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page of a list begins: after the row with this key, or before it when `backwards`; None for the first
    page. `most` rows are to be fetched, one more than are shown. `count` is what the first page counted, and `looked`
    whether steps were looked through before, in a list that is searched by steps."""

    key: Key | None
    backwards: bool
    most: int
    count: int | None = None
    looked: bool = False

    def window(self, rows: Sequence[R], key: Callable[[R], Key]) -> Window[R]:
        """The rows to show, in the order of the list, and where the pages on either side begin."""
        return window(rows, self.most - 1, key, inside=self.key is not None, backwards=self.backwards)


def started(query: Mapping[str, Sequence[str]], kinds: Sequence[type], size: int) -> Start:
    """Where an address has a page of `size` rows begin that nothing narrows, and whose key is of these `kinds`."""
    after, before = (decode((query.get(name) or [""])[0], *kinds) for name in ("after", "before"))
    return Start(after or before, after is None and before is not None, size + 1)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list. `count` is how many there are in all, if that is known; `values` are the template's own.

    A list that is searched by steps may have `looked` through some of them and no further: the next
    page is then the next step, and `count` is how many were found so far.
    """

    rows: Sequence[Any] = ()
    previous: str | None = None
    next: str | None = None
    count: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    looked: bool = False


class Listing(Generic[S]):
    """A list, its search and its pages."""

    def __init__(
        self,
        path: str,
        template: str,
        search: type[S],
        *roles: Role,
        find: Callable[[Unit, S, Start], Awaitable[Found]],
        key: tuple[type, ...],
        size: int = 50,
        seals: bool = False,
        add: tuple[str, str] | None = None,
        offer: Callable[[Unit], Awaitable[Mapping[str, Offered]]] | None = None,
        look_up: Callable[[Unit, Form[S]], Awaitable[Form[S]]] | None = None,
        instead: Callable[[Viewer], str | None] = lambda viewer: None,
    ) -> None:
        """`find` fetches the rows of a page, whose key has these types. `seals` is for keys that are personal data.
        `add` is the address and the words of a button for one more row.
        `offer` says what the form's fields offer, and `look_up` finds what was typed into those that are `sought`;
        `instead` is a template that is shown in place of the list."""
        self.path, self.template, self.search = path, template, search
        self.find, self.key, self.size, self.seals = find, key, size, seals
        self.offer, self.look_up, self.instead, self.add = offer, look_up, instead, add
        self.access = signed_in(*roles, carries=search)

    @property
    def routes(self) -> list[HTTPRouteHandler]:
        """Its GET and its POST."""

        @get(self.path, opt=self.access)
        async def show(request: PortalRequest) -> Response[str]:
            """A page of the list, narrowed as its address says."""
            query = query_fields(request)
            return await self.answer(request, query)

        @post(self.path, status_code=200, opt=self.access)
        async def narrow(request: PortalRequest) -> Response[str] | Response[bytes]:
            """A search, which leads to the address where it is found again."""
            return await self._narrowed(request)

        return [show, narrow]

    async def answer(self, request: PortalRequest, query: Mapping[str, Sequence[str]], **values: Any) -> Response[str]:
        """The page of the list that an address shows; `values` are the template's own."""
        place = {name: query[name][0] for name in PLACE if query.get(name)}
        return await self._page(request, asked(query, self.search, visit(request).secret), place, **values)

    async def again(self, request: PortalRequest, *said: Said, partly: bool = False, **values: Any) -> Response[str]:
        """The list as it was when a form on it was filled in. Above its rows stands why it was not done, or only
        `partly`."""
        before = parse_qs(urlsplit(back(request) or "").query)
        shown = await self.answer(request, before, said=said, partly=partly, **values)
        shown.status_code = 422
        return shown

    async def _narrowed(self, request: PortalRequest) -> Response[str] | Response[bytes]:
        sent, secret = await body_fields(request), visit(request).secret
        if ONLY_SHOW in sent:
            return await self._shown_again(request, as_typed(sent, self.search))
        form = parse(sent, self.search)
        if form.value is not None:
            async with work(request) as unit:  # only someone who may search is led on
                form = await self.look_up(unit, form) if self.look_up else form
        found_at = address(self.path, form, secret)
        if form.value is None:
            answer = await self._page(request, form, {})
            answer.headers["HX-Push-Url"] = found_at
            return answer
        return Response(b"", status_code=303, headers={"Location": found_at}, media_type="text/plain")

    async def _shown_again(self, request: PortalRequest, typed: Form[S]) -> Response[str] | Response[bytes]:
        """The list as it was when the language was changed, and in its fields what was typed and not sent."""
        shown = next((safe(request, one) for one in (visit(request).fields or {}).get(LISTED, [])), None)
        address = shown if shown and shown.partition("?")[0] == self.path else self.path
        before = parse_qs(urlsplit(address).query)
        if _held(typed) == _held(asked(before, self.search, visit(request).secret)):
            async with work(request):
                pass
            return see_other(request, address)
        return await self.answer(request, before, typed=typed)

    async def _page(
        self,
        request: PortalRequest,
        form: Form[S],
        place: Mapping[str, str],
        *,
        typed: Form[S] | None = None,
        **values: Any,
    ) -> Response[str]:
        secret = visit(request).secret
        start = self._start(place, secret)
        async with work(request) as unit:
            viewer = unit.who
            offered = await self.offer(unit) if self.offer else {}
            form = form.offering(**offered)
            form = await self.look_up(unit, form) if self.look_up else form
            found = await self.find(unit, form.value, start) if form.value is not None else Found()
        if instead := self.instead(viewer):
            return page(request, instead)
        wrong = form.value is None
        filled = form if typed is None else replace(typed, errors=form.errors, offered=form.offered)
        around = {
            "here": address(self.path, form, secret, **(place if start.key else {})),
            # Whoever is still typing while the next step is looked through keeps the field.
            "turned": start.key is not None and bool(found.rows or not start.looked),
            "ordered": lambda code: address(self.path, form.filled(sort=code), secret),
            "previous": self._turn(form, found, secret, "before", found.previous),
            "next": self._turn(form, found, secret, "after", found.next),
        }
        told = {"rows": found.rows, "count": found.count, "looked": found.looked, "path": self.path, "add": self.add}
        return page(
            request,
            self.template,
            status=422 if wrong else 200,
            headers=WITH_FIELDS if wrong else {},
            **{"form": filled, "typed": typed is not None, **told, **around, **found.values, **values},
        )

    def _start(self, place: Mapping[str, str], secret: str) -> Start:
        after, before = (self._key(place.get(name, ""), secret) for name in ("after", "before"))
        count = _number(place.get("count", ""))
        return Start(
            after or before, after is None and before is not None, self.size + 1, count, bool(place.get("looked"))
        )

    def _key(self, cursor: str, secret: str) -> Key | None:
        return decode(unseal(cursor, secret) if self.seals else cursor, *self.key)

    def _turn(self, form: Form[S], found: Found, secret: str, which: str, cursor: str | None) -> str | None:
        """The address of the page before or after; None when there is none."""
        if cursor is None:
            return None
        count = None if found.count is None else str(found.count)
        looked = "1" if found.looked and which == "after" else None
        cursor = seal(cursor, secret) if self.seals else cursor
        return address(self.path, form, secret, **{which: cursor, "count": count, "looked": looked})


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER else None


def _held(form: Form[Any]) -> dict[str, list[str]]:
    """What stands in a search's fields."""
    held = {name: [one.strip() for one in sent if one.strip()] for name, sent in form.sent.items()}
    return {name: sent for name, sent in held.items() if sent}
