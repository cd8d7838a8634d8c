"""A consent that a person gave on paper or by telephone, recorded by staff with its evidence."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.companies.forms import NO_COMPANY
from portal.consent.lacks import LACKS
from portal.database.answers import Refused
from portal.database.viewer import Viewer
from portal.documents import refusals
from portal.language import formats
from portal.language.i18n import N_, Said, gettext
from portal.language.zone import JAPAN
from portal.people import consents
from portal.people.consents import Notice, Recorded
from portal.people.forms import LARGEST_SCAN, ConsentForm
from portal.people.handlers.of_person import OF_PERSON, STAFF, require_reached
from portal.people.handlers.scans import sealed
from portal.people.queries import reached
from portal.web.bodies import body_fields
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.sought import sought_in
from portal.web.visit import PortalRequest, visit
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
    "must_stay": N_(
        "The consent is recorded, and opens nothing: the company is outside Japan, and the person's data must stay in "
        "Japan."
    ),
    "untold": N_(
        "The consent is recorded, and opens nothing: the company is outside Japan, and the notice shown says nothing "
        "of its country. Ask the person again under a notice that does."
    ),
    "loosened": N_(
        "The consent is recorded, and opens no more than the former law admits: by its time it was given before the "
        "law was changed. If the person gave it afterwards, record it anew with a later time."
    ),
}
BEYOND = N_("Please choose no more than the notice shown names.")
ENDED = N_("Please enter a day after the consent was given.")
TOO_LATE = N_("Please enter %(day)s or an earlier day: the notice shown promises an end after %(num)s days at most.")
LACKING = {
    "notice": N_("Please choose another notice: this one was not in force then, or says too little."),
    "given_at": N_("Please check this time: the notice shown was not in force then, or it has not been yet."),
    "until_day": N_("Please enter the last day: the notice shown promises an end."),
    "note": N_("Please say where the evidence is, or add the scan."),
}
SUGGESTED = signed_in(*STAFF, keeps=False, leads="/people/{person}/consents/new")
FIELDS = {"notice": "notice", "given_at": "given_at", "expires_at": "until_day", "evidence": "note"}


@get("/people/{person:uuid}/consents/new", opt=OF_PERSON)
async def ask_consent(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """The form for a consent."""
    form, _viewer, _notices = await _filled(request, person, blank(ConsentForm))
    return await RECORD.show(request, form)


@post("/people/{person:uuid}/consents/new", opt=OF_PERSON, request_max_body_size=LARGEST_SCAN + 256 * 1024)
async def record_consent(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Record it, with the scan sealed beside it; or say what it lacks."""
    read: Form[ConsentForm] = await read_form(request, ConsentForm)
    form, viewer, notices = await _filled(request, person, read)
    if form.value is None:
        return await RECORD.show(request, form)
    try:
        done = await _recorded(request, viewer, person, form.value)
    except refusals.Refused as refused:
        return await RECORD.show(request, form.wrong(scan=Said(refused.message)))
    if done.result == "recorded":
        return lead_on(request, f"/people/{person}", RECORDED[done.before])
    return await RECORD.show(request, form.wrong(**_wrong(done, form.value, notices)))


async def _filled(
    request: PortalRequest, person: UUID, form: Form[ConsentForm]
) -> tuple[Form[ConsentForm], Viewer, list[Notice]]:
    """The form with the notices to choose from and the company that was typed into it, who asks, and those notices.
    Raises Refused for a person whom the viewer may not reach."""
    async with work(request) as unit:
        viewer, notices, of = unit.who, await consents.notices(unit, person), await reached(unit, person)
        form = await sought_in(form, "company", partial(consents.companies_called, unit, person), NO_COMPANY)
    if notices is None or of is None:
        raise Refused
    visit(request).about = of[0]
    return form.offering(notice=[(one.id, _words(one)) for one in notices]), viewer, notices


def _words(notice: Notice) -> str:
    """What a notice is called, the country abroad that it tells of, and how long it promises at most."""
    said = [f"{notice.reference} {notice.version} ({formats.language_name(notice.language)})"]
    said += [formats.country_name(notice.country)] if notice.country else []
    said += [gettext("%(num)s days at most") % {"num": notice.most_days}] if notice.most_days else []
    return " · ".join(said)


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


def _wrong(done: Recorded, value: ConsentForm, notices: list[Notice]) -> dict[str, str | Said]:
    """What is said at which field."""
    if done.result != "lacking":
        return {"items": Said(BEYOND)} if done.result == "beyond" else {"until_day": Said(ENDED)}
    fields = {FIELDS[LACKS[code][0]] for code in done.lacks}
    return {field: Said(LACKING[field]) for field in fields} | _too_late(done, value, notices)


def _too_late(done: Recorded, value: ConsentForm, notices: list[Notice]) -> dict[str, str | Said]:
    """Of an end beyond what the notice promises, until when it can be."""
    most = next((one.most_days for one in notices if one.id == value.notice), None)
    if "expiry_beyond_promise" not in done.lacks or most is None:
        return {}
    last = value.given_at.astimezone(JAPAN).date() + timedelta(days=most)
    return {"until_day": Said(TOO_LATE, {"day": formats.day(last), "num": most})}


@post("/people/{person:uuid}/consents/called", status_code=200, opt=SUGGESTED)
async def suggest_company(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """The companies called as was typed so far that a consent of this person may be about."""
    typed = (await body_fields(request)).get("company", [""])[0]
    await require_reached(request, person)
    async with work(request) as unit:
        found = await consents.companies_called(unit, person, typed)
    return page(request, "companies/_called.html", found=found)


routes = [ask_consent, record_consent, suggest_company]
