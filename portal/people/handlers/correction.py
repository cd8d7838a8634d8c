"""What is wrong about a person's data, corrected by staff: the item first, then its own fields and the proof."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.database.viewer import Viewer
from portal.documents import refusals
from portal.language.i18n import N_, Said, Undone, gettext
from portal.people import actions, queries
from portal.people.actions import Correction, How
from portal.people.forms import LARGEST_SCAN
from portal.people.handlers.correction_entries import NEW
from portal.people.handlers.correction_topics import TOPICS, ChooseForm, Topic, TopicForm, label
from portal.people.handlers.of_person import OF_CORRECTION, OF_PERSON, require_reached
from portal.people.handlers.scans import sealed
from portal.web.form_pages import FormPage
from portal.web.forms import Form, Offered, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

CHOOSE = FormPage(
    title=N_("Correct the person's data"),
    lead=N_(
        "Choose what is wrong. Every company to which it is open sees it so from the next click on. "
        "An uploaded resume that shows it is not opened any more, and a later import leaves it as it is corrected."
    ),
    button=N_("Continue"),
    behind=N_("Person"),
)
CORRECT = FormPage(
    title=N_("Correct the person's data"),
    button=N_("Record the correction"),
    behind=N_("Correction"),
    template="people/correction.html",
)
CORRECTED = N_("The correction is recorded, and the person is told.")
TIGHTENED = N_(
    "The correction is recorded, and the person is told. People who live there are protected by a stricter law: it "
    "applies from now on, and a consent counts that was given under a notice for it."
)
SAME = Undone(N_("Nothing was changed: it stands so already."))
DONE = {"corrected": CORRECTED, "tightened": TIGHTENED, "same": SAME}
LACKING = {
    "moved": ("seen", N_("It has changed since you looked. Choose it anew, and look again.")),
    "evidence_missing": ("note", N_("Please say where the evidence is, or add the scan.")),
    "paper_of_source": ("channel", N_("Please choose paper: what the person did not say themselves needs one.")),
    "paper_of_item": ("channel", N_("Please choose paper: this is corrected on one alone, and not on a call.")),
}
ANEW = N_("A new entry")
CHOSEN = N_("The entry that you chose")
SCANNED = LARGEST_SCAN + 256 * 1024


@get("/people/{person:uuid}/correction", opt=OF_PERSON)
async def choose_item(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """What is wrong."""
    await require_reached(request, person)
    return await CHOOSE.show(request, blank(ChooseForm))


@post("/people/{person:uuid}/correction", status_code=200, opt=OF_PERSON)
async def look_at_item(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """The fields of what is wrong: filled in after a view, which is recorded; otherwise empty."""
    form: Form[ChooseForm] = await read_form(request, ChooseForm)
    if form.value is None:
        await require_reached(request, person)
        return await CHOOSE.show(request, form)
    topic, ground = TOPICS[form.value.topic], form.value.ground
    if ground is None:
        await require_reached(request, person)
        return await _show(request, person, topic, _blank(form.value.topic), [])
    async with work(request) as unit:
        items = await queries.items(unit, person, ground, topic.item)
    if items is None:
        raise Refused
    return await _show(request, person, topic, *_looked_at(form.value.topic, items), looked=True)


@post("/people/{person:uuid}/correction/item", opt=OF_CORRECTION, request_max_body_size=SCANNED)
async def correct_item(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Correct it, with the scan sealed beside it; or say what the proof lacks."""
    viewer = await require_reached(request, person)
    chosen = await read_form(request, TopicForm)
    topic = TOPICS.get(chosen.given["topic"])
    if topic is None:
        return await CHOOSE.show(request, await read_form(request, ChooseForm))
    form: Form[Any] = await read_form(request, topic.form)
    if form.value is None:
        return await _show(request, person, topic, form, [])
    try:
        result = await _corrected(request, viewer, person, topic, form.value)
    except refusals.Refused as refused:
        return await _show(request, person, topic, form.wrong(scan=Said(refused.message)), [])
    if result in LACKING:
        field, message = LACKING[result]
        return await _show(request, person, topic, form.wrong(**{field: Said(message)}), [])
    return lead_on(request, f"/people/{person}", DONE[result])


async def _corrected(request: PortalRequest, viewer: Viewer, person: UUID, topic: Topic, value: Any) -> str:
    becomes = topic.said(value)
    entry = {"item": topic.code, "list": topic.of, "place": value.entry, "becomes": becomes} if topic.is_entry else None
    right = Correction(None if entry else {topic.code: becomes}, entry, value.source, value.seen)
    async with sealed(request, viewer, person, value.scan) as papers:
        async with work(request) as unit:
            how = How(value.channel, value.note)
            result = await actions.correct(unit, person, right, how, papers[0] if papers else None)
        if result in ("corrected", "tightened"):
            papers.clear()
    if result is None:
        raise Refused
    return result


def _blank(chosen: str, **initial: str) -> Form[Any]:
    """The form of a topic as it is before anything was typed. What needs a paper begins with one."""
    topic = TOPICS[chosen]
    return blank(topic.form, topic=chosen, **({"channel": "paper"} if topic.on_paper else {}), **initial)


def _looked_at(chosen: str, items: dict[str, Any]) -> tuple[Form[Any], Offered]:
    """The form with what stands, and the entries to choose from."""
    topic = TOPICS[chosen]
    marked = {"seen": items["seen"][topic.code]}
    if topic.is_entry:
        return _blank(chosen, **marked), [(place, label(one, place)) for place, one in enumerate(topic.held(items))]
    stood = topic.stands(items[topic.code]) if topic.code in items else {}
    fields = {name: one for name, one in stood.items() if name in topic.form.__dataclass_fields__}
    return _blank(chosen, **marked, **fields), []


async def _show(
    request: PortalRequest, person: UUID, topic: Topic, form: Form[Any], offered: Offered, *, looked: bool = False
) -> Response[str]:
    """The form of a topic. What comes back offers the entry that was chosen, without its words: nobody looked again."""
    if topic.is_entry:
        chosen = form.given["entry"]
        again = [] if looked or chosen in ("", NEW) else [(chosen, gettext(CHOSEN))]
        form = form.offering(entry=[(NEW, gettext(ANEW)), *offered, *again])
    return await CORRECT.show(request, form, person=person, topic=form.given["topic"], looked=looked)


routes = [choose_item, look_at_item, correct_item]
