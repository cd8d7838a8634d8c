"""An agreement is sent to its signatory, sent anew, or taken back, by whoever looks after the company."""

from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from portal.agreements import signing
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Undone
from portal.web.markers import signed_in
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

ON_COMPANY = signed_in(Role.ACCOUNT_MANAGER, leads="/companies/{asked}", keeps=False)
SENT = {
    "sent": N_("A link is on its way to the signatory. A link sent before opens nothing any more."),
    "lacking": Undone(N_("Nothing was sent: the agreement lacks something, or who signs it is not complete.")),
    "signed": Undone(N_("Nothing was sent: the company has signed it already.")),
    "over": Undone(N_("Nothing was sent: the time of this agreement is over.")),
}
TAKEN_BACK = N_("The link is withdrawn: nobody can sign by it any more.")
NOBODY = Undone(N_("Nothing was changed: nobody was to sign this agreement."))


@post("/companies/{asked:uuid}/agreements/{agreement:uuid}/send", opt=ON_COMPANY)
async def send_agreement(request: PortalRequest, asked: FromPath[UUID], agreement: FromPath[UUID]) -> Response[bytes]:
    """Send the link, or another in place of it."""
    async with work(request) as unit:
        answer = await signing.send_agreement(unit, agreement)
    if answer is None:
        raise Refused
    return lead_on(request, f"/companies/{asked}", SENT[answer])


@post("/companies/{asked:uuid}/agreements/{agreement:uuid}/withdraw", opt=ON_COMPANY)
async def withdraw_agreement(
    request: PortalRequest, asked: FromPath[UUID], agreement: FromPath[UUID]
) -> Response[bytes]:
    """Take the link back."""
    async with work(request) as unit:
        done = await signing.withdraw_agreement(unit, agreement)
    if done is None:
        raise Refused
    return lead_on(request, f"/companies/{asked}", TAKEN_BACK if done else NOBODY)


routes = [send_agreement, withdraw_agreement]
