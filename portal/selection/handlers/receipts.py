"""What the number on a downloaded page stands for, and what proves it."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from portal.candidates.items import Item, Purpose, codes_of
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER, Role
from portal.disclosure.receipts.bundle import bundle_of, written
from portal.language import i18n
from portal.web.answers import NotMade
from portal.web.markers import signed_in
from portal.web.rendering import file_answer, page
from portal.web.visit import PortalRequest
from portal.web.work import work

READER = signed_in(*EMPLOYER, Role.COMPLIANCE, back=("/candidates", "/log"))
RECEIPT = "select * from gate.receipt($1)"


@get("/receipts/{number:uuid}", opt=READER)
async def show_receipt(request: PortalRequest, number: FromPath[UUID]) -> Response[str]:
    """Who received a file, when and for what, and whether that is sealed yet."""
    async with work(request) as unit:
        shown, left = await _found(unit, number)
    return page(
        request,
        "candidates/receipt.html",
        entry=shown["entry"],
        left=left["entry"],
        account=shown["account_name"],
        company=i18n.written(shown["company_name"], shown["company_name_latin"]),
        agreement=shown["agreement_number"],
        purposes=[purpose.name.lower() for purpose in Purpose if shown["entry"]["purpose"] & purpose],
        item_codes=codes_of(Item(shown["entry"]["items"])),
        digest=left["entry"]["document_digest"].hex(),
        sealed=shown["leaf"] is not None and left["leaf"] is not None,
        witnesses=sorted({key.partition("+")[0] for key in left["witnesses"] or ()}),
    )


@get("/receipts/{number:uuid}/bundle", opt=READER)
async def download_bundle(request: PortalRequest, number: FromPath[UUID]) -> Response[bytes]:
    """The proof as a file. Until the worker has sealed the entries it is to be asked for again."""
    async with work(request) as unit:
        both = await _found(unit, number)
    if any(row["leaf"] is None for row in both):
        raise NotMade
    made = bundle_of(both, request.app.state.receipt_keys)
    return file_answer(written(str(number), made).encode(), "application/json", f"shokai-receipt-{number}.json")


async def _found(unit: Unit, number: UUID) -> tuple[Any, Any]:
    """The rows of what was shown and that it left. Raises Refused."""
    rows = await unit.fetch(RECEIPT, number)
    if not rows:
        raise Refused
    return rows[0], rows[1]


routes = [show_receipt, download_bundle]
