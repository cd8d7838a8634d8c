"""`portal company suspend` and `reactivate`, as an operator types them, and what the account manager reads of it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from tests.agreements.templates import write_template
from tests.client import running
from tests.database import Database
from tests.facts import DAY, Campaign
from tests.journeys.cast import LINH, cast

REASON = "Undertakings outstanding"
LIFTED = "Its signatory has answered"


@pytest.fixture(autouse=True)
def at_home(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url("portal_owner"))
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))


async def company(*words: str) -> Result:
    """Type the command; in a thread of its own, because it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, main, ["company", *words])


async def test_p3_a_suspension_binds_the_next_click_and_can_be_taken_back(database: Database) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        linh = await people.introduce(LINH, people.aoba)
        reference = people.aoba.reference
        hana, mori = await portal.signed_in(people.hana), await portal.signed_in(people.mori)
        page = f"/companies/{people.aoba.id}"
        shown = await mori.get(page)
        assert "Suspended since" not in shown.text
        assert f"Reference {reference}" in shown.text

        result = await company("suspend", reference, "--reason", REASON)
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith(f"The company {reference} is suspended: ")
        assert linh.name not in (await hana.raw("GET", linh.page)).text
        shown = await mori.get(page)
        assert "Suspended since" in shown.text
        assert f"Reason: {REASON}" in shown.text
        result = await company("suspend", reference, "--reason", REASON)
        assert (result.exit_code, f"{reference} is suspended, not active" in result.output) == (1, True)

        result = await company("reactivate", reference, "--reason", LIFTED)
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith(f"The company {reference} is active: ")
        assert (await hana.raw("GET", linh.page)).status_code == 303, "the sign-in of before is over"
        hana = await portal.signed_in(people.hana, started_at=datetime.now(UTC))
        assert linh.name in (await hana.raw("GET", linh.page)).text
        shown = await mori.get(page)
        assert REASON not in shown.text
        assert f"Reason: {LIFTED}" in shown.text
        result = await company("terminate", reference, "--reason", REASON, "--yes")
        assert (result.exit_code, (await mori.get(page)).text.count("Terminated on")) == (0, 1), result.output
        result = await company("reactivate", reference, "--reason", LIFTED)
        assert (result.exit_code, f"{reference} is terminated, not suspended" in result.output) == (1, True)
        entries = await portal.log("action like 'company%'")
        assert [(one["action"], one["role"], one["subject_id"]) for one in entries] == [
            ("company_suspended", "operator_program", people.aoba.id),
            ("company_reactivated", "operator_program", people.aoba.id),
            ("company_terminated", "operator_program", people.aoba.id),
        ]


@pytest.mark.parametrize(
    ("words", "message", "code"),
    [
        (("suspend", "C-404", "--reason", REASON), "no company with the reference C-404", 1),
        (("reactivate", "C-404", "--reason", REASON), "no company with the reference C-404", 1),
        (("suspend", "C-404"), "Missing option '--reason'", 2),
        (("reactivate", "C-404"), "Missing option '--reason'", 2),
        (("activate", "C-404"), "Missing option '--reason'", 2),
        (("suspend", "C-404", "--reason", " "), "'--reason': Please fill this in.", 2),
    ],
)
async def test_what_is_wrong_is_said(words: tuple[str, ...], message: str, code: int) -> None:
    result = await company(*words)
    assert result.exit_code == code
    assert message in result.output


async def test_a_campaign_is_listed_with_who_has_signed(database: Database) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        etsuko = portal.world.account("etsuko", "compliance")
        await portal.written()
        version = await write_template(portal.owner, etsuko, people.sato)

        async def campaign(*words: str) -> Result:
            return await asyncio.to_thread(CliRunner().invoke, main, ["campaign", *words])

        assert (await campaign("list")).stdout == "There is no campaign.\n"
        started = portal.world.now - DAY
        portal.world.add(Campaign, template_version=version, started_at=started, ends_at=started + 90 * DAY)
        await portal.written()
        assert (await campaign("list")).stdout.endswith("\t0 of 2 signed\n")
        shown = (await campaign("show", str(version))).stdout
        assert shown == "aoba\tnothing drafted yet\tMori\nkita\tnothing drafted yet\t–\n"
        result = await campaign("show", "7")
        assert (result.exit_code, "No campaign asks for version 7" in result.output) == (1, True)


async def test_groups_are_listed_with_who_is_in_them(database: Database) -> None:
    async with running(database) as portal:
        people = await cast(portal)

        async def group(*words: str) -> Result:
            return await asyncio.to_thread(CliRunner().invoke, main, ["group", *words])

        assert (await group("list")).stdout == "There is no group.\n"
        made = portal.world.group(people.aoba)
        await portal.written()
        listed = (await group("list")).stdout
        assert listed.startswith(f"{made.reference}\t{made.name}\t")
        assert listed.endswith("\t1 in it\n")
        member, published = (await group("show", made.reference)).stdout.splitlines()
        assert ("\tsince " in member, " until " in member) == (True, False)
        assert (published.startswith("list 1\t"), published.endswith("\thttps://group.example/list")) == (True, True)
        result = await group("show", "GR-7")
        assert (result.exit_code, "There is no group with the reference GR-7." in result.output) == (1, True)


async def test_who_keeps_a_company_and_its_networks_are_named_by_command(database: Database) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        kato = portal.world.account("kato", "account_manager")
        await portal.written()
        aoba = people.aoba.reference

        assert (await company("networks", aoba)).stdout == f"The people of {aoba} may come from anywhere.\n"
        assert (await company("networks", aoba, "203.0.113.0/24", "2001:db8::/32")).stdout.split() == [
            "203.0.113.0/24", "2001:db8::/32",
        ]  # fmt: skip
        result = await company("networks", aoba, "203.0.113.7/24")
        assert (result.exit_code, "write 203.0.113.0/24. Nothing was changed." in result.output) == (1, True)
        assert (await company("networks", aoba, "--anywhere")).exit_code == 0
        assert (await company("networks", aoba)).stdout == f"The people of {aoba} may come from anywhere.\n"

        assert (await company("stand-in", aoba, kato.email)).stdout == f"{kato.email} stands in for {aoba}.\n"
        result = await company("stand-in", aoba, kato.email)
        assert (result.exit_code, "Nothing was changed." in result.output) == (1, True)
        assert (await company("stand-in", aoba, people.hana.email)).exit_code == 1
        assert (await company("stand-in", aoba, "nobody@operator.example")).exit_code == 1
        browser = await portal.signed_in(kato)
        assert (await browser.get(f"/companies/{people.aoba.id}")).status == 200
        assert (await company("stand-in", aoba, kato.email, "--end")).exit_code == 0
        assert (await browser.raw("GET", f"/companies/{people.aoba.id}")).status_code == 404
        assert (await company("hand-over", aoba, kato.email)).exit_code == 0
        assert (await browser.get(f"/companies/{people.aoba.id}")).status == 200
        assert (await company("hand-over", aoba, kato.email)).exit_code == 1
        entries = await portal.log("role = 'operator_program'")
        assert [(one["action"], one["company_id"]) for one in entries] == [
            (act, people.aoba.id)
            for act in (
                "company_networks_changed", "company_networks_changed", "stand_in_named", "stand_in_ended",
                "company_handed_over",
            )
        ]  # fmt: skip


async def test_a_group_is_made_and_left_by_command(database: Database, tmp_path: Path) -> None:
    async with running(database) as portal:
        people = await cast(portal)

        async def group(*words: str) -> Result:
            return await asyncio.to_thread(CliRunner().invoke, main, ["group", *words])

        brought = portal.world.group(people.kita, responsible_company=None)
        await portal.written()
        text = tmp_path / "list.txt"
        text.write_text("Aoba Foods, Kita", encoding="utf-8")
        published = ("--address", "https://group.example", "--published-on", "2026-01-05", "--list", str(text))
        kita, aoba = people.kita.reference, people.aoba.reference
        assert "`portal group answer`" in (await group("publish", brought.reference, *published)).output
        assert (await group("answer", brought.reference, aoba)).exit_code == 1
        assert (await group("answer", brought.reference, kita)).exit_code == 0
        assert (await group("answer", brought.reference, kita)).exit_code == 1
        assert (await group("publish", brought.reference, *published)).stdout == "The list is kept.\n"
        assert "It stands so already." in (await group("publish", brought.reference, *published)).stdout
        assert (await group("enter", brought.reference, aoba)).exit_code == 0
        assert "is in a group already" in (await group("make", aoba, "Nami", *published)).output
        assert "answers for its group" in (await group("leave", kita, "--yes")).output
        assert (await group("leave", aoba, "--yes")).exit_code == 0
        assert "is in no group" in (await group("leave", aoba, "--yes")).output
        assert (await group("make", aoba, "Nami", *published)).exit_code == 0
        wrong = ("--address", "group.example", "--published-on", "2026-01-05", "--list", str(text))
        assert "beginning with https://" in (await group("publish", brought.reference, *wrong)).output
        later = ("--address", "https://group.example", "--published-on", "2126-01-05", "--list", str(text))
        assert "today or earlier" in (await group("publish", brought.reference, *later)).output
        entries = await portal.log("role = 'operator_program' and decision = 'permitted'")
        assert [one["action"] for one in entries] == [
            "group_made", "group_list_published", "group_member_added", "group_member_left", "group_made",
        ]  # fmt: skip
