"""Random lives: moved, decided, corrected, taken back, reopened, closed, withdrawn, by several at random times.

After each act the gate has answered as the model says, has left one entry, and shows everybody what the model says.
30 lives by default; SHOKAI_LIVES=5000 for the long run.
"""

import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from portal.candidates.items import Purpose
from tests.disclosure.lives import PASSING, RESULTS, Life
from tests.disclosure.stage import Stage
from tests.facts import DAY, Agreement, Consent, Withdrawal
from tests.model import Viewer
from tests.people import Person
from tests.world import write

LIVES = int(os.environ.get("SHOKAI_LIVES", "30"))
ACTS = 14
STAGES = ("introduced", "screening", "interview", "offer")
AGO = {
    "personal.consent": ("candidate_id", ("given_at", "withdrawn_at", "expires_at")),
    "personal.outcome": ("introduction_id", ("recorded_at",)),
    "personal.outcome_undone": ("introduction_id", ("undone_at",)),
    "personal.introduction_withdrawal": ("introduction_id", ("withdrawn_at",)),
    "personal.introduction": ("id", ("introduced_at", "last_activity_at")),
    "portal.opening": ("id", ("closed_at",)),
}
SHOWN = "select open_items from gate.disclose(array[$1::uuid], $2, 'listed', 0)"
PUT = "select gate.put_outcome($1, $2, $3, $4, $5)"
ASK = "select gate.ask_to_reopen($1, 'position_open_again')"
REOPEN = "select gate.answer_reopening($1, true)"
WAITING = "select id from personal.reopening where introduction_id = $1 and answered_at is null"
MOVE = "select result from gate.move_stages(array[$1::uuid], array[$2], $3, 0)"


async def test_p7_the_life_of_an_introduction_is_as_the_model_says(stage: Stage) -> None:
    counted: Counter[str] = Counter()
    people = await company(stage)
    for number in range(LIVES):
        chance = random.Random(number)
        life = await begun(stage, people, chance)
        told = [f"life {number}"]
        for _act in range(ACTS):
            told.append(await acted(stage, life, people, chance))
            await compared(stage, life, people, told)
            counted[told[-1].rpartition(" ")[2]] += 1
    print(dict(counted))  # noqa: T201 - shown by pytest -s, and when the test fails
    for answer in (
        "recorded", "corrected", "taken_back", "not_yours", "too_late", "refused", "moved", "over", "asked",
        "waiting", "returnable", "reopened", "closed",
    ):  # fmt: skip
        assert counted[answer] > 0, f"no case of {answer}: {counted}"


async def company(stage: Stage) -> dict[str, Person]:
    """Two recruiters and an administrator under an agreement that ends selections without activity, and Ben."""
    world = stage.people.world
    delta = world.company("delta", account_manager=stage.people.daichi.account)
    agreement = world.agreement(delta, contact_days=10, inactive_days=15, effective_at=world.now - 9 * DAY)
    people = {}
    for name, role in (("dai", "recruiter"), ("dora", "recruiter"), ("dirk", "employer_admin")):
        account = world.account(name, role, delta)
        world.undertaking(agreement, account, accepted_at=world.now - 8 * DAY)
        people[name] = Person(account, world.session(account))
    await world.write(stage.owner)
    return {**people, "ben": stage.people.ben, "daichi": stage.people.daichi}


async def begun(stage: Stage, people: dict[str, Person], chance: random.Random) -> Life:
    """A new introduction to Delta; half of the people agreed to contact, too."""
    world, delta = stage.people.world, people["dai"].account.company
    assert delta is not None
    before = len(world.facts)
    candidate = world.candidate()
    world.consent(candidate, delta, given_at=world.now - DAY, purposes=chance.choice((3, 1)))
    introduction = world.introduction(candidate, world.opening(delta), introduced_at=world.now - DAY)
    await write(stage.owner, world.facts[before:])
    agreement = next(one for one in world.every(Agreement) if one.company is delta)
    viewers = {
        name: Viewer(one.account, agreement, "JP", within=True) for name, one in people.items() if name != "daichi"
    }
    viewers["ben"] = Viewer(people["ben"].account, stage.people.beta_agreement, "JP", within=True)
    return Life(world, introduction, viewers)


async def acted(stage: Stage, life: Life, people: dict[str, Person], chance: random.Random) -> str:
    """One act of somebody, answered as the model says; or something that happens; and time passes."""
    await passed(stage, life, chance.choice(PASSING))
    life.world.now = datetime.now(UTC)
    who = chance.choice((*(("dai", "dai", "dora") * 3), "dirk", "ben"))
    one = life.introduction.id
    act = chance.choice((*(("decide", "back", "back", "correct", "move", "ask") * 2), "reopen", "reopen", "happen"))
    if act == "happen":
        return await happened(stage, life, chance)
    if act == "reopen":
        who, act = ("daichi", act) if life.asked else (who, "ask")
    result, wanted = chance.choice(tuple(RESULTS)), chance.choice(STAGES)
    before = len(await entries(stage, one))
    shown = life.introduction.stage
    expected = {
        "decide": lambda: life.decide(who, result),
        "correct": lambda: life.correct(who, result),
        "back": lambda: life.take_back(who),
        "move": lambda: life.move(who, wanted),
        "ask": lambda: life.ask(who),
        "reopen": lambda: life.reopen(),
    }[act]()
    calls: dict[str, tuple[Any, ...]] = {
        "decide": (PUT, one, result, RESULTS[result], who, False),
        "correct": (PUT, one, result, RESULTS[result], who, True),
        "back": ("select gate.take_back($1)", one),
        "move": (MOVE, one, shown, wanted),
        "ask": (ASK, one),
        "reopen": (REOPEN, await stage.owner.fetchval(WAITING, one)),
    }
    answer = await stage.value(people[who], *calls[act])
    if act == "ask":
        answer = answer or "refused"
    told = f"{who}: {act} {result if act in ('decide', 'correct') else wanted if act == 'move' else ''}"
    assert answer == expected, f"{told}: {answer}, and not {expected}; {vars(life.introduction)}"
    assert len(await entries(stage, one)) == before + 1, told
    return f"{told} {answer}"


async def happened(stage: Stage, life: Life, chance: random.Random) -> str:
    """The position closes or opens, the person withdraws or consents anew, or the introduction is withdrawn."""
    world, opening, now = life.world, life.introduction.opening, datetime.now(UTC)
    what = chance.choice(("close", "close", "open", "withdraw", "consent", "consent", "end"))
    if what in ("close", "open"):
        opening.closed_at = (opening.closed_at or now) if what == "close" else None
        status = "closed" if what == "close" else "open"
        await stage.owner.execute("update portal.opening set status = $2 where id = $1", opening.id, status)
    elif what == "withdraw":
        for said in life.consents:
            said.withdrawn_at = said.withdrawn_at or now
        by = "update personal.consent set withdrawn_at = coalesce(withdrawn_at, now()) where candidate_id = $1"
        await stage.owner.execute(by, life.introduction.candidate.id)
    elif what == "consent":
        said = world.add(
            Consent, reference=world.new_mark(), candidate=life.introduction.candidate,
            company=life.introduction.company, notice=life.consents[0].notice, given_at=now, purposes=3,
        )  # fmt: skip
        await write(stage.owner, [said])
    elif not life.of(Withdrawal) and chance.randrange(4) == 0:
        over = world.add(Withdrawal, introduction=life.introduction, withdrawn_at=now)
        await write(stage.owner, [over])
    return f"happens: {what}"


async def passed(stage: Stage, life: Life, length: timedelta) -> None:
    """Everything about this introduction is that much longer ago, in the model and in the database."""
    life.pass_time(length)
    keys = {"candidate_id": life.introduction.candidate.id, "introduction_id": life.introduction.id}
    for table, (key, columns) in AGO.items():
        which = keys.get(key) or (life.introduction.opening.id if table == "portal.opening" else life.introduction.id)
        moved = ", ".join(f"{column} = {column} - $2::interval" for column in columns)
        await stage.owner.execute(f"update {table} set {moved} where {key} = $1", which, length)


async def compared(stage: Stage, life: Life, people: dict[str, Person], told: list[str]) -> None:
    """What everybody is shown, and where it stands."""
    life.world.now = datetime.now(UTC)
    one, tell = life.introduction, "\n".join(told)
    assert await stage.owner.fetchval("select stage from personal.introduction where id = $1", one.id) == one.stage, (
        tell
    )
    for who in ("dai", "dirk", "ben"):
        for purpose in Purpose:
            rows = await stage.call(people[who], SHOWN, one.id, purpose.name.lower())
            expected = life.items(who, purpose)
            assert [row["open_items"] for row in rows] == ([expected] if expected else []), f"{who} {purpose}\n{tell}"


async def entries(stage: Stage, introduction: Any) -> list[Any]:
    """The entries about this introduction that are no lines of a list."""
    query = "select id from accesslog.entry where introduction_id = $1 and action <> 'listed'"
    found: list[Any] = await stage.owner.fetch(query, introduction)
    return found
