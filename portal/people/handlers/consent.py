"""A consent that a person gave on paper or by telephone, recorded by staff with its evidence."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.consent.lacks import LACKS
from portal.database.answers import Refused, TooMany
from portal.database.viewer import Viewer
from portal.documents import refusals
from portal.documents.cleaning import CleanDocument, clean_document
from portal.language import formats
from portal.language.i18n import N_, Said
from portal.people import consents
from portal.people.consents import Recorded
from portal.people.forms import LARGEST_SCAN, ConsentForm
from portal.people.handlers.of_person import OF_PERSON
from portal.people.papers import Paper, store
from portal.resume.failures import WorkFailed
from portal.resume.workshop import Workshop
from portal.turns import Busy
from portal.web.answers import NotMade
from portal.web.form_pages import FormPage
from portal.web.forms import Form, Offered, blank, read_form
from portal.web.rendering import lead_on
from portal.web.uploads import Upload
from portal.web.visit import PortalRequest
from portal.web.work import work

RECORD = FormPage(
    title=N_("Record a consent"),
    lead=N_(
        "What the person agreed to once the notice had been shown or read to them. "
        "It opens no more than that notice names, and nothing without its evidence."
    ),
    button=N_("Record the consent"),
    behind=N_("Person"),
)
STAFF_TURNS = "staff"  # the operator's people are one group, as those of a company are
RECORDED = N_("The consent is recorded.")
BEYOND = N_("Please choose no more than the notice shown names.")
ENDED = N_("Please enter a day after the consent was given.")
LACKING = {
    "notice": N_("Please choose another notice: this one was not in force then, or says too little."),
    "given_at": N_("Please check this time: the notice shown was not in force then, or it has not been yet."),
    "until_day": N_("Please enter an end: the notice shown promises one."),
    "note": N_("Please say where the evidence is, or add the scan."),
}
FIELDS = {"notice": "notice", "given_at": "given_at", "expires_at": "until_day", "evidence": "note"}


@get("/people/{person:uuid}/consents/new", opt=OF_PERSON)
async def ask_consent(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """The form for a consent."""
    offered, _viewer = await _offered(request, person)
    return await RECORD.show(request, blank(ConsentForm).offering(**offered))


@post("/people/{person:uuid}/consents/new", opt=OF_PERSON, request_max_body_size=LARGEST_SCAN + 256 * 1024)
async def record_consent(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Record it, with the scan sealed beside it; or say what it lacks."""
    read: Form[ConsentForm] = await read_form(request, ConsentForm)
    offered, viewer = await _offered(request, person)
    form = read.offering(**offered)
    if form.value is None:
        return await RECORD.show(request, form)
    paper = None
    if form.value.scan is not None:
        try:
            scan = await _cleaned(request.app.state.workshop, viewer, form.value.scan)
        except refusals.Refused as refused:
            return await RECORD.show(request, form.wrong(scan=Said(refused.message)))
        paper = await _stored(request, person, scan)
    done = await _recorded(request, person, form.value, paper)
    if done.result == "recorded":
        return lead_on(request, f"/people/{person}", RECORDED)
    return await RECORD.show(request, form.wrong(**_wrong(done)))


async def _offered(request: PortalRequest, person: UUID) -> tuple[Mapping[str, Offered], Viewer]:
    """What the form offers. Raises Refused for a person whom the viewer may not reach."""
    async with work(request) as unit:
        viewer, found = unit.who, await consents.choices(unit, person)
    if found is None:
        raise Refused
    notices = [
        (id, f"{reference} {version} ({formats.language_name(language)})")
        for id, reference, version, language in found.notices
    ]
    return {"company": found.companies, "notice": notices}, viewer


async def _cleaned(workshop: Workshop, viewer: Viewer, scan: Upload) -> CleanDocument:
    """The scan, cleaned in the viewer's turn. Raises refusals.Refused, NotMade, TooMany."""
    content = scan.content.read()
    try:
        async with workshop.turns.turn(STAFF_TURNS, viewer.account_id):
            return await workshop.pool.run(clean_document, content, scan.name)
    except Busy as busy:
        raise TooMany(busy.wait) from busy
    except WorkFailed as failure:
        raise NotMade from failure


async def _stored(request: PortalRequest, person: UUID, scan: CleanDocument) -> Paper:
    workshop: Workshop = request.app.state.workshop
    async with work(request) as unit:
        key = await consents.data_key(unit, person, workshop.keys)
    if key is None:
        raise Refused
    return await store(workshop.store, key, scan)


async def _recorded(request: PortalRequest, person: UUID, value: ConsentForm, paper: Paper | None) -> Recorded:
    """Record it. A scan whose row did not come about is removed. Raises Refused."""
    done = None
    try:
        async with work(request) as unit:
            done = await consents.record(unit, person, value.given, paper)
    finally:
        if paper is not None and (done is None or done.result != "recorded"):
            await request.app.state.workshop.store.delete(paper.object_key)
    if done is None:
        raise Refused
    return done


def _wrong(done: Recorded) -> dict[str, str | Said]:
    """What is said at which field."""
    if done.result != "lacking":
        return {"items": Said(BEYOND)} if done.result == "beyond" else {"until_day": Said(ENDED)}
    fields = {FIELDS[LACKS[code][0]] for code in done.lacks}
    return {field: Said(LACKING[field]) for field in fields}


routes = [ask_consent, record_consent]
