"""Each value on a line narrows the log; a request is one line; a search is kept, and what was typed into it is not."""

import json
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from portal.database.viewer import new_secret
from tests.client import Browser, Portal
from tests.journeys.cast import AUNG, HAO, LINH, Cast, cast
from tests.page import Page


async def used(portal: Portal) -> tuple[Cast, Browser]:
    """Hana has looked at a list of two, at one of them, and at nobody; Sato is signed in."""
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    await people.introduce(AUNG, people.aoba)
    other = await people.introduce(HAO, people.kita)
    session = portal.world.session(people.hana, secret=new_secret())
    await portal.written()
    hana = portal.browser(session, peer="192.168.7.7")
    await hana.get("/candidates")
    await hana.raw("GET", f"{linh.page}/resume.pdf?form=en&calendar=western")
    await hana.raw("GET", other.page)
    return people, await portal.signed_in(people.sato)


def lines(page: Page) -> list[str]:
    """Each line of the list."""
    return page.texts("#results tbody tr")


async def test_a_request_is_one_line_that_unfolds_to_its_entries(portal: Portal) -> None:
    people, sato = await used(portal)
    page = await sato.get(f"/log?actor={people.hana.id}")
    listed = next(line for line in lines(page) if "Searched" in line)
    assert "3 entries" in listed
    assert listed.count("Listed candidates") == 2
    taken = next(line for line in lines(page) if "Received the file" in line)
    assert "2 entries" in taken
    every = {str(one["id"]) for one in await portal.log("actor_id = $1", people.hana.id)}
    assert {link.rpartition("/")[2] for link in page.links("/log/0")} == every, "each entry is reached once"


async def test_each_value_of_a_line_narrows_by_itself(portal: Portal) -> None:
    people, sato = await used(portal)
    page = await sato.get("/log?decision=refused")
    (line,) = lines(page)
    asked = [parse_qs(urlsplit(link).query) for link in page.links("/log?")]
    names = {name for one in asked for name in one}
    assert {"actor", "company", "action", "decision", "reason", "introduction", "purpose"} <= names
    for link in page.links("/log?"):
        assert line.split("Refused")[0] in " ".join(lines(await sato.get(link))), link
    (entry,) = await portal.log("decision = 'refused'")
    shown = await sato.get(f"/log/{entry['id']}")
    for name, value in (("session", entry["session_id"]), ("request", entry["id"]), ("address", entry["id"])):
        assert [link for link in shown.links("/log?") if link.startswith(f"/log?{name}={value}")]
        found = await portal.log("session_id = $1", entry["session_id"])
        many = 1 if name == "request" else len({one["request_id"] for one in found})
        assert len(lines(await sato.get(f"/log?{name}={value}"))) == many, name
    assert lines(await sato.get(f"/log?session={uuid4()}")) == []
    facts = [json.loads(one["facts"] or "{}") for one in await portal.log("action = 'log_read'")]
    assert {"for_reason", "session", "request_of", "address_of"} <= {key for one in facts for key in one}
    assert "192.168.7.7" not in json.dumps(facts)
    assert len(lines(await sato.get(f"/log?person={people.aoba.id}"))) == 0


async def test_the_other_conditions_find_what_they_say(portal: Portal) -> None:
    people, sato = await used(portal)
    (handed,) = await portal.log("action = 'handed_over'")
    hour = handed["recorded_at"].astimezone().hour
    for query, many in (
        ("role=recruiter", 3), ("role=administrator", 0), ("item=name", 2), ("purpose=contact", 1),
        ("reason=no_such_record", 1), ("reason=window_closed", 0), (f"document={handed['document_digest'].hex()}", 1),
        ("since=2020-01-01&since_time=09:30&zone=Asia.Yangon&role=recruiter", 3), ("since=2100-01-01", 0),
    ):  # fmt: skip
        assert len(lines(await sato.get(f"/log?{query}&actor={people.hana.id}"))) == many, (query, hour)
    await sato.get("/log")
    found = await sato.submit("/log", introduction="192.168.7.7")
    assert len(lines(found)) == 3
    assert "192.168.7.7" not in str(found.response.url)
    assert lines(await sato.submit("/log", introduction="203.0.113.9")) == []
    for query in ("since_time=09:30", "document=12", "since=2026-02-31", "zone=Mars.Olympus", "session=1"):
        page = await sato.get(f"/log?{query}")
        assert (page.status, "Nothing was looked up yet" in page.text) == (422, True), query


async def test_a_search_is_kept_without_what_was_typed(portal: Portal) -> None:
    _people, sato = await used(portal)
    await sato.get("/log")
    page = await sato.submit("/log", introduction="Tran Thi Linh", action="handed_over")
    page = await sato.submit("/log/saved", name="Resumes of Aoba")
    assert "The search is kept" in page.text
    (asked,) = [row["asked"] for row in await portal.owner.fetch("select asked from portal.saved_search")]
    assert asked == "action=handed_over"
    assert len(lines(await sato.get(f"/log?{asked}"))) == 1
    other = await portal.signed_in(portal.world.account("kudo", "compliance"))
    assert "Resumes of Aoba" not in (await other.get("/log")).text
    (kept,) = [row["id"] for row in await portal.owner.fetch("select id from portal.saved_search")]
    await other.post("/log/saved/forget", search=str(kept))
    assert await portal.owner.fetchval("select count(*) from portal.saved_search") == 1
    assert "Resumes of Aoba" in (await sato.get("/log")).text
    await sato.submit("/log/saved/forget")
    assert await portal.owner.fetchval("select count(*) from portal.saved_search") == 0
    page = await sato.get("/log?action=log_read")
    await sato.submit("/log/saved", name="  ")
    assert await portal.owner.fetchval("select count(*) from portal.saved_search") == 0


async def test_pages_of_requests_hold_each_entry_once(portal: Portal) -> None:
    people, sato = await used(portal)
    hana = await portal.signed_in(people.hana)
    for _time in range(60):
        await hana.raw("GET", "/candidates")
    every = {str(one["id"]) for one in await portal.log("actor_id = $1", people.hana.id)}
    seen: list[str] = []
    page = await sato.get(f"/log?actor={people.hana.id}")
    first = lines(page)
    while True:
        seen += [link.rpartition("/")[2] for link in page.links("/log/0")]
        onward = [link for link in page.links("/log?") if "after=" in link]
        if not onward:
            break
        page = await sato.get(onward[0])
    assert len(seen) == len(set(seen))
    assert set(seen) == every
    back = [link for link in page.links("/log?") if "before=" in link]
    assert lines(await sato.get(back[0])) == first


async def test_what_an_address_seldom_does_is_looked_for_step_by_step(portal: Portal) -> None:
    people, sato = await used(portal)
    seldom = {str(one["id"]) for one in await portal.log("actor_id = $1 and action = 'listed'", people.hana.id)}
    step = "create or replace function gate.log_step() returns integer language sql immutable as 'select 2'"
    await portal.owner.execute(step)
    narrowed = f"/log?address={min(seldom)}&action=listed&actor={people.hana.id}"
    found: list[str] = []
    shown, empty = await sato.get(narrowed), 0
    while further := [link for link in shown.links("/log?") if "looked=1" in link]:
        assert "Look further back" in shown.text
        found, empty = found + shown.links("/log/0"), empty + ("No entry so far" in shown.text)
        shown = await sato.get(further[0])
    found += shown.links("/log/0")
    assert (sorted({link.rpartition("/")[2] for link in found}), empty > 0) == (sorted(seldom), True)
    assert lines(shown) or "No further entry matches these conditions" in shown.text
    summed = await sato.get(narrowed.replace("/log?", "/log/summary?"))
    assert "only those since" in summed.text
