"""Compliance tries a rule on past entries, switches it on, is told of what it finds, and decides about it."""

from uuid import uuid4

from portal.operate import watching
from tests.client import running
from tests.database import Database
from tests.journeys.cast import LINH, cast

RULE = "select id from portal.alert_rule where kind = $1"


async def test_a_rule_is_tried_switched_on_and_what_it_finds_is_decided(database: Database) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        linh = await people.introduce(LINH, people.aoba)
        hana, sato = await portal.signed_in(people.hana), await portal.signed_in(people.sato)
        worker = await database.connect("portal_worker")
        for _time in range(3):
            await hana.raw("GET", f"/candidates/{uuid4()}")
        assert await watching.look(worker) == 0, "no rule is on"

        rule = await portal.owner.fetchval(RULE, "refusals_in_row")
        await sato.get("/alerts/rules")
        await sato.get(f"/alerts/rules/{rule}")
        shown = await sato.submit(f"/alerts/rules/{rule}", threshold="3", active="on", days="7")
        assert "1 alert in the last 7 days." in shown.text
        assert "Hana" in shown.text
        assert not await portal.owner.fetchval("select active from portal.alert_rule where id = $1", rule)
        shown = await sato.submit(f"/alerts/rules/{rule}", threshold="4")
        assert "Nothing in the last 7 days." in shown.text, "what is changed is tried anew"
        shown = await sato.submit(f"/alerts/rules/{rule}", threshold="3")
        shown = await sato.submit(f"/alerts/rules/{rule}")
        assert (shown.title, "The rule is set." in shown.text) == ("Rules for alerts", True)

        await hana.raw("GET", f"/candidates/{uuid4()}")
        assert await watching.look(worker) == 1
        assert await watching.look(worker) == 0, "once a day"
        mails = await portal.owner.fetch("select account_id from portal.mail where kind = 'alert'")
        assert [row["account_id"] for row in mails] == [people.sato.id]

        alert = await portal.owner.fetchval("select id from portal.alert")
        shown = await sato.get("/alerts")
        assert f"/alerts/{alert}" in shown.links()
        assert "4 refusals on end" in shown.text
        assert "Waits for a decision" in shown.text
        shown = await sato.get(f"/alerts/{alert}")
        assert "1 sign-in of this account is live." in shown.text
        shown = await sato.submit(f"/alerts/{alert}", note="")
        assert shown.status == 422
        await sato.get(f"/alerts/{alert}")
        shown = await sato.submit(f"/alerts/{alert}/end-sign-ins")
        assert "Sign-ins that were ended: 1." in shown.text
        assert (await hana.get(linh.page)).title != "Linh"
        shown = await sato.submit(f"/alerts/{alert}", decision="explained", note="She typed addresses from a list.")
        assert "The decision is recorded." in shown.text
        assert "Explained by whoever it was" in shown.text
        assert "She typed addresses" in (await sato.get(f"/alerts/{alert}")).text

        done = {
            entry["action"]: entry
            for entry in await portal.log("action like 'alert%' or action = 'account_signed_out'")
        }
        assert done.keys() >= {"alert_rule_tried", "alert_rule_set", "alert_raised", "alerts_read", "alert_decided"}
        assert done["alert_raised"]["subject_id"] == people.hana.id
        assert done["account_signed_out"]["actor_id"] == people.sato.id


async def test_an_alert_on_the_own_account_is_for_a_colleague(database: Database) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        sato = await portal.signed_in(people.sato)
        alert = await portal.owner.fetchval(
            "insert into portal.alert (kind, threshold, account_id, day, noticed_at, measured)"
            " values ('off_hours', 1, $1, current_date, now(), 1) returning id",
            people.sato.id,
        )
        shown = await sato.get(f"/alerts/{alert}")
        assert "Make it mine" not in shown.text
        assert (await sato.post(f"/alerts/{alert}/take")).status_code == 303
        shown = await sato.get(f"/alerts/{alert}")
        assert "nobody takes an alert on their own account" in shown.text
        assert await portal.owner.fetchval("select owner_id from portal.alert") is None
        shown = await sato.submit(f"/alerts/{alert}", decision="harmless", note="Me")
        assert (shown.status, "Please ask a colleague." in shown.text) == (422, True)
        for entry in await portal.log("action in ('alert_decided', 'alert_taken')"):
            assert (entry["decision"], list(entry["reasons"])) == ("refused", ["own_act"])
        # A rule that finds its own owner gives the alert to nobody, and every colleague is told.
        kudo = portal.world.account("kudo", "compliance")
        await portal.written()
        own = "update portal.alert_rule set active = true, threshold = 3, owner_id = $1, looked_until = now()"
        await portal.owner.execute(f"{own} where kind = 'refusals_in_row'", people.sato.id)
        for _time in range(3):
            await sato.raw("GET", f"/people/{uuid4()}")
        assert await watching.look(await database.connect("portal_worker")) == 1
        assert await portal.owner.fetch("select owner_id from portal.alert where owner_id is not null") == []
        mails = await portal.owner.fetch("select account_id from portal.mail where kind = 'alert'")
        assert [row["account_id"] for row in mails] == [kudo.id]


async def test_nobody_else_sees_or_sets_anything(database: Database) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        rule = await portal.owner.fetchval(RULE, "off_hours")
        web = await database.connect("portal_web")
        for statement in (
            "select count(*) from gate.alerts()",
            "select count(*) from gate.alert_rules()",
            f"select count(*) from gate.try_alert_rule('{rule}', 1, 30, '{{}}')",
            f"select count(*) filter (where done) from gate.set_alert_rule('{rule}', 1, true) as done",
        ):
            assert await web.fetchval(statement) == 0, statement
        hana = await portal.signed_in(people.hana)
        for path in ("/alerts", "/alerts/rules", f"/alerts/rules/{rule}"):
            assert (await hana.raw("GET", path)).status_code == 404
        assert not await portal.owner.fetchval("select bool_or(active) from portal.alert_rule")
