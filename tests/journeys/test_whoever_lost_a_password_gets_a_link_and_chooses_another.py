"""The whole way: asked for at the sign-in page, sent by a real mail server, opened, chosen, signed in with."""

import asyncio
import re
from email.message import EmailMessage

from portal.notify import worker
from tests.client import PASSWORD, Portal
from tests.notify.mailserver import MailServer, serving

NEW = "eleven tired otters knitting"


def words_of(mail: EmailMessage) -> str:
    """The text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    text: str = part.get_content()
    return text


async def arrived(server: MailServer, number: int) -> EmailMessage:
    """Wait until so much mail has come; the last of it."""
    async with asyncio.timeout(60):
        while len(server.taken) < number:  # noqa: ASYNC110 - the server is another thread's
            await asyncio.sleep(0.05)
    return server.taken[-1]


async def test_whoever_lost_a_password_gets_a_link_and_chooses_another(portal: Portal) -> None:
    hana = portal.world.account("hana", "compliance", locale="en")
    portal.world.password(hana, PASSWORD)
    await portal.written()
    stopping = asyncio.Event()
    with serving(MailServer()) as server:
        settings = portal.settings.model_copy(update={"smtp_url": server.url, "smtp_tls": "none"})
        working = asyncio.create_task(worker.work(portal.database.url("portal_worker"), settings, stopping))
        browser = portal.browser()
        page = await browser.get("/sign-in")
        await browser.get(page.link("Forgot your password"))
        page = await browser.submit("/sign-in/lost-password", email=hana.email)
        assert page.title == "Check your mail"

        mail = await arrived(server, 1)
        assert server.recipients == [hana.email]
        assert "Choose a new password" in mail["Subject"]
        assert "hana" not in words_of(mail).lower()
        address, secret = re.findall(r"(http://localhost:8000/link\?lang=en)#([\w-]{43})", words_of(mail))[0]

        page = await browser.get(address.removeprefix("http://localhost:8000"))
        page = await browser.submit("/link", link=secret)
        assert hana.email in page.text
        page = await browser.submit("/link/password", new=NEW, again=NEW, locale="en")
        assert "Your password is chosen" in page.text
        page = await browser.submit("/sign-in", email=hana.email, password=PASSWORD)
        assert "wrong" in page.text
        page = await browser.submit("/sign-in", email=hana.email, password=NEW)
        assert page.path == "/home"

        assert "Your password was changed" in (await arrived(server, 2))["Subject"]
        stopping.set()
        await working
    secrets = await portal.owner.fetch("select * from portal.link_secret")
    assert secret.encode() not in b"".join(row["secret_hash"] for row in secrets)
