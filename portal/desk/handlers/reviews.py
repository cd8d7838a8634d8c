"""Reviews of the log: started for a company and a month, looked at by one of compliance, signed off by another."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import action_words
from portal.companies.forms import look_up
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.desk import queries
from portal.desk.forms import ConclusionForm, ReviewerForm, ReviewForm, VerdictForm
from portal.desk.handlers.telling import Telling, made_by, pdf_answer, signed_pdf
from portal.documents.report import Report, Section, lines
from portal.language import formats
from portal.language.i18n import N_, Said, Undone, gettext
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

LIST, ONE = "/reviews", "/reviews/{review}"
NEW = FormPage(
    title=N_("New review"),
    lead=N_(
        "What a company's people did in a month that is over. One of compliance looks at it, and another signs off."
    ),
    button=N_("Start the review"),
    behind=N_("Reviews"),
)
NOT_STARTED = Undone(
    N_("No review was started: the month is not over, nothing was done in it, or it is reviewed already.")
)
PARTLY = N_("Recorded of %(num)s entries. What you did yourself somebody else judges.")
GIVEN = {
    "given": N_("The review is given to your colleague, who gets a mail."),
    "same": Undone(N_("Nothing was changed: your colleague has this review already.")),
    "not_now": Undone(
        N_("Nothing was changed: it is concluded, or only whoever started or has it gives it to somebody else.")
    ),
}
CHOOSE = Undone(N_("Nothing was changed: please choose a colleague."))
OUTCOMES = {
    "concluded": N_("The review is concluded. A colleague of compliance signs it off."),
    "signed_off": N_("The review is signed off."),
    "own_act": Undone(
        N_("Nothing was done: whoever reviewed it, or acted in it, does not sign it off. A colleague can.")
    ),
    "not_now": Undone(
        N_("Nothing was done: every entry is judged first, by the reviewer, who then writes a conclusion.")
    ),
}


@get(LIST, opt=signed_in(Role.COMPLIANCE))
async def show_reviews(request: PortalRequest) -> Response[str]:
    """The reviews, and how far each company is with its accounts."""
    async with work(request) as unit:
        rows, certifications = await queries.reviews(unit), await queries.certifications(unit)
    return page(request, "desk/reviews.html", rows=rows, certifications=certifications)


@get("/reviews/new", opt=signed_in(Role.COMPLIANCE, back=(LIST,)))
async def new_review(request: PortalRequest) -> Response[str]:
    """The form that starts one."""
    return await _new(request, blank(ReviewForm))


async def _new(request: PortalRequest, form: Form[ReviewForm]) -> Response[str]:
    async with work(request) as unit:
        offered = {"reviewer": await queries.reviewers(unit)}
    return await NEW.show(request, form.offering(**offered))


@post("/reviews/new", status_code=200, opt=signed_in(Role.COMPLIANCE, back=(LIST,)))
async def start_review(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Start one, and lead to it."""
    form: Form[ReviewForm] = await read_form(request, ReviewForm)
    async with work(request) as unit:
        form = await look_up(unit, form)
        wanted = form.value
        made = wanted and await queries.start_review(unit, wanted.company, wanted.month, wanted.kind, wanted.reviewer)
    if wanted is None:
        return await _new(request, form)
    if made is None:
        return await _new(request, form.wrong(month=Said(NOT_STARTED)))
    return lead_on(request, f"{LIST}/{made}", N_("The review is started."))


@get("/reviews/{review:uuid}", opt=signed_in(Role.COMPLIANCE, back=(LIST,)))
async def show_review(request: PortalRequest, review: FromPath[UUID]) -> Response[str]:
    """One review with its entries."""
    async with work(request) as unit:
        found, entries = await queries.reviews(unit, review), await queries.review_entries(unit, review)
        offered = [one for one in await queries.reviewers(unit) if found and one[0] != found[0]["assigned_to"]]
    if not found:
        raise Refused
    return page(
        request,
        "desk/review.html",
        review=found[0],
        entries=entries,
        mine=unit.who.account_id == found[0]["assigned_to"],
        verdict=blank(VerdictForm),
        conclusion=blank(ConclusionForm).named("conclusion"),
        giving=blank(ReviewerForm).named("reviewer").offering(reviewer=offered),
        action_words=action_words,
    )


@post("/reviews/{review:uuid}/verdict", opt=signed_in(Role.COMPLIANCE, keeps=False, leads=ONE))
async def judge_entries(request: PortalRequest, review: FromPath[UUID]) -> Response[bytes]:
    """Say something of the ticked entries."""
    form: Form[VerdictForm] = await read_form(request, VerdictForm)
    async with work(request) as unit:
        value = form.value
        said = await queries.judge(unit, review, value.places, value.verdict, value.note) if value else 0
    if said is None:
        raise Refused
    back = f"{LIST}/{review}"
    if form.value is None:
        return lead_on(request, back, Undone(N_("Nothing was recorded: tick entries, and say what they are.")))
    if said < len(form.value.places):
        return lead_on(request, back, PARTLY, num=str(said))
    return lead_on(request, back, N_("Recorded of %(num)s entries."), num=str(said))


@post("/reviews/{review:uuid}/reviewer", opt=signed_in(Role.COMPLIANCE, keeps=False, leads=ONE))
async def give_review(request: PortalRequest, review: FromPath[UUID]) -> Response[bytes]:
    """Give it to another reviewer, who goes on with it."""
    form: Form[ReviewerForm] = await read_form(request, ReviewerForm)
    async with work(request) as unit:
        done = await queries.give(unit, review, form.value.reviewer) if form.value else ""
    if done is None:
        raise Refused
    return lead_on(request, f"{LIST}/{review}", GIVEN.get(done, CHOOSE))


@post("/reviews/{review:uuid}/conclusion", opt=signed_in(Role.COMPLIANCE, keeps=False, leads=ONE))
async def conclude_review(request: PortalRequest, review: FromPath[UUID]) -> Response[bytes]:
    """The reviewer's conclusion; or a colleague's sign-off."""
    form: Form[ConclusionForm] = await read_form(request, ConclusionForm)
    async with work(request) as unit:
        done = await queries.conclude(unit, review, form.value.conclusion) if form.value else "not_now"
    if done is None or done == "no_such_record":
        raise Refused
    return lead_on(request, f"{LIST}/{review}", OUTCOMES[done])


@get("/reviews/{review:uuid}/report.pdf", opt=signed_in(Role.COMPLIANCE))
async def review_report(request: PortalRequest, review: FromPath[UUID]) -> Response[bytes]:
    """The review as a PDF, signed with the operator's certificate."""
    async with work(request) as unit:
        found, entries = await queries.reviews(unit, review), await queries.review_entries(unit, review)
    if not found:
        raise Refused
    pdf = await signed_pdf(request, _report(request, found[0], entries), f"{LIST}/{review}")
    return pdf_answer(pdf, f"shokai-review-{found[0]['month']:%Y-%m}.pdf")


def _report(request: PortalRequest, review: Mapping[str, Any], entries: list[dict[str, Any]]) -> Report:
    telling = Telling(request)
    made, foot = made_by(request)
    return Report(
        visit(request).locale,
        gettext("Review of the access log"),
        made,
        foot,
        facts=tuple(_facts(review, telling)),
        sections=(Section(gettext("Entries"), _columns(), lines([_cells(one, telling) for one in entries])),),
        landscape=True,
        empty="–",
    )


def _facts(review: Mapping[str, Any], telling: Telling) -> list[tuple[str, str]]:
    def signed(who: str | None, at: datetime | None) -> str:
        return f"{who} · {formats.moment(at)}" if who else gettext("Not yet")

    return [
        (gettext("Company"), review["company"]),
        (gettext("Month"), formats.day(f"{review['month']:%Y-%m}")),
        (gettext("What is looked at"), telling.word("review_kind", review["kind"])),
        (gettext("Entries"), f"{review['chosen']:,} / {review['in_all']:,}"),
        (gettext("Reviewer"), review["reviewer"]),
        (gettext("Conclusion"), review["conclusion"] or gettext("Not yet")),
        (gettext("Concluded"), signed(review["concluded_name"], review["concluded_at"])),
        (gettext("Signed off"), signed(review["signed_off_name"], review["signed_off_at"])),
    ]


def _columns() -> tuple[str, ...]:
    return (
        gettext("Recorded"), gettext("Who"), gettext("Action"), gettext("Introduction code"), gettext("Items shown"),
        gettext("Decision"), gettext("Judged"), gettext("Note"),
    )  # fmt: skip


def _cells(one: Mapping[str, Any], telling: Telling) -> list[str]:
    return [
        formats.moment(one["recorded_at"], seconds=True), one["actor_name"] or telling.word("actor_role", one["role"]),
        action_words(one["action"]), one["introduction_code"] or "", telling.several("item", one["items"]),
        telling.word("decision", one["decision"]), telling.word("verdict", one["verdict"]), one["note"] or "",
    ]  # fmt: skip


routes = [
    show_reviews, new_review, start_review, show_review, judge_entries, give_review, conclude_review, review_report,
]  # fmt: skip
