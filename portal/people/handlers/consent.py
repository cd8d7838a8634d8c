"""A consent that a person gave on paper or by telephone, recorded by staff with its evidence."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.consent.lacks import LACKS
from portal.database.answers import Refused
from portal.database.viewer import Viewer
from portal.documents import refusals
from portal.language import formats
from portal.language.i18n import N_, Said
from portal.people import consents
from portal.people.consents import Recorded
from portal.people.forms import LARGEST_SCAN, ConsentForm
from portal.people.handlers.of_person import OF_PERSON
from portal.people.handlers.scans import sealed
from portal.web.form_pages import FormPage
from portal.web.forms import Form, Offered, blank, read_form
from portal.web.rendering import lead_on
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
RECORDED = {
    None: N_("The consent is recorded."),
    "lifted": N_(
        "The consent is recorded, and opens nothing: by its time it was given before a restriction or an objection "
        "was lifted. If the person gave it afterwards, record it anew with a later time."
    ),
    "succeeded": N_(
        "The consent is recorded, and opens nothing: by its time it was given before the company became another. If "
        "the person gave it afterwards, record it anew with a later time."
    ),
    "other_law": N_(
        "The consent is recorded, and opens nothing: the notice shown does not speak to people under the person's law."
    ),
    "loosened": N_(
        "The consent is recorded, and opens no more than the former law admits: by its time it was given before the "
        "law was changed. If the person gave it afterwards, record it anew with a later time."
    ),
}
BEYOND = N_("Please choose no more than the notice shown names.")
ENDED = N_("Please enter a day after the consent was given.")
LACKING = {
    "notice": N_("Please choose another notice: this one was not in force then, or says too little."),
    "given_at": N_("Please check this time: the notice shown was not in force then, or it has not been yet."),
    "until_day": N_("Please enter an end as the notice shown promises it."),
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
    try:
        done = await _recorded(request, viewer, person, form.value)
    except refusals.Refused as refused:
        return await RECORD.show(request, form.wrong(scan=Said(refused.message)))
    if done.result == "recorded":
        return lead_on(request, f"/people/{person}", RECORDED[done.before])
    return await RECORD.show(request, form.wrong(**_wrong(done)))


async def _offered(request: PortalRequest, person: UUID) -> tuple[Mapping[str, Offered], Viewer]:
    """What the form offers. Raises Refused for a person whom the viewer may not reach."""
    async with work(request) as unit:
        viewer, found = unit.who, await consents.choices(unit, person)
    if found is None:
        raise Refused
    notices = [
        (id, " · ".join([f"{reference} {version} ({formats.language_name(language)})", *_country(country)]))
        for id, reference, version, language, country in found.notices
    ]
    return {"company": found.companies, "notice": notices}, viewer


def _country(told: str | None) -> list[str]:
    """The country abroad that a notice tells of, by its name."""
    return [formats.country_name(told)] if told else []


async def _recorded(request: PortalRequest, viewer: Viewer, person: UUID, value: ConsentForm) -> Recorded:
    """Record it with its scan. Raises Refused, and documents.refusals.Refused for the scan."""
    async with sealed(request, viewer, person, value.scan) as papers:
        async with work(request) as unit:
            done = await consents.record(unit, person, value.given, papers[0] if papers else None)
        if done is not None and done.result == "recorded":
            papers.clear()
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
