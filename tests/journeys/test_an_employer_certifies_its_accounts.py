"""Each quarter Aoba's administrator says who is still needed; of whom nobody says so is suspended, after reminders."""

from datetime import timedelta
from typing import Any

from tests.client import Portal
from tests.facts import DAY
from tests.journeys.cast import cast

KEEP = "select gate.keep_certifications($1)"


async def test_the_silent_are_suspended_after_two_reminders_and_the_needed_are_not(portal: Portal) -> None:
    people = await cast(portal)
    rika = portal.world.account("rika", "employer_admin", people.aoba, display_name="Rika")
    yui = portal.world.account("yui", "recruiter", people.aoba, display_name="Yui")
    await portal.written()
    await portal.owner.execute("update portal.company set created_at = now() - interval '1 year'")
    worker, now = await portal.database.connect("portal_worker"), portal.world.now

    async def at(days: int) -> Any:
        return await worker.fetchval(KEEP, now + timedelta(days=days))

    async def states() -> dict[str, str]:
        rows = await portal.owner.fetch(
            "select display_name, status from portal.account where company_id = $1", people.aoba.id
        )
        return {row["display_name"]: row["status"] for row in rows}

    admin = await portal.signed_in(rika)
    assert "Nothing is asked at present" in (await admin.get("/team/certification")).text
    assert await at(0) > 0
    assert await at(1) == 0, "once a quarter"
    page = await admin.get("/team/certification")
    assert len(page.texts("tbody tr")) == 3
    given = {"needed": [str(rika.id)], "unneeded": [str(yui.id)]}
    await admin.post("/team/certification", **given)
    assert "Recorded of 2 accounts" in (await admin.get("/team/certification")).text
    assert await at(17) > 0
    assert await at(18) == 0
    assert await at(24) > 0
    assert set((await states()).values()) == {"active"}
    yui_browser = await portal.signed_in(yui)
    assert await at(31) > 0
    assert await states() == {"Rika": "active", "Hana": "suspended", "Yui": "suspended"}
    assert "/sign-in" in str((await yui_browser.get("/candidates")).response.url), "it binds at once"
    (closed,) = await portal.log("action = 'certification_closed' and company_id = $1", people.aoba.id)
    assert closed["facts"] == '{"accounts": 2}'
    suspended = await portal.log("action = 'account_suspended'")
    assert {one["subject_id"] for one in suspended} >= {people.hana.id, yui.id}
    kinds = {
        row["kind"] for row in await portal.owner.fetch("select kind from portal.mail where account_id = $1", rika.id)
    }
    assert kinds == {"certification_asked", "certification_reminder", "certification_over"}
    told = "select distinct kind from portal.mail where account_id = $1 and kind like 'certification%' order by 1"
    manager = [row["kind"] for row in await portal.owner.fetch(told, people.mori.id)]
    assert manager == ["certification_of_yours", "certification_over"], "no page that is not theirs"
    sato = await portal.signed_in(people.sato)
    assert "Aoba Foods" in (await sato.get("/reviews")).text


async def test_nobody_is_suspended_who_was_not_reminded(portal: Portal) -> None:
    """No worker ran for a month."""
    people = await cast(portal)
    await portal.owner.execute("update portal.company set created_at = now() - interval '1 year'")
    worker, now = await portal.database.connect("portal_worker"), portal.world.now
    await worker.fetchval(KEEP, now)
    await worker.fetchval(KEEP, now + 40 * DAY)
    hana = "select status from portal.account where id = $1"
    assert await portal.owner.fetchval(hana, people.hana.id) == "active"
    await worker.fetchval(KEEP, now + 41 * DAY)
    reminded = "select reminded from portal.certification where closed_at is null and company_id = $1"
    assert await portal.owner.fetchval(reminded, people.aoba.id) > 0
    await worker.fetchval(KEEP, now + 48 * DAY)
    assert await portal.owner.fetchval(hana, people.hana.id) == "suspended"
