"""A person is told what was recorded: without data, at the address of now, and never one who was erased."""

from uuid import UUID

import pytest

from tests.notify.conftest import Outbox, Working
from tests.notify.mailserver import MailServer
from tests.world import items_of


async def told(outbox: Outbox, language: str, email: str | None = "linh@people.example") -> UUID | None:
    """Somebody who was shown a notice in a language, and the mail to them."""
    world = outbox.world
    linh = world.candidate("linh", items={**items_of("linh"), "email": email})
    world.consent(linh, world.company("aoba"))
    await world.write(outbox.owner)
    await outbox.owner.execute(
        "insert into portal.notice (reference, version, language, text, published_at)"
        " select reference, version, $1, 'translated', published_at from portal.notice where $1 <> 'ja'",
        language,
    )
    await outbox.owner.execute(
        "update personal.consent set notice_id = (select id from portal.notice where language = $1)", language
    )
    await outbox.owner.execute("select gate.put_mail_to_person('statement_recorded', $1)", linh.id)
    mail: UUID | None = await outbox.owner.fetchval("select max(id::text)::uuid from portal.mail")
    return mail


@pytest.mark.parametrize(
    ("language", "first"),
    [("ja", "お申し出を記録しました"), ("en", "We recorded"), ("vi", "We recorded")],
)
async def test_p9_a_person_is_told_in_their_language_without_data(
    outbox: Outbox, server: MailServer, working: Working, language: str, first: str
) -> None:
    mail = await told(outbox, language)
    assert mail is not None
    async with working(smtp_url=server.url):
        await outbox.until(mail, state="sent")
    assert server.recipients == ["linh@people.example"]
    [message] = server.taken
    subject, body = str(message["Subject"]), message.get_body(("plain",))
    assert subject.removeprefix("[Shokai] ").startswith(first)
    assert body is not None
    written = subject + body.get_content()
    for kept_back in ("linh", "aoba", "Linh", "withdraw", "撤回"):
        assert kept_back not in written


async def test_nobody_is_written_to_whose_address_is_not_known(outbox: Outbox) -> None:
    assert await told(outbox, "ja", email=None) is None


async def test_whoever_was_erased_meanwhile_gets_no_mail(outbox: Outbox, server: MailServer, working: Working) -> None:
    mail = await told(outbox, "ja")
    await outbox.owner.execute("update personal.candidate set erased_at = now()")
    assert mail is not None
    async with working(smtp_url=server.url):
        await outbox.until(mail, state="dropped")
    assert server.taken == []
