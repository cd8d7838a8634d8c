"""The unit of work of a request: one request, one transaction, one session.

`async with work(request) as unit:` opens the transaction in the handler, and closes it before the answer starts:
nothing is shown that did not commit. What holds for the transaction itself says
`portal.database.unit`.
"""

import json
from types import TracebackType

from portal.database.answers import OtherAccount
from portal.database.unit import Transaction, Unit, raise_named
from portal.database.viewer import Viewer, arrived
from portal.language import i18n
from portal.web import csrf
from portal.web.visit import Connection, Visit, visit

ARRIVE = "select * from gate.arrive($1, $2)"


class work:  # noqa: N801 - reads as a verb where it is used: `async with work(request)`
    """A transaction in the session of a request; the route's marker is enforced as it opens.

    Raises SignInNeeded without a live session, Refused for a wrong role, DatabaseAway.
    """

    def __init__(self, connection: Connection, *, again: bool = False) -> None:
        """`connection` is the request. `again`: it was let in before, and the gate says whether that holds."""
        self._visit = visit(connection)
        self._again = again
        self._transaction = Transaction()

    async def __aenter__(self) -> Unit:
        """Begin, say who it is, and let in or turn away."""
        unit = await self._transaction.__aenter__()
        try:
            await _arrive(self._visit, unit, admit=not self._again)
        except BaseException as failure:
            await self._transaction.__aexit__(type(failure), failure, failure.__traceback__)
            raise_named(failure)
        return unit

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit or undo; see `Transaction`."""
        await self._transaction.__aexit__(kind, failure, trace)


async def _arrive(guest: Visit, unit: Unit, *, admit: bool) -> None:
    access = guest.access
    if access is None:
        raise RuntimeError("a unit of work needs a route with an access marker")
    row = await unit.fetchrow(ARRIVE, guest.secret, request_note(guest))
    viewer, link = arrived(row)
    unit.viewer, unit.link = viewer, link
    guest.viewer = viewer
    known = viewer or link
    if known is not None and not guest.locale_chosen:
        guest.locale = i18n.settle(known.locale)
    if viewer is not None and not _sent_by(viewer, guest):
        raise OtherAccount  # whatever their role: what was typed is not lost in a page that is not for them
    if admit:
        access.admit(viewer, link)
    guest.arrived = True


def _sent_by(viewer: Viewer, guest: Visit) -> bool:
    """Whether what was typed was typed by this account; a form kept over a sign-in may come from another's."""
    said = (guest.fields or {}).get(csrf.SENT_AS, [])
    return all(one == str(viewer.account_id) for one in said)


def request_note(guest: Visit) -> str:
    """What the log keeps about the request itself. Describes; decides nothing but where the network is."""
    caller, countries = guest.caller, guest.kit.countries
    return json.dumps(
        {
            "id": str(guest.request_id),
            "ip": caller.address,
            "relayed": caller.way == "unlisted",
            "shared": caller.shared,
            "country": None if countries is None else countries.country(caller.address),
            "agent": guest.agent,
        }
    )
