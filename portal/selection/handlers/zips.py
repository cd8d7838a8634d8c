"""Several resumes as one ZIP: each is asked for, recorded, made and asked about again before its first byte leaves.

Who withdraws while it runs is left out from the next file on. Where it stops, the log has what had left until then.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from uuid import UUID

from litestar import Response, post
from litestar.response import Stream

from portal.candidates.items import Item
from portal.candidates.residence import residence_name
from portal.database.answers import Answer, Refused, TooMany
from portal.database.viewer import EMPLOYER, Viewer
from portal.disclosure.calls import Basis, Disclosure, take_index
from portal.language import i18n
from portal.language.i18n import N_, Said, gettext, written
from portal.language.zone import JAPAN
from portal.resume.packing import Packing, sheet
from portal.selection.handlers.candidates import candidates
from portal.selection.handlers.documents import DOWNLOADS, Made, Opened, ResumeForm, make_resume, open_resume
from portal.selection.handlers.search_forms import STANDINGS
from portal.selection.handlers.several_forms import ZipForm
from portal.selection.taking import own_limit
from portal.web.answers import NotMade
from portal.web.forms import read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

NONE = N_("No resume was taken. Choose up to 100 candidates in the list, then press Take resumes.")
CLOSED = N_("No resume was taken: those chosen are closed meanwhile (%(num)s).")
NOTE = "read-me-first.txt"
NOTED = (
    N_("For the selection alone. When it has ended, delete all files of this ZIP."),
    N_("index.xlsx names each resume that is here. Left out is who was closed meanwhile, or whose resume failed."),
    N_("Where there is no index.xlsx, the ZIP is not whole: the sign-in ended, or nobody was open any more."),
)
TRIES = 5  # at a place among those who wait, once the ZIP has begun
ON_INDEX = Item.NAME | Item.JAPANESE_LEVEL | Item.RESIDENCE_STATUS
COLUMNS = (
    N_("File"), N_("Introduction"), N_("Name"), N_("Position"), N_("Stage"), N_("Japanese"), N_("Status of residence"),
    N_("Receipt number"),
)  # fmt: skip
FEWER = N_(
    "You chose %(chosen)s resumes, and can save %(left)s more files today by your company's agreement. Say below why "
    "you need more, or choose fewer."
)
ACCESS = signed_in(*EMPLOYER, keeps=False, leads="/candidates", back=("/candidates", "/board"))


@post("/candidates/zip", status_code=200, opt=ACCESS)
async def download_zip(request: PortalRequest) -> Response[str] | Response[bytes] | Stream:
    """Those chosen on a list. The answer begins once the first is open; when none is, the list says so."""
    form = await read_form(request, ZipForm)
    if form.value is None or not form.value.chosen:
        return await candidates.again(request, Said(NONE))
    async with work(request) as unit:
        viewer, limit = unit.who, await own_limit(unit)
    if limit and limit.left < len(form.value.chosen):
        return lead_on(request, DOWNLOADS, FEWER, left=str(limit.left), chosen=str(len(form.value.chosen)))
    taking = Taking(request, viewer, form.value.chosen)
    if not await taking.begin():
        return await candidates.again(request, Said(CLOSED, {"num": len(form.value.chosen)}))
    named = f'attachment; filename="shokai-{datetime.now(JAPAN):%Y%m%d-%H%M}.zip"'
    return Stream(taking.leaving(), media_type="application/zip", headers={"Content-Disposition": named})


class Taking:
    """One ZIP on its way."""

    def __init__(self, request: PortalRequest, viewer: Viewer, chosen: tuple[UUID, ...]) -> None:
        """Nothing is made yet."""
        japanese = i18n.language() == "ja"
        self._form = ResumeForm("ja", "era", save=True) if japanese else ResumeForm("en", "western", save=True)
        self._request, self._viewer = request, viewer
        self._waiting = deque(chosen)
        self._packing = Packing()
        self._left: dict[UUID, tuple[str, Basis]] = {}
        self._first: Opened | None = None

    async def begin(self) -> bool:
        """Whether one of them is open: the first of those is recorded, and is made once the answer has begun."""
        while self._waiting:
            try:
                self._first = await open_resume(self._request, self._waiting[0], self._form)
            except Refused:
                self._waiting.popleft()
            else:
                return True
        return False

    async def following(self) -> Made | None:
        """The next resume that may leave now; None when there is none. Those that may not are left out."""
        while self._waiting:
            try:
                made = await make_resume(self._request, self._viewer, self._waiting[0], self._form, self._first)
            except (Refused, NotMade):
                made = None
            self._waiting.popleft()
            self._first = None
            if made is not None:
                return made
        return None

    async def leaving(self) -> AsyncIterator[bytes]:
        """The ZIP's bytes: a note at once, the resumes file by file, and at the end the sheet."""
        yield self._packing.add(NOTE, self._note(), datetime.now(JAPAN))
        while (made := await self._patiently()) is not None:
            self._left[made.stands_on.introduction_id] = made.name, made.stands_on
            yield self._packing.add(made.name, made.pdf, made.shown.recorded_at.astimezone(JAPAN))
        index = await self._index()
        if index:
            yield self._packing.add("index.xlsx", index, datetime.now(JAPAN))
        yield self._packing.end()

    async def _patiently(self) -> Made | None:
        """The next one, waiting where others have their turn. A sign-in that has ended ends the ZIP."""
        for _try in range(TRIES):
            try:
                return await self.following()
            except TooMany as busy:
                await asyncio.sleep(busy.retry_after)
            except Answer:
                break
        return None

    async def _index(self) -> bytes | None:
        """The sheet of those that left and are open still; None when there is none."""
        try:
            async with work(self._request) as unit:
                found = await take_index(unit, list(self._left), ON_INDEX)
        except Answer:
            return None
        if not found:
            return None
        rows = [_row(one, *self._left[one.introduction_id]) for one in found]
        return await asyncio.to_thread(sheet, list(self._said()), [gettext(one) for one in COLUMNS], rows)

    def _note(self) -> bytes:
        """What the ZIP is, and nothing of any candidate: it leaves while the first resume is being made."""
        lines = (next(self._said()), *map(gettext, NOTED))
        return ("\ufeff" + "".join(f"{line}\r\n" for line in lines)).encode()  # a mark by which Windows knows UTF-8

    def _said(self) -> Iterator[str]:
        at = datetime.now(UTC).astimezone(JAPAN)
        yield gettext("Taken by %(name)s, %(company)s, on %(moment)s") % {
            "name": self._viewer.display_name,
            "company": self._viewer.company_name or "",
            "moment": f"{at:%Y-%m-%d %H:%M} JST",
        }
        yield gettext("For the selection alone. When it has ended, these files and this sheet are to be deleted.")


def _row(shown: Disclosure, file: str, stands_on: Basis) -> list[str]:
    """What is open of one person, and where they stand."""
    name, level = shown.items.get("name"), shown.items.get("japanese_level")
    residence = shown.items.get("residence_status")
    return [
        file,
        stands_on.code,
        name["display"] if name else "",
        written(stands_on.opening_title, stands_on.opening_title_latin) or "",
        gettext(STANDINGS[stands_on.stage]),
        f"{level['test']} {level['level']}" if level else "",
        residence_name(residence["code"], i18n.language(), residence["grade"]) if residence else "",
        str(shown.entry_id),
    ]


routes = [download_zip]
