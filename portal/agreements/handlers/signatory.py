"""The signatory's pages, by a personal link and no account: the text, what differs, signing, declining."""

from litestar import Response, get, post

from portal.agreements import signing
from portal.agreements.differences import differences
from portal.agreements.forms import DeclineForm, DoneAddress, SignForm
from portal.agreements.handlers.papers import pdf_file
from portal.agreements.signing import ToSign
from portal.database.answers import Refused
from portal.language.i18n import N_, Said, language
from portal.web.bodies import query_fields
from portal.web.forms import Form, blank, parse, read_form
from portal.web.markers import by_link, public
from portal.web.rendering import page, see_other
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

TO_SIGN = by_link("signing")
OVER = "/link?over=1"
SAID = {
    "other_text": ("shown", N_("The text changed while you were reading. Please read it as it is now.")),
    "other_name": (
        "name",
        N_("This is not the name of the signatory whom the agreement names. Are you somebody else, then decline."),
    ),
}


@get("/sign", opt=TO_SIGN)
async def read_agreement(request: PortalRequest) -> Response[str]:
    """The agreement, and the form by which it is signed."""
    return await _page(request, None)


@post("/sign", opt=by_link("signing", reshown=True))
async def sign_agreement(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Sign it: the link is used up."""
    form = await read_form(request, SignForm)
    if form.value is None:
        return await _page(request, form)
    given = form.value
    async with work(request) as unit:
        answer = await signing.sign(
            unit, terms=given.terms, shown=given.shown, language=given.language, declaration=given.declaration,
            name=given.name, title=given.title,
        )  # fmt: skip
    if answer == "signed":
        return _done(request, "/sign/done")
    if answer == "over":
        return see_other(request, OVER)
    field, said = SAID[answer]
    form = form.wrong(**{field: Said(said)})
    return await _page(request, form.filled(authorised="", declared="") if answer == "other_text" else form)


async def _page(request: PortalRequest, form: Form[SignForm] | None) -> Response[str]:
    async with work(request) as unit:
        asked = await signing.agreement_by_link(unit)
        declarations = await signing.declaration_texts(unit)
    if asked is None:
        raise Refused
    shown = asked.shown(language())
    declaration = declarations[language()]
    filled = {
        "terms": asked.agreement["terms_digest"].hex(),
        "shown": shown.digest,
        "language": shown.language,
        "declaration": declaration["digest"],
    }
    return page(
        request,
        "agreements/sign.html",
        status=200 if form is None else 422,
        agreement=asked.agreement,
        shown=shown,
        original=None if shown is asked.texts[0] else asked.texts[0],
        declaration=declaration,
        declaration_original=declarations["ja"] if declaration["language"] != "ja" else None,
        former=_former(asked),
        form=blank(SignForm, **filled) if form is None else form.filled(**filled),
    )


def _former(asked: ToSign) -> dict[str, object] | None:
    """The agreement before, and what differs from it in the original."""
    if asked.former is None:
        return None
    return {**asked.former, "differences": differences(asked.former["text"], asked.texts[0].text)}


@get("/sign/decline", opt=by_link("signing", back=("/sign",)))
async def ask_why(request: PortalRequest) -> Response[str]:
    """The form for somebody who does not sign."""
    return await _decline(request, blank(DeclineForm))


@post("/sign/decline", opt=by_link("signing", reshown=True, back=("/sign",)))
async def decline_agreement(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Decline: the link is used up, and whoever looks after the company reads why."""
    form = await read_form(request, DeclineForm)
    if form.value is None:
        return await _decline(request, form)
    async with work(request) as unit:
        done = await signing.decline(unit, form.value.reason)
    return _done(request, "/sign/done?declined=yes") if done else see_other(request, OVER)


async def _decline(request: PortalRequest, form: Form[DeclineForm]) -> Response[str]:
    async with work(request) as unit:
        asked = await signing.agreement_by_link(unit)
    if asked is None:
        raise Refused
    status = 422 if form.errors else 200
    return page(request, "agreements/decline.html", status=status, agreement=asked.agreement, form=form)


def _done(request: PortalRequest, location: str) -> Response[bytes]:
    """On to the page that thanks; this sign-in has ended, so the browser forgets it."""
    guest = visit(request)
    guest.cookies.append(guest.kit.cookies.drop(guest.kit.cookies.session))
    return see_other(request, location)


@get("/sign/done", opt=public(carries=DoneAddress))
async def answered(request: PortalRequest) -> Response[str]:
    """What happens next. It depends on nobody."""
    asked = parse(query_fields(request), DoneAddress).value
    return page(request, "agreements/answered.html", declined=asked is not None and asked.declined)


@get("/sign/copy", opt=by_link("signed_copy"))
async def show_copy(request: PortalRequest) -> Response[str]:
    """The signatory's copy, to be downloaded."""
    async with work(request) as unit:
        asked = await signing.agreement_by_link(unit)
    if asked is None:
        raise Refused
    return page(request, "agreements/copy.html", agreement=asked.agreement)


@get("/sign/copy/paper.pdf", opt=by_link("signed_copy"))
async def download_copy(request: PortalRequest) -> Response[bytes]:
    """The signed paper."""
    async with work(request) as unit:
        asked = await signing.agreement_by_link(unit)
        paper = await signing.open_paper(unit, asked.agreement["id"]) if asked else None
    if paper is None:
        raise Refused
    return pdf_file(paper)


routes = [
    read_agreement,
    sign_agreement,
    ask_why,
    decline_agreement,
    answered,
    show_copy,
    download_copy,
]
