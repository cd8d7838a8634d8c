"""Asking the account manager, the account manager's inbox, and the answer."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER, Role
from portal.language.i18n import N_, Said, Undone
from portal.questions.forms import AnswerForm, CandidateQuestionForm, QuestionForm
from portal.questions.queries import Questions, answer_question, ask, question, questions
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

ASK = FormPage(
    title=N_("Ask your account manager"),
    button=N_("Send the question"),
    behind=N_("Home"),
    template="questions/ask.html",
)
ABOUT = FormPage(
    title=N_("Ask about a candidate"),
    button=N_("Send the question"),
    behind=N_("Candidate"),
    template="questions/ask.html",
)
SENT = N_("The question is sent. The answer appears here, and on your home page.")
TOO_MANY = N_("You asked twenty questions within a day. Your text was not sent: please send it tomorrow.")
ANSWERED = {
    "answered": N_("The answer is sent."),
    "over": Undone(N_("Nothing was sent: the question was answered already. See it below.")),
}


async def _may_ask(unit: Unit, about: UUID | None = None) -> Questions:
    found = await questions(unit, about)
    if found is None:
        raise Refused
    return found


@get("/ask", opt=signed_in(*EMPLOYER, back=("/home",)))
async def ask_page(request: PortalRequest) -> Response[str]:
    """The form, and the questions that were asked."""
    async with work(request) as unit:
        found = await _may_ask(unit)
    return await ASK.show(request, blank(QuestionForm), found=found)


@post("/ask", opt=signed_in(*EMPLOYER, back=("/home",)))
async def ask_question(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Ask, and the page again."""
    return await _asked(request, ASK, await read_form(request, QuestionForm))


@get("/candidates/{introduction:uuid}/ask", opt=signed_in(*EMPLOYER, back=("/candidates/{introduction}",)))
async def ask_about_page(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str]:
    """The same about an introduction that is open, by its code."""
    async with work(request) as unit:
        found = await _may_ask(unit, introduction)
    return await ABOUT.show(request, blank(CandidateQuestionForm), found=found)


@post("/candidates/{introduction:uuid}/ask", opt=signed_in(*EMPLOYER, back=("/candidates/{introduction}",)))
async def ask_about(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Ask about it, and the page again."""
    return await _asked(request, ABOUT, await read_form(request, CandidateQuestionForm), introduction)


async def _asked(
    request: PortalRequest,
    shown: FormPage,
    form: Form[QuestionForm] | Form[CandidateQuestionForm],
    about: UUID | None = None,
) -> Response[str] | Response[bytes]:
    async with work(request) as unit:
        said = await ask(unit, about, form.value.body) if form.value else None
        if form.value and said is None:
            raise Refused
        if said == "too_many":
            form = form.wrong(body=Said(TOO_MANY))
        found = await _may_ask(unit, about) if form.errors or form.value is None else None
    if found is None:
        return lead_on(request, request.url.path, SENT)
    return await shown.show(request, form, found=found)


@get("/questions", opt=signed_in(Role.ACCOUNT_MANAGER))
async def inbox(request: PortalRequest) -> Response[str]:
    """What companies ask, those without an answer first."""
    async with work(request) as unit:
        found = await _may_ask(unit)
    return page(request, "questions/list.html", found=found)


READ = signed_in(*EMPLOYER, Role.ACCOUNT_MANAGER, back=("/questions", "/ask"))


@get("/questions/{question:uuid}", opt=READ)
async def show_question(request: PortalRequest, question: FromPath[UUID]) -> Response[str]:
    """One with its answer; whoever looks after the company answers here."""
    return await _question(request, question, blank(AnswerForm))


async def _question(request: PortalRequest, asked: UUID, form: Form[AnswerForm]) -> Response[str]:
    async with work(request) as unit:
        found = await question(unit, asked)
        if found is None:
            raise Refused
    return page(request, "questions/question.html", status=422 if form.errors else 200, asked=found, form=form)


@post(
    "/questions/{question:uuid}",
    opt=signed_in(Role.ACCOUNT_MANAGER, back=("/questions",)),
)
async def answer(request: PortalRequest, question: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Answer one, once."""
    form: Form[AnswerForm] = await read_form(request, AnswerForm)
    if form.value is None:
        return await _question(request, question, form)
    async with work(request) as unit:
        said = await answer_question(unit, question, form.value.body)
        if said is None:
            raise Refused
    return lead_on(request, request.url.path, ANSWERED[said])


routes = [ask_page, ask_question, ask_about_page, ask_about, inbox, show_question, answer]
