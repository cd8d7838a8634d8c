"""How each route is asked in a cell: its address for the cell's candidate and company, and what a form sends."""

import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import uuid4

import httpx

from portal.accesslog.seal.sealer import seal
from portal.agreements.forms import PLACES
from portal.agreements.undertakings import TEXTS
from tests.accesslog.left import left
from tests.agreements.signatures import signed_by_company, to_be_signed
from tests.agreements.templates import from_template, write_template
from tests.client import Browser
from tests.facts import DAY, Agreement, Company, Group, Opening
from tests.links import right_answers
from tests.matrix.stage import Stage, Target

Fields = dict[str, str]
ELSEWHERE = ("/sign-in", "/account/password", "/link")  # where they are sent who may not send a form
FIRST = "update personal.introduction set introduced_at = now() where id = $1"
BACK = "update personal.introduction set introduced_at = $2 where id = $1"
UNDERTAKING = hashlib.sha256(TEXTS[1]["en"].encode()).hexdigest()


@dataclass
class Cell:
    """One question: this role asks this route about a candidate of this side in this state."""

    stage: Stage
    role: str
    _side: str
    _state: str
    _target: Target
    looked_at: set[str] = field(default_factory=set)

    @property
    def browser(self) -> Browser:
        """The browser that all cells of this role share."""
        return self.stage.browsers[self.role]

    @property
    def side(self) -> str:
        """Whose candidate: of the own company or of the other."""
        self.looked_at.add("side")
        return self._side

    @property
    def state(self) -> str:
        """The candidate's state of consent."""
        self.looked_at.add("candidate")
        return self._state

    @property
    def target(self) -> Target:
        """The candidate."""
        self.looked_at.add("candidate")
        return self._target

    @target.setter
    def target(self, another: Target) -> None:
        self._target = another


Asked: TypeAlias = Callable[[Cell], Awaitable[httpx.Response]]
ASKED: dict[str, Asked] = {}


def asks(route: str) -> Callable[[Asked], Asked]:
    """Say how a route is asked, when it is not enough to fill in its address."""

    def keep(how: Asked) -> Asked:
        ASKED[route] = how
        return how

    return keep


class Answers:
    """What was answered to a role in a row of the table, for the cells that would ask the same."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._by_address: dict[tuple[str, str], httpx.Response] = {}
        self._by_cell: dict[tuple[str, str | None], httpx.Response] = {}

    def known(self, cell: Cell) -> httpx.Response | None:
        """The answer to a request that was made without a look at the candidate, nor perhaps at the company."""
        return self._by_cell.get((cell.role, None)) or self._by_cell.get((cell.role, cell.side))

    def keep(self, cell: Cell, answer: httpx.Response) -> None:
        """Keep the answer, unless the request was about the cell's candidate."""
        if "candidate" not in cell.looked_at:
            self._by_cell[cell.role, cell.side if "side" in cell.looked_at else None] = answer

    async def of(self, cell: Cell, method: str, address: str) -> httpx.Response:
        """Open an address, or send it an empty form, unless this role did so; what was not refused is sent again."""
        if (cell.role, address) in self._by_address:
            return self._by_address[cell.role, address]
        answer = await (cell.browser.post(address) if method == "POST" else cell.browser.raw(method, address))
        if method == "GET" or _is_refused(answer):
            self._by_address[cell.role, address] = answer
        return answer


async def ask(route: str, cell: Cell, answers: Answers) -> httpx.Response:
    """Ask a route as a cell wants it.

    A role does not open again what it has opened already. Nor does it send again what was refused and so changed
    nothing, or what says nothing about the cell's candidate. The same answer is judged for another candidate.
    """
    if known := answers.known(cell):
        return known
    cell.looked_at.clear()
    method, _blank, path = route.partition(" ")
    if route in ASKED:
        answer = await ASKED[route](cell)
    else:
        answer = await answers.of(cell, method, await filled(path, cell))
    answers.keep(cell, answer)
    return answer


def _is_refused(answer: httpx.Response) -> bool:
    return answer.status_code in (403, 404) or answer.headers.get("location", "").startswith(ELSEWHERE)


async def filled(path: str, cell: Cell) -> str:
    """The address with the ids of this cell."""
    stage, address = cell.stage, path
    if "{introduction:uuid}" in address:
        address = address.replace("{introduction:uuid}", str(cell.target.introduction.id))
    if "{person:uuid}" in address:
        address = address.replace("{person:uuid}", str(cell.target.introduction.candidate.id))
    if "{asked:uuid}" in address:
        address = address.replace("{asked:uuid}", str(stage.companies[cell.side].id))
    if "{opening:uuid}" in address:
        opening = stage.portal.world.first_opening(stage.companies[cell.side])
        address = address.replace("{opening:uuid}", str(opening.id))
    if "{document:uuid}" in address and cell.target.document is not None:
        address = address.replace("{document:uuid}", str(cell.target.document.id))
    if "{statement:uuid}" in address:
        address = address.replace("{statement:uuid}", str(await stage.statement_of(cell.target)))
    if "{entry:uuid}" in address:
        address = address.replace("{entry:uuid}", await _entry(cell))
    if "{number:uuid}" in address:
        address = address.replace("{number:uuid}", await _receipt(cell))
    if address.endswith("/companies"):
        address = address.replace("{account:uuid}", str(stage.viewers["account_manager"].id))
    if "{account:uuid}" in address:
        status = "suspended" if address.endswith("/reactivate") else "active"
        by_company = status == "suspended" and address.startswith("/team/")
        account = await stage.account_of(cell.side, status=status, suspended_by_company=by_company)
        address = address.replace("{account:uuid}", str(account.id))
    if "{agreement:uuid}" in address:
        address = address.replace("{agreement:uuid}", str((await _agreement(cell, path)).id))
    if "{template:uuid}" in address:
        version = await template_of(cell.stage)
        found = "select id from portal.agreement_template where version = $1"
        address = address.replace("{template:uuid}", str(await stage.portal.owner.fetchval(found, version)))
    if "{group:uuid}" in address:
        address = address.replace("{group:uuid}", str((await group_of(stage, side=cell.side)).id))
    if "{rule:uuid}" in address:
        found = "select id::text from portal.alert_rule where kind = 'off_hours'"
        address = address.replace("{rule:uuid}", await stage.portal.owner.fetchval(found))
    if "{alert:uuid}" in address:
        address = address.replace("{alert:uuid}", await alert_of(stage))
    if "{campaign:uuid}" in address:
        address = address.replace("{campaign:uuid}", await campaign_of(stage))
    for nobodys in ("{record:uuid}", "{review:uuid}", "{view:uuid}"):
        address = address.replace(nobodys, str(uuid4()))
    if "{question:uuid}" in address:
        address = address.replace("{question:uuid}", await question_of(cell))
    if "{contact:uuid}" in address:
        address = address.replace("{contact:uuid}", await contact_of(stage, cell.side))
    if "{session:uuid}" in address:
        address = address.replace("{session:uuid}", await _session(cell))
    assert "{" not in address, f"{path} has a part that nobody fills in here"
    return address


async def question_of(cell: Cell) -> str:
    """A question of the recruiter's own, or of a colleague elsewhere, about this cell's candidate, whom it names."""
    made, stage, owner = cell.target.introduction, cell.stage, cell.stage.portal.owner
    found = "select id::text from personal.question where introduction_id = $1 and body like 'About %'"
    asker = stage.viewers["recruiter"] if cell.side == "own" else await stage.account_of("other")
    if await owner.fetchval(found, made.id) is None:
        await owner.execute(
            "insert into personal.question (company_id, introduction_id, body, asked_by, asked_holder)"
            " select $1, $2, 'About ' || $3, account.id, account.holder from portal.account where id = $4",
            *(made.company.id, made.id, made.candidate.items["name"]["display"], asker.id),
        )
    return str(await owner.fetchval(found, made.id))


@asks("GET /ask")
async def _asked_before(cell: Cell) -> httpx.Response:
    await question_of(cell)
    return await cell.browser.raw("GET", "/ask")


@asks("GET /questions")
async def _inbox(cell: Cell) -> httpx.Response:
    await question_of(cell)
    return await cell.browser.raw("GET", "/questions")


@asks("POST /ask")
async def _ask(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/ask", body="May I ask?")


@asks("POST /candidates/{introduction:uuid}/ask")
async def _ask_about(cell: Cell) -> httpx.Response:
    return await cell.browser.post(f"/candidates/{cell.target.introduction.id}/ask", body="May I ask?")


async def alert_of(stage: Stage) -> str:
    """An alert on the recruiter, who goes on being signed in: another's sign-ins are what it could end."""
    somebody = await stage.account_of("own")
    made: str = await stage.portal.owner.fetchval(
        "insert into portal.alert (kind, threshold, account_id, day, noticed_at, measured)"
        " values ('off_hours', 10, $1, current_date, now(), 12) on conflict (kind, account_id, day)"
        " do update set measured = excluded.measured returning id::text",
        somebody.id,
    )
    return made


async def _entry(cell: Cell) -> str:
    """An entry about this cell's candidate: the recruiter's look at the page, or its refusal."""
    introduction, kept = cell.target.introduction.id, cell.stage.entries
    if introduction not in kept:
        await cell.stage.browsers["recruiter"].raw("GET", f"/candidates/{introduction}")
        kept[introduction] = str((await cell.stage.portal.log("introduction_id = $1", introduction))[-1]["id"])
    return kept[introduction]


async def _receipt(cell: Cell) -> str:
    """The number of a file about this cell's candidate that a recruiter of its company received, sealed."""
    stage, introduction = cell.stage, cell.target.introduction.id
    if introduction not in stage.receipts:
        actor = stage.viewers["recruiter"].id if cell.side == "own" else None
        number = await left(stage.portal.owner, actor, stage.companies[cell.side].id, introduction)
        stage.receipts[introduction] = str(number)
        worker = await stage.portal.database.connect("portal_worker")
        await seal(worker, stage.portal.settings.log_key_folder, "test/log")
        await worker.close()
    return stage.receipts[introduction]


async def _agreement(cell: Cell, path: str) -> Agreement:
    """An agreement of the cell's company: signed by both, with its paper, or one to be signed."""
    owner, company = cell.stage.portal.owner, cell.stage.companies[cell.side]
    if path.endswith("/paper.pdf"):
        await owner.execute(
            "insert into portal.agreement_paper (agreement_id, pdf, certificate_digest, self_made, level)"
            " values ($1, '%PDF', sha256(''), true, 'B-B') on conflict do nothing",
            cell.stage.agreements[cell.side].id,
        )
        return cell.stage.agreements[cell.side]
    if path.endswith(("/change", "/approve", "{agreement:uuid}")) and path.startswith("/companies/"):
        return await _untouched(cell, "draft", lambda: drafted_for(cell.stage, company))
    if path.startswith("/countersign"):
        return await _untouched(cell, "signed by the company", lambda: _signed(cell.stage, company))
    return await _untouched(cell, "unsigned", lambda: to_be_signed(cell.stage.portal, company))


async def _untouched(cell: Cell, kind: str, make: Callable[[], Awaitable[Agreement]]) -> Agreement:
    """The agreement of a kind that a cell before this one was asked about, unless that changed it; then another."""
    kept, row = cell.stage.drafts, "select one::text from portal.agreement one where id = $1"
    made, was = kept.get((cell.side, kind), (None, None))
    if made is None or await cell.stage.portal.owner.fetchval(row, made.id) != was:
        made = await make()
        kept[cell.side, kind] = made, await cell.stage.portal.owner.fetchval(row, made.id)
    return made


async def _signed(stage: Stage, company: Company) -> Agreement:
    made = await to_be_signed(stage.portal, company)
    await signed_by_company(stage.portal.owner, made)
    return made


async def group_of(stage: Stage, side: str) -> Group:
    """The group that a company answers for."""
    company = stage.companies[side]
    found = next((one for one in stage.portal.world.every(Group) if one.responsible_company is company), None)
    made = found or stage.portal.world.group(company)
    await stage.portal.written()
    return made


async def campaign_of(stage: Stage) -> str:
    """A campaign that is about no agreement of the stage: it was called off."""
    made = (
        "insert into portal.campaign (template_version, reason, ends_at, called_off_at)"
        " values ($1, 'matrix', now() + interval '99 days', now()) returning id"
    )
    return str(await stage.portal.owner.fetchval(made, await template_of(stage)))


async def contact_of(stage: Stage, side: str) -> str:
    """One more contact of a company."""
    made = "insert into portal.company_contact (company_id, name, email) values ($1, 'Kato', 'kato@made.example')"
    return str(await stage.portal.owner.fetchval(f"{made} returning id", stage.companies[side].id))


async def template_of(stage: Stage) -> int:
    """The version of a template that another than the viewer of compliance drafted and approved."""
    owner = stage.portal.owner
    if found := await owner.fetchval(
        "select max(version) from portal.agreement_template where approved_at is not null"
    ):
        return int(found)
    drafter = stage.portal.world.account(secrets.token_hex(5), "compliance")
    approver = stage.portal.world.account(secrets.token_hex(5), "compliance")
    await stage.portal.written()
    drafted = await owner.fetchval("select coalesce(max(version), 0) from portal.agreement_template")
    return await write_template(owner, drafter, approver, drafted + 1)


async def drafted_for(stage: Stage, company: Company) -> Agreement:
    """A draft that was made from the template, with choices beyond its bounds."""
    version = await template_of(stage)
    await stage.portal.owner.execute(
        "update portal.agreement set terminated_at = now()"
        " where template_version = $1 and company_id = $2 and terminated_at is null",
        version, company.id,
    )  # fmt: skip
    world = stage.portal.world
    end = world.now + 5000 * DAY
    made = world.agreement(company, company_signed_at=None, operator_signed_at=None, expires_at=end, contact_days=300)
    from_template(made, version)
    await stage.portal.written()
    return made


async def _session(cell: Cell) -> str:
    """Another sign-in of the viewer's own account, or of an account of the other company."""
    stage = cell.stage
    if cell.side == "own" and cell.role in stage.viewers:
        return await stage.session_of(stage.viewers[cell.role])
    return await stage.session_of(await stage.account_of("other"))


@asks("POST /sign-in")
async def wrong_password(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/sign-in", email=f"{secrets.token_hex(5)}@nowhere.example", password="wrong")


@asks("POST /candidates")
async def search(cell: Cell) -> httpx.Response:
    """A name, and the address that it leads to."""
    return await _led(cell, "/candidates", name="family")


@asks("POST /sign-out")
async def leaving(cell: Cell) -> httpx.Response:
    browser = await cell.stage.browser(cell.role)
    await browser.raw("GET", "/sign-in")
    return await browser.post("/sign-out")


@asks("POST /sign-in/lost-password")
async def asking_for_a_link(cell: Cell) -> httpx.Response:
    """As from a place of its own: twenty from one are enough."""
    await cell.stage.portal.owner.execute("delete from portal.link_request")
    return await cell.browser.post("/sign-in/lost-password", email=f"{secrets.token_hex(5)}@nowhere.example")


@asks("POST /link")
async def no_link(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/link", link="no link")


@asks("POST /link/code")
async def wrong_code(cell: Cell) -> httpx.Response:
    """In a browser of its own: after five wrong ones the sign-in ends."""
    return await (await _linked(cell)).post("/link/code", code="0000 0000")


@asks("POST /link/code/again")
async def another_code(cell: Cell) -> httpx.Response:
    return await (await _linked(cell)).post("/link/code/again")


@asks("POST /link/password")
async def password_by_link(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/link/password", new="x", again="y", locale="en")


@asks("POST /link/leave")
async def leaving_a_link(cell: Cell) -> httpx.Response:
    return await (await _linked(cell)).post("/link/leave")


async def _linked(cell: Cell) -> Browser:
    return await cell.stage.browser(cell.role) if cell.role in ("link", "awaits") else cell.browser


@asks("POST /language")
async def language(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/language", lang="en", back="/account")


@asks("GET /static/{path:path}")
async def static(cell: Cell) -> httpx.Response:
    return await cell.browser.raw("GET", "/static/icon.svg")


@asks("POST /account/password")
async def new_password(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/account/password", current="wrong", new="x", again="y")


@asks("POST /candidates/{introduction:uuid}/outcome")
async def outcome(cell: Cell) -> httpx.Response:
    target = await cell.stage.unchanged(cell.side, cell.state)
    cell.target = target
    form = {"result": "not_hired", "reason": "position_filled", "note": "", "told": "yes"}
    return await cell.browser.post(f"/candidates/{target.introduction.id}/outcome", **form)


@asks("POST /candidates/{introduction:uuid}/take-back")
async def back(cell: Cell) -> httpx.Response:
    return await cell.browser.post(f"/candidates/{cell.target.introduction.id}/take-back")


@asks("GET /downloads")
async def downloads(cell: Cell) -> httpx.Response:
    """By somebody who took nothing, for what was taken stands there by its code."""
    await cell.stage.portal.owner.execute("delete from personal.download")
    return await cell.browser.raw("GET", "/downloads")


@asks("POST /candidates/decide")
async def decide_several(cell: Cell) -> httpx.Response:
    """Of somebody who stands on the first page of the list."""
    return await _of_the_first_page(cell, "/candidates/decide")


@asks("POST /candidates/zip")
async def zipped(cell: Cell) -> httpx.Response:
    return await _of_the_first_page(cell, "/candidates/zip")


async def _of_the_first_page(cell: Cell, path: str) -> httpx.Response:
    cell.target = target = await cell.stage.unchanged(cell.side, cell.state)
    owner, chosen = cell.stage.portal.owner, target.introduction.id
    await owner.execute(FIRST, chosen)
    answer = await cell.browser.post(path, chosen=f"{chosen}.introduced")
    await owner.execute(BACK, chosen, target.introduction.introduced_at)
    return answer


@asks("POST /candidates/decisions")
async def decisions(cell: Cell) -> httpx.Response:
    target = await cell.stage.unchanged(cell.side, cell.state)
    cell.target = target
    form = {"every": "not_hired.position_filled", "own": "", "note": "", "chosen": str(target.introduction.id)}
    return await cell.browser.post("/candidates/decisions", **form)


@asks("POST /candidates/{introduction:uuid}/stage")
async def stage_of_one(cell: Cell) -> httpx.Response:
    target = await cell.stage.unchanged(cell.side, cell.state)
    cell.target = target
    form = {"stage": "screening", "shown": "introduced"}
    return await cell.browser.post(f"/candidates/{target.introduction.id}/stage", **form)


@asks("POST /candidates/stage")
async def stage_of_several(cell: Cell) -> httpx.Response:
    """Of somebody who stands on the first page of the list, and behind the matrix's own afterwards."""
    cell.target = target = await cell.stage.unchanged(cell.side, cell.state)
    owner, chosen = cell.stage.portal.owner, target.introduction.id
    await owner.execute(FIRST, chosen)
    answer = await cell.browser.post("/candidates/stage", chosen=f"{chosen}.introduced", stage="screening")
    await owner.execute(BACK, chosen, target.introduction.introduced_at)
    return answer


@asks("POST /candidates/{introduction:uuid}/assignee")
async def assignee(cell: Cell) -> httpx.Response:
    """To whoever asks, for whom it may be that already: both lead on."""
    path = f"/candidates/{cell.target.introduction.id}/assignee"
    return await cell.browser.post(path, mine="yes", shown=str(await cell.stage.assignee(cell.target)))


@asks("POST /candidates/assign")
async def assigned(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/candidates/assign", chosen=str(cell.target.introduction.id), mine="yes")


@asks("POST /candidates/{introduction:uuid}/notes")
async def note(cell: Cell) -> httpx.Response:
    return await cell.browser.post(f"/candidates/{cell.target.introduction.id}/notes", body="Read the work samples")


@asks("POST /candidates/{introduction:uuid}/scorecards")
async def scorecard(cell: Cell) -> httpx.Response:
    version = await cell.stage.criteria(cell.target.introduction.opening)
    address = f"/candidates/{cell.target.introduction.id}/scorecards"
    return await cell.browser.post(address, version=version, skills="3", recommendation="recommended")


@asks("POST /team/criteria/{opening:uuid}")
async def criteria(cell: Cell) -> httpx.Response:
    opening = cell.target.introduction.opening
    version = await cell.stage.criteria(opening)
    chosen = ["skills", "safety"] if int(version) % 2 else ["skills"]
    return await cell.browser.post(f"/team/criteria/{opening.id}", codes=chosen, shown=version)


@asks("POST /account/keys")
async def keys(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/account/keys", keys="on")


@asks("GET /team/log")
async def own_log(cell: Cell) -> httpx.Response:
    """After a recruiter looked at the candidate."""
    await cell.stage.browsers["recruiter"].raw("GET", f"/candidates/{cell.target.introduction.id}")
    return await cell.browser.raw("GET", "/team/log")


@asks("POST /account/notices")
async def notices(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/account/notices", notices="at_once")


@asks("GET /candidates/print")
async def print_view(cell: Cell) -> httpx.Response:
    return await cell.browser.raw("GET", f"/candidates/print?chosen={cell.target.introduction.id}")


@asks("POST /candidates/print")
async def to_print(cell: Cell) -> httpx.Response:
    return await cell.browser.post("/candidates/print", chosen=[str(cell.target.introduction.id)])


@asks("GET /candidates/compare")
async def comparison(cell: Cell) -> httpx.Response:
    """With one more of the company whose page is open."""
    ids = (cell.target.introduction.id, await cell.stage.beside())
    return await cell.browser.raw("GET", f"/candidates/compare?chosen={ids[0]}&chosen={ids[1]}")


@asks("POST /candidates/compare")
async def to_compare(cell: Cell) -> httpx.Response:
    chosen = [str(cell.target.introduction.id), str(await cell.stage.beside())]
    return await cell.browser.post("/candidates/compare", chosen=chosen)


@asks("POST /agreement/undertaking")
async def undertaking(cell: Cell) -> httpx.Response:
    agreement = cell.stage.agreements[cell.side]
    answers = await right_answers(cell.stage.portal.owner, cell.browser.secret, agreement.id)
    return await cell.browser.post(
        "/agreement/undertaking", agreement=str(agreement.id), shown=UNDERTAKING, promise="yes",
        **dict(zip(PLACES, map(str, answers), strict=False)),
    )  # fmt: skip


@asks("GET /introductions")
async def introductions(cell: Cell) -> httpx.Response:
    company = cell.stage.companies[cell.side].id
    return await cell.browser.raw("GET", "/introductions", params={"company": str(company)})


@asks("POST /introductions")
async def narrowed_introductions(cell: Cell) -> httpx.Response:
    """A company, and the address that it leads to."""
    return await _led(cell, "/introductions", company=str(cell.stage.companies[cell.side].id))


@asks("POST /companies/{asked:uuid}/openings/{opening:uuid}/candidates/{person:uuid}/preview")
async def preview(cell: Cell) -> httpx.Response:
    """For a position that the candidate is not introduced for, on a ground."""
    world, company = cell.stage.portal.world, cell.stage.companies[cell.side]
    free = next((one for one in world.every(Opening) if one.company is company and one.title == "Free"), None)
    if free is None:
        free = world.opening(company, title="Free")
        await cell.stage.portal.written()
    person = cell.target.introduction.candidate.id
    address = f"/companies/{company.id}/openings/{free.id}/candidates/{person}/preview"
    return await cell.browser.post(address, ground="before_introducing")


@asks("POST /introductions/{introduction:uuid}/withdraw")
async def taken_back(cell: Cell) -> httpx.Response:
    """One of its own, for it is over then."""
    cell.target = await cell.stage.unchanged(cell.side, cell.state)
    return await cell.browser.post(f"/introductions/{cell.target.introduction.id}/withdraw", reason="by_mistake")


@asks("POST /people")
async def find_person(cell: Cell) -> httpx.Response:
    """By the person's number."""
    return await cell.browser.post("/people", number=cell.target.introduction.candidate.reference, name="", ground="")


@asks("POST /people/{person:uuid}/items")
async def look(cell: Cell) -> httpx.Response:
    """On a ground."""
    return await cell.browser.post(await filled("/people/{person:uuid}/items", cell), ground="complaint")


@asks("POST /people/{person:uuid}/statements/{statement:uuid}")
async def paper(cell: Cell) -> httpx.Response:
    """On a ground."""
    address = await filled("/people/{person:uuid}/statements/{statement:uuid}", cell)
    return await cell.browser.post(address, ground="complaint")


@asks("GET /breaches/file")
async def breach(cell: Cell) -> httpx.Response:
    asked = {"form": "csv", "company": str(cell.stage.companies[cell.side].id)}
    return await cell.browser.raw("GET", "/breaches/file", params=asked)


@asks("GET /provision-records/file")
async def provisions(cell: Cell) -> httpx.Response:
    return await cell.browser.raw("GET", "/provision-records/file", params={"form": "csv"})


@asks("GET /provision-records/register")
async def register(cell: Cell) -> httpx.Response:
    return await cell.browser.raw("GET", "/provision-records/register", params={"form": "csv"})


@asks("GET /received-records/file")
async def received(cell: Cell) -> httpx.Response:
    return await cell.browser.raw("GET", "/received-records/file", params={"form": "csv"})


@asks("GET /log")
async def log(cell: Cell) -> httpx.Response:
    await _entry(cell)
    return await cell.browser.raw("GET", "/log", params={"introduction": cell.target.introduction.code})


@asks("POST /log")
async def narrowed_log(cell: Cell) -> httpx.Response:
    """A code, and the address that it leads to."""
    await _entry(cell)
    return await _led(cell, "/log", introduction=cell.target.introduction.code)


async def _led(cell: Cell, path: str, **fields: str) -> httpx.Response:
    answer = await cell.browser.post(path, **fields)
    found_at = answer.headers.get("location", "")
    return await cell.browser.raw("GET", found_at) if found_at.startswith(f"{path}?") else answer


@asks("POST /companies")
async def narrowed_companies(cell: Cell) -> httpx.Response:
    """Part of a name, and the address that it leads to."""
    return await _led(cell, "/companies", name="company")


@asks("POST /accounts")
async def narrowed_accounts(cell: Cell) -> httpx.Response:
    """Part of an e-mail address, and the address that it leads to."""
    return await _led(cell, "/accounts", q="example")


@asks("POST /account/sign-out-everywhere")
async def leaving_everywhere(cell: Cell) -> httpx.Response:
    account = await cell.stage.twin(cell.role)
    browser = await cell.stage.portal.signed_in(account) if account else cell.browser
    return await browser.post("/account/sign-out-everywhere")


@asks("POST /accounts/{account:uuid}/suspend")
async def suspension(cell: Cell) -> httpx.Response:
    account = await cell.stage.account_of(cell.side)
    return await cell.browser.post(f"/accounts/{account.id}/suspend", reason="left the company")


@asks("POST /accounts/{account:uuid}")
async def change(cell: Cell) -> httpx.Response:
    """Another role for an account of the company, as its page would send it."""
    account = await cell.stage.account_of(cell.side)
    seen = [account.display_name, account.email, account.role, str(account.company.id if account.company else "")]
    wanted = dict(zip(("display_name", "email", "role", "company"), seen, strict=True)) | {"role": "employer_admin"}
    return await cell.browser.post(f"/accounts/{account.id}", **wanted, seen=json.dumps(seen))


@asks("POST /accounts/new")
async def new_account(cell: Cell) -> httpx.Response:
    form = {"display_name": "Made", "email": f"{secrets.token_hex(5)}@made.example", "role": "recruiter"}
    company = cell.stage.companies[cell.side].id
    return await cell.browser.post("/accounts/new", **form, company=str(company))
