"""Personal links: one person's way in, for one purpose, ended by every act that should end it."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import pytest

from tests.client import Browser, Portal, running
from tests.database import Database
from tests.facts import Account
from tests.links import make_link, open_link

NEW = "eleven tired otters knitting"


@pytest.fixture
async def portal(database: Database) -> AsyncIterator[Portal]:
    async with running(database) as made:
        yield made


@pytest.fixture
async def hana(portal: Portal) -> Account:
    """A compliance officer who has no password yet."""
    made = portal.world.account("hana", "compliance")
    await portal.written()
    return made


async def opened(portal: Portal, secret: str) -> Browser:
    """A browser that has opened a link with this secret, or tried to."""
    browser = portal.browser()
    await browser.get("/link")
    await browser.submit("/link", link=secret)
    return browser


async def chosen(portal: Portal, secret: str) -> Browser:
    """A browser that has chosen a password by a link."""
    browser = await opened(portal, secret)
    await browser.submit("/link/password", new=NEW, again=NEW, locale="en")
    return browser


async def signs_in(portal: Portal, account: Account, password: str = NEW) -> bool:
    """Whether a password lets an account in."""
    browser = portal.browser()
    await browser.get("/sign-in")
    page = await browser.submit("/sign-in", email=account.email, password=password)
    return page.path != "/sign-in"


async def test_a_link_leads_to_a_password_with_which_one_signs_in(portal: Portal, hana: Account) -> None:
    browser = await chosen(portal, await make_link(portal.owner, hana.id, "invitation"))
    assert browser.page is not None
    assert "Your password is chosen" in browser.page.text
    assert await signs_in(portal, hana)
    acts = [(row["action"], row["role"], row["subject_id"]) for row in await portal.log("subject_id = $1", hana.id)]
    assert acts == [
        ("link_made", None, hana.id),
        ("link_opened", "link", hana.id),
        ("password_chosen", "link", hana.id),
        ("sign_in", "compliance", hana.id),
    ]


async def test_the_whole_address_of_the_mail_will_do_where_the_browser_does_not_fill_it_in(
    portal: Portal, hana: Account
) -> None:
    secret = await make_link(portal.owner, hana.id)
    browser = await opened(portal, f" http://localhost:8000/link?lang=ja#{secret} ")
    assert browser.page is not None
    assert browser.page.path == "/link/password"


async def test_looking_at_the_address_uses_nothing_up(portal: Portal, hana: Account) -> None:
    secret = await make_link(portal.owner, hana.id)
    for _ in range(3):
        scanner = portal.browser()
        for method in ("GET", "HEAD"):
            assert (await scanner.raw(method, f"/link?lang=en#{secret}")).status_code == 200
    await opened(portal, secret)  # nor does opening it
    await chosen(portal, secret)
    assert await signs_in(portal, hana)


async def test_a_link_is_good_once(portal: Portal, hana: Account) -> None:
    secret = await make_link(portal.owner, hana.id)
    second = await opened(portal, secret)
    await chosen(portal, secret)
    third = await opened(portal, secret)
    assert third.page is not None
    assert "no longer valid" in third.page.text
    page = await second.submit(
        "/link/password", new="other words of mine 7", again="other words of mine 7", locale="en"
    )
    assert page.path == "/link"
    assert "no longer open" in page.text
    assert await signs_in(portal, hana)


@pytest.mark.parametrize(
    "ending",
    [
        "update portal.link set expires_at = now()",
        "insert into portal.link_withdrawal (account_id) select id from portal.account",
        "update portal.account set status = 'suspended'",
        "select gate.make_link('lost_password', account.id, null) from portal.account",
    ],
)
async def test_p3_what_ends_a_link_ends_what_was_opened_by_it_at_the_next_click(
    portal: Portal, hana: Account, ending: str
) -> None:
    secret = await make_link(portal.owner, hana.id)
    browser = await opened(portal, secret)
    await portal.owner.execute(ending)
    page = await browser.get("/link/password")
    assert "no longer open" in page.text
    assert (await browser.post("/link/password", new=NEW, again=NEW, locale="en")).headers["location"] == "/link?over=1"
    again = await opened(portal, secret)
    assert again.page is not None
    assert "no longer valid" in again.page.text
    assert not await portal.owner.fetchval("select exists (select from portal.credential)")


async def test_a_new_password_ends_every_sign_in_and_every_other_link_and_is_told_by_mail(
    portal: Portal, hana: Account
) -> None:
    await chosen(portal, await make_link(portal.owner, hana.id, "invitation"))
    signed_in = portal.browser()
    await signed_in.get("/sign-in")
    await signed_in.submit("/sign-in", email=hana.email, password=NEW)
    assert (await signed_in.get("/account")).path == "/account"
    other = await opened(portal, await make_link(portal.owner, hana.id, "invitation"))
    await chosen(portal, await make_link(portal.owner, hana.id))
    assert (await signed_in.get("/account")).path == "/sign-in"
    assert (await other.get("/link/password")).path == "/link"
    kinds = await portal.owner.fetch("select kind from portal.mail where account_id = $1", hana.id)
    assert [row["kind"] for row in kinds] == ["password_changed"]
    entry = (await portal.log("action = 'password_chosen'"))[-1]
    assert entry["facts"] == '{"ended": 1}'


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [("short", "short", "at least"), ("{email} hana", "{email} hana", "easy to guess"), (NEW, "x", "differ")],
)
async def test_what_is_wrong_with_a_password_is_said_and_the_link_stays_good(
    portal: Portal, hana: Account, new: str, again: str, said: str
) -> None:
    browser = await opened(portal, await make_link(portal.owner, hana.id))
    typed = {"new": new.format(email=hana.email), "again": again.format(email=hana.email)}
    page = await browser.submit("/link/password", **typed, locale="en")
    assert page.status == 422
    assert said in page.text
    assert (await browser.submit("/link/password", new=NEW, again=NEW, locale="en")).path == "/sign-in"


async def test_the_language_of_the_pages_is_chosen_with_it(portal: Portal, hana: Account) -> None:
    browser = await opened(portal, await make_link(portal.owner, hana.id))
    page = await browser.submit("/link/password", new=NEW, again=NEW, locale="ja")
    assert "サインイン" in page.text
    chosen_one = "select gate.language_of(account) from portal.account where id = $1"
    assert await portal.owner.fetchval(chosen_one, hana.id) == "ja"


async def test_the_mails_own_language_is_that_of_the_page(portal: Portal) -> None:
    assert "続ける" in (await portal.browser(language="en").get("/link?lang=ja")).text
    assert "Continue" in (await portal.browser(language="ja").get("/link?lang=en")).text


async def test_p1_a_link_is_nobody_to_everything_but_its_own_pages(portal: Portal, hana: Account) -> None:
    web = await portal.database.connect("portal_web")
    secret = await open_link(portal.owner, hana.id)
    async with web.transaction():
        row = await web.fetchrow("select * from gate.arrive($1, null)", secret)
        assert (row["role"], row["link_kind"], row["email"]) == (None, "lost_password", hana.email)
        assert await web.fetchval("select gate.viewer_account()") is None
        assert await web.fetch("select id from portal.account") == []
        assert await web.fetch("select * from gate.my_sessions()") == []
    for call in ("gate.accounts('', '', '', false)", "gate.log_entries(null, null, null, null, false, 5)"):
        async with web.transaction():
            await web.fetchrow("select * from gate.arrive($1, null)", secret)
            found = await web.fetch(f"select * from {call}") if "log" in call else None
            if found is None:
                with pytest.raises(asyncpg.PostgresError, match="only an administrator"):
                    await web.fetch(f"select * from {call}")
            assert not found


async def test_the_database_keeps_no_secret_and_no_address_of_ours_holds_one(portal: Portal, hana: Account) -> None:
    secret = await make_link(portal.owner, hana.id)
    browser = portal.browser()
    await browser.get("/link")
    answer = await browser.post("/link", link=secret)
    assert answer.status_code == 303
    assert secret not in answer.headers["location"]
    assert secret not in str(answer.headers)
    assert browser.http.cookies["portal"] != secret
    kept = await portal.owner.fetch("select row_to_json(link_secret)::text as row from portal.link_secret")
    assert secret not in str([row["row"] for row in kept])


async def test_tries_from_one_place_are_counted_with_those_at_the_door(portal: Portal, hana: Account) -> None:
    await portal.owner.execute(
        "insert into portal.sign_in_failure (email_hash, ip)"
        " select sha256('x'), '127.0.0.1' from generate_series(1, 100)"
    )
    browser = await opened(portal, await make_link(portal.owner, hana.id))
    assert browser.page is not None
    assert browser.page.status == 429
    assert "wait" in browser.page.text


async def test_leaving_ends_it(portal: Portal, hana: Account) -> None:
    browser = await opened(portal, await make_link(portal.owner, hana.id))
    secret = browser.secret
    await browser.submit("/link/leave")
    browser.http.cookies.set("portal", secret, domain="localhost.local")
    assert (await browser.get("/link/password")).path == "/link"


async def test_opening_a_link_ends_the_sign_in_that_was_there(portal: Portal, hana: Account) -> None:
    browser = await portal.signed_in(hana)
    assert (await browser.get("/account")).path == "/account"
    before = browser.secret
    await browser.get("/link")
    await browser.submit("/link", link=await make_link(portal.owner, hana.id))
    browser.http.cookies.set("portal", before, domain="localhost.local")
    assert (await browser.get("/account")).path == "/sign-in"


async def ask(portal: Portal, email: str, peer: str = "127.0.0.1") -> str:
    """Ask for a link at the sign-in page; what the page says, without the address."""
    browser = portal.browser(peer=peer)
    await browser.get("/sign-in/lost-password")
    page = await browser.submit("/sign-in/lost-password", email=email)
    return re.sub(re.escape(email), "", page.text)


async def test_the_answer_is_the_same_whether_there_is_an_account_and_so_is_what_is_written(
    portal: Portal, hana: Account
) -> None:
    suspended = portal.world.account("suspended", "compliance", status="suspended")
    await portal.written()
    said, written = set(), []
    for email in (hana.email, suspended.email, "nobody@aoba.example"):
        counts = "select count(*) from portal.link_request, (select count(*) as jobs from jobs.pgqueuer) as queue"
        before = await portal.owner.fetchval(counts)
        said.add(await ask(portal, email))
        written.append((await portal.owner.fetchval(counts)) - before)
    assert len(said) == 1
    assert written == [1, 1, 1]
    entries = await portal.log("action = 'link_asked_for'")
    assert {(row["subject_id"], row["actor_id"], row["decision"]) for row in entries} == {(None, None, "permitted")}


async def test_only_an_account_that_may_sign_in_is_sent_a_link(
    portal: Portal, database: Database, hana: Account
) -> None:
    suspended = portal.world.account("suspended", "compliance", status="suspended")
    await portal.written()
    worker = await database.connect("portal_worker")
    for email in (hana.email.upper(), suspended.email, "nobody@aoba.example"):
        await ask(portal, email)
    for row in await portal.owner.fetch("select id from portal.link_request"):
        for _ in range(2):  # a job may be done twice
            await worker.execute("select gate.answer_link_request($1)", row["id"])
    sent = await portal.owner.fetch("select account_id, kind from portal.mail")
    assert [tuple(row) for row in sent] == [(hana.id, "lost_password")]


async def test_asking_again_and_again_is_throttled_alike_for_everybody(portal: Portal, hana: Account) -> None:
    for email in (hana.email, "nobody@aoba.example"):
        for number in range(3):
            assert "Check your mail" in await ask(portal, email, peer=f"10.0.0.{number}")
        assert "Too many tries" in await ask(portal, email, peer="10.0.0.9")
    for number in range(20):
        assert "Check your mail" in await ask(portal, f"n{number}@aoba.example", peer="10.9.9.9")
    assert "Too many tries" in await ask(portal, "n20@aoba.example", peer="10.9.9.9")
    await portal.owner.execute("update portal.link_request set asked_at = asked_at - interval '1 minute'")
    assert "Check your mail" in await ask(portal, "n21@aoba.example", peer="10.9.9.9"), "one a minute goes on"
    assert "Too many tries" in await ask(portal, "n22@aoba.example", peer="10.9.9.9")
    shared = '{"ip": "10.9.9.9", "shared": true}'
    assert await portal.owner.fetchval("select gate.ask_for_link('n23@aoba.example', $1)", shared) == 0, "no origin"
    await portal.owner.execute("update portal.link_request set asked_at = asked_at - $1::interval", timedelta(hours=1))
    assert "Check your mail" in await ask(portal, hana.email)


async def test_a_stranger_who_asks_ends_no_invitation(portal: Portal, database: Database, hana: Account) -> None:
    invitation = await make_link(portal.owner, hana.id, "invitation")
    worker = await database.connect("portal_worker")
    await ask(portal, hana.email)
    await worker.execute(
        "select gate.answer_link_request($1)", await portal.owner.fetchval("select id from portal.link_request")
    )
    browser = await opened(portal, invitation)
    assert browser.page is not None
    assert browser.page.path == "/link/password"


async def test_whoever_asked_and_whose_job_was_lost_is_answered_all_the_same(
    portal: Portal, database: Database
) -> None:
    worker = await database.connect("portal_worker")
    await ask(portal, "nobody@aoba.example")
    await portal.owner.execute("delete from jobs.pgqueuer")
    await worker.execute("select gate.keep_links()")
    assert await portal.owner.fetchval("select count(*) from jobs.pgqueuer where entrypoint = 'link_request'") == 1
