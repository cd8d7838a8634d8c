"""Notices: the texts that people were shown, and what can be consented to under each.

A text that was published is never altered. What it says can be added once, where it was imported before that was
asked for, and its end can be set; both hold for every consent that rests on it.
"""

import json
from pathlib import Path

import asyncpg

from portal.accesslog.actions import Action
from portal.consent.passages import unsaid
from portal.intake.folder import Placed, read_text
from portal.intake.problems import Unreadable
from portal.intake.records import Notice
from portal.intake.writing.work import State, Work
from portal.language.i18n import N_
from portal.language.zone import JAPAN

SAID = ("policy_version", "purposes", "items", "regimes")
SHOWN = ("reference", "version", "language", "published_at", "valid_until", "text_file")
KEY = "select * from portal.notice where reference = $1 and version = $2 and language = $3"
PUBLISHED = N_("the notice as it was published; a change needs a new version")
ENDED = N_("an end no later than the one that was set")
LEFT_OUT = "select claimed_in, code, words from gate.left_out($1, $2, $3, $4, $5)"
NUMBERED = "select gate.number_named($1, $2)"
NAMED = N_(
    "what the Japanese text names. It does not name {code}: a sentence that says what is provided, or what for, has "
    "one of {words} in it, and no negation, exception or question"
)


async def write_notice(work: Work, placed: Placed[Notice], *, folder: Path) -> State:
    """Raises Unreadable for a missing text, a translation without its original, words that are not in the text, or a
    change to what was published."""
    notice = placed.record
    text = read_text(folder, placed)
    row = await work.connection.fetchrow(KEY, notice.reference, notice.version, notice.language)
    if row is not None:
        return await _settle(work, placed, row, text)
    if notice.language != "ja" and await work.connection.fetchval(KEY, notice.reference, notice.version, "ja") is None:
        wanted = N_("a translation of a notice whose Japanese original comes before it")
        raise Unreadable(placed.lacking(wanted, "language", "notices", notice.reference, notice.version, "ja"))
    await _check_said(work, placed, text)
    _check_times(work, placed)
    key = {"reference": notice.reference, "version": notice.version, "language": notice.language}
    shown = {"text": text, "published_at": notice.published_at, "valid_until": notice.valid_until}
    made = await work.insert("portal.notice", {**key, **shown, **_said(work, notice)})
    await work.record(Action.NOTICE_IMPORTED, subject=made)
    return State.ADDED


async def _settle(work: Work, placed: Placed[Notice], row: asyncpg.Record, text: str) -> State:
    notice = placed.record
    if work.differences(row, {"text": text, "published_at": notice.published_at}):
        raise Unreadable(placed.problem(PUBLISHED, "text_file"))
    added = row["items"] is None
    await _check_said(work, placed, text, named=added)
    if notice.language != "ja":
        return State.UNCHANGED
    said = _said(work, notice)
    stands = {**row, "passages": json.loads(row["passages"])}
    changed = [name for name, value in said.items() if name != "passages" and stands[name] != value]
    changed += sorted({f"says_{name}" for name, _words in notice.passages.items() ^ stands["passages"].items()})
    if changed and not added:
        raise Unreadable(placed.problem(PUBLISHED, changed[0]))
    values: dict[str, object] = said if added else {}
    if work.differences(row, {"valid_until": notice.valid_until}):
        values = {**values, "valid_until": work.at(notice.valid_until)}
    if not values:
        return State.UNCHANGED
    _check_times(work, placed, row)
    await work.update("portal.notice", row["id"], values)
    await work.record(Action.NOTICE_DESCRIBED, subject=row["id"])
    return State.UPDATED


async def _check_said(work: Work, placed: Placed[Notice], text: str, *, named: bool = True) -> None:
    """`named`: whether its text has to name what it covers. One that stands is taken as nothing when it does not."""
    notice = placed.record
    if notice.language != "ja":
        if said := [name for name in placed.cells if name not in SHOWN]:
            raise Unreadable(
                placed.problem(N_("nothing for a translation: it says what its Japanese original says"), said[0])
            )
        return
    if lacking := [name for name in SAID if not getattr(notice, name)]:
        wanted = N_("what the notice says: without it nothing can be consented to")
        raise Unreadable(placed.problem(wanted, lacking[0]))
    found = unsaid(text, notice.passages, regimes=notice.regimes or 0, country=notice.country, stands=not named)
    if first := next(found, None):
        raise Unreadable(placed.problem(first.wanted, f"says_{first.passage}", missing=first.missing))
    days = notice.most_days
    if days is not None and not await work.connection.fetchval(NUMBERED, notice.passages.get("expiry", ""), days):
        wanted = N_("words of the text that name the days after which a consent ends")
        raise Unreadable(placed.problem(wanted, "says_expiry"))
    if days is not None and not notice.promises_expiry:
        raise Unreadable(placed.problem(N_("“yes”: a notice that names days promises an end"), "promises_expiry"))
    covered = (int(notice.items or 0), notice.purposes, int(notice.explicit_items), notice.passages.get("explicit"))
    if named and (row := await work.connection.fetchrow(LEFT_OUT, text, *covered)):
        words = ", ".join(row["words"])
        raise Unreadable(placed.problem(NAMED, row["claimed_in"], code=row["code"], words=words))


def _check_times(work: Work, placed: Placed[Notice], row: asyncpg.Record | None = None) -> None:
    notice = placed.record
    published = row["published_at"] if row else notice.published_at.at(work.now)
    if notice.policy_version and notice.policy_version.on(work.now) > published.astimezone(JAPAN).date():
        raise Unreadable(
            placed.problem(N_("the policy that was in force when the notice was published"), "policy_version")
        )
    until = work.at(notice.valid_until)
    if until and until <= published:
        raise Unreadable(placed.problem(N_("a time after the notice was published"), "valid_until"))
    if row and row["valid_until"] and (until is None or until > row["valid_until"]):
        raise Unreadable(placed.problem(ENDED, "valid_until"))


def _said(work: Work, notice: Notice) -> dict[str, object]:
    """The columns of what the notice says. A translation's are its original's, which the database sees to."""
    if notice.language != "ja":
        return {}
    assert notice.policy_version, "an original says it, or is refused"
    assert notice.items, "the same"
    return {
        "policy_version": notice.policy_version.on(work.now),
        "purposes": notice.purposes,
        "items": int(notice.items),
        "regimes": notice.regimes,
        "explicit_items": int(notice.explicit_items),
        "promises_expiry": notice.promises_expiry,
        "most_days": notice.most_days,
        "country": notice.country,
        "passages": json.dumps(notice.passages, ensure_ascii=False),
    }
