"""The addresses of pages, as their routes' markers say: which query each may carry, where Back leads, where a left one.

Promise: an address that a page of ours leads to, or comes back to, holds nothing that somebody typed (P9). Nor does
it hold less than the page was narrowed by: what cannot stand there stands as unreadable, and the page then says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler

from portal.web.field import Field, declared
from portal.web.markers import Access, access_of

LONGEST_PATH = 1500
PLAIN_PATH = re.compile(r"/(?!/)[!-$&-9;-?A-\[\]-~]*")  # printable ASCII, and none of % : @ \\
PLAIN_VALUE = re.compile(r"[A-Za-z0-9_.~:-]*")  # ids, codes, days, times, cursors and sealed words
PAGING = frozenset({"after", "before", "count", "looked"})
UNREADABLE = "-"
_ID = r"[0-9a-fA-F-]{36}"


def plain_path(candidate: str | None) -> str | None:
    """The path of `candidate` when it is a plain one on this site; else None."""
    if candidate is None or len(candidate) > LONGEST_PATH:
        return None
    path = candidate.partition("#")[0].partition("?")[0]
    return path if PLAIN_PATH.fullmatch(path) else None


@dataclass(frozen=True, slots=True)
class _Page:
    pattern: re.Pattern[str]
    access: Access


class Addresses:
    """Every address that a GET answers, with its marker."""

    def __init__(self, handlers: Sequence[ControllerRouterHandler]) -> None:
        """Of these handlers those that answer a GET count; one without a marker is no page."""
        found = {
            path: access
            for handler in handlers
            if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods
            for path in handler.paths
            if (access := access_of(handler)) is not None
        }
        self._reshown = [
            _pattern(path)
            for handler in handlers
            if isinstance(handler, HTTPRouteHandler) and "POST" in handler.http_methods
            for path in handler.paths
            if (access := access_of(handler)) is not None and (access.keeps or access.reshown)
        ]
        self._fixed = {path: access for path, access in found.items() if "{" not in path}
        self._varying = [_Page(_pattern(path), access) for path, access in found.items() if "{" in path]

    def access(self, path: str) -> Access | None:
        """The marker of the page at a path; None where there is no page."""
        known = self._fixed.get(path)
        if known is None:
            known = next((page.access for page in self._varying if page.pattern.fullmatch(path)), None)
        return known

    def reshows(self, path: str) -> bool:
        """Whether a form sent to this path with `forms.ONLY_SHOW` is shown filled in, and not done."""
        return any(pattern.fullmatch(path) for pattern in self._reshown)

    def homes(self, access: Access, path: str) -> tuple[str, ...]:
        """Where Back may lead from the page at this path, whose marker or whose form's marker is `access`."""
        page = self.access(path) if access.leads and not access.back else access
        if page is None or page.back:
            return () if page is None else page.back
        return (path,) if page.carries is not None and page is not access else ()

    def safe(self, candidate: str | None) -> str | None:
        """`candidate` when it leads to a plain path on this site, with what the page there may carry; else None."""
        path = plain_path(candidate)
        if path is None or candidate is None:
            return None
        access, query = self.access(path), candidate.partition("#")[0].partition("?")[2]
        kept = [] if access is None or access.carries is None else self._carried(query, access.carries)
        return f"{path}?{urlencode(kept, safe='/~')}" if kept else path

    def _carried(self, query: str, form: type) -> list[tuple[str, str]]:
        """The fields of a page's own form in a query, and where in its list it begins."""
        known = dict(declared(form))
        pairs = parse_qsl(query, errors="replace")
        return [
            (name, self._standing(known.get(name), value)) for name, value in pairs if name in known or name in PAGING
        ]

    def _standing(self, of: Field | None, value: str) -> str:
        if of is not None and of.type == "path":
            return self.safe(value) or UNREADABLE
        stands = PLAIN_VALUE.fullmatch(value) and (of is None or of.stands(value))
        return value if stands else UNREADABLE


def _pattern(path: str) -> re.Pattern[str]:
    pieces = re.split(r"(\{[^}]*\})", path)
    return re.compile("".join(_ID if piece.startswith("{") else re.escape(piece) for piece in pieces))
