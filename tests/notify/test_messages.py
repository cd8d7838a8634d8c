"""P9: a mail says the portal's name, what to do and where; in both languages, as text and as HTML."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from uuid import uuid4

import pytest

from portal.notify import messages
from portal.settings import PROJECT, Settings
from tests.each import for_each

KINDS = sorted(path.stem for path in (PROJECT / "templates/email").glob("*.txt"))
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
SETTINGS = Settings(
    operator_name="R&D <Aoba>", operator_email="desk@aoba.example", base_url="https://portal.aoba.example"
)
VALUES = {"secret": "abc", "code": "1234 5678", "until": datetime(2026, 12, 1, tzinfo=UTC)}
each_kind = for_each("kind", KINDS)


def composed(kind: str, language: str = "ja", to: str = "hana@aoba.example") -> EmailMessage:
    """A mail as it is sent, read again from its bytes."""
    made = messages.compose(SETTINGS, uuid4(), to, kind, language, **VALUES)
    return message_from_bytes(made.as_bytes(policy=policy.SMTP), policy=policy.default)


def body(message: EmailMessage, kind: str) -> str:
    """Its text or its HTML."""
    part = message.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


@each_kind
@for_each("language", ["ja", "en"])
def test_a_mail_is_in_the_readers_language_first_and_then_in_the_other(kind: str, language: str) -> None:
    message = composed(kind, language)
    first, second = re.split(r"^-{20}$", body(message, "plain"), flags=re.M)
    for part, written in ((first, language), (second, "en" if language == "ja" else "ja")):
        assert bool(JAPANESE.search(part)) == (written == "ja")
        assert re.search(r"[A-Za-z]{4}|[ぁ-ん]{2}", part)
    assert message["Content-Language"] == {"ja": "ja, en", "en": "en, ja"}[language]
    assert bool(JAPANESE.search(message["Subject"].partition(" / ")[0])) == (language == "ja")


@each_kind
def test_p9_a_mail_names_nobody(kind: str) -> None:
    message = composed(kind)
    for text in (message["Subject"], body(message, "plain"), body(message, "html")):
        assert "hana" not in text.lower()


@each_kind
def test_text_and_html_say_the_same(kind: str) -> None:
    message = composed(kind)
    html = re.sub(r"<head>.*?</head>|<[^>]*>", " ", body(message, "html"), flags=re.S)
    html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&#39;", "'")
    assert html.split() == body(message, "plain").replace("-" * 20, "").split()


WITHOUT_LINK = {"statement_recorded", "selection_reopened"}  # they go to a person, who has no page yet


@each_kind
def test_each_address_in_a_mail_is_the_portals_own_and_a_link(kind: str) -> None:
    message = composed(kind)
    addresses = re.findall(r"https?://\S+", body(message, "plain"))
    assert bool(addresses) != (kind in WITHOUT_LINK)
    assert all(one.startswith("https://portal.aoba.example/") for one in addresses)
    assert re.findall(r'href="([^"]+)"', body(message, "html")) == addresses


def test_what_the_operator_is_called_is_markup_for_nobody() -> None:
    message = composed("password_changed")
    assert "R&D <Aoba>" in body(message, "plain")
    assert "R&amp;D &lt;Aoba&gt;" in body(message, "html")
    assert message["From"].addresses[0].display_name == "R&D <Aoba>"


@for_each("address", ["a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "nobody", ""])
def test_an_address_cannot_add_to_the_head(address: str) -> None:
    with pytest.raises((ValueError, MessageError)):
        composed("trial", to=address)


def test_no_program_answers_it() -> None:
    assert composed("trial")["Auto-Submitted"] == "auto-generated"
