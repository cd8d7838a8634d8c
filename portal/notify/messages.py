"""The mail itself: from a kind and a language to subject, text and HTML.

Promise (P9): a mail holds the portal's name, what to do and a link; no name, no company, nothing about a candidate.
What is written is one of the templates in `templates/email`, in the reader's language and below it in the other.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache
from typing import Any
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.language import formats, i18n
from portal.settings import PROJECT, Settings

DOTTED = re.compile(r"[A-Za-z0-9_.+-]+")


@dataclass(frozen=True, slots=True)
class Written:
    """One language of a mail: its subject, and its paragraphs in their order."""

    language: str
    subject: str
    paragraphs: tuple[str, ...]


@cache
def _environment(*, escaped: bool) -> Environment:
    made = Environment(
        loader=FileSystemLoader(PROJECT / "templates" / "email"),
        autoescape=escaped,  # noqa: S701 - the words of a mail are text; the layout they are put into escapes them
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.filters["moment"] = formats.moment
    return made


def written(kind: str, language: str, values: dict[str, Any]) -> Written:
    """A kind of mail in one language. Raises TemplateNotFound for a kind that has no words."""
    with i18n.speaking(language):
        template = _environment(escaped=False).get_template(f"{kind}.txt")
        said = template.new_context(values)
        subject = " ".join("".join(template.blocks["subject"](said)).split())
        body = "".join(template.blocks["body"](said))
    paragraphs = (" ".join(part.split()) for part in body.split("\n\n"))
    return Written(language, subject, tuple(part for part in paragraphs if part))


def languages(first: str) -> tuple[str, ...]:
    """The languages of a mail, the reader's own first."""
    return (first, *(each for each in i18n.PORTAL_LANGUAGES if each != first))


def compose(settings: Settings, mail: UUID, to: str, kind: str, language: str, **values: Any) -> EmailMessage:
    """A whole mail. The same id gives the same Message-ID, so that a mailbox may know a repetition.

    `values` are those of its kind: `secret` of a link, `code`, `until` when they are good. Raises ValueError and
    MessageError for an address that cannot be written.
    """
    local, at, domain = to.rpartition("@")
    if not at:
        raise ValueError("not an address")
    shared = {
        "portal": "Shokai",
        "operator": settings.operator_name,
        "contact": settings.operator_email,
        "base_url": settings.base_url,
        **values,
    }
    secret = values.get("secret", "")
    parts = [written(kind, each, {**shared, "link": link(settings, secret, each)}) for each in languages(language)]
    message = EmailMessage()
    message["Subject"] = f"[{shared['portal']}] " + " / ".join(part.subject for part in parts)
    message["From"] = Address(display_name=settings.operator_name, addr_spec=settings.mail_from)
    # Those of old Japanese telephones have dots where a whole address may have none, and pass in parts.
    dotted = DOTTED.fullmatch(local) is not None
    message["To"] = Address(username=local, domain=domain) if dotted else Address(addr_spec=to)
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = f"<{mail}@{settings.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_text(parts))
    message.add_alternative(_html(parts, settings.base_url), subtype="html")
    message["Content-Language"] = ", ".join(part.language for part in parts)
    return message


def link(settings: Settings, secret: str, language: str) -> str:
    """The address of a personal link, for a reader of this language. What stands after the # leaves no browser."""
    return f"{settings.base_url}/link?lang={language}#{secret}"


def _text(parts: list[Written]) -> str:
    return f"\n\n{'-' * 20}\n\n".join("\n\n".join(part.paragraphs) for part in parts) + "\n"


def _html(parts: list[Written], base_url: str) -> str:
    """The same paragraphs; one that is an address of ours is a link."""
    layout = _environment(escaped=True).get_template("layout.html")
    return layout.render(parts=parts, is_link=lambda paragraph: paragraph.startswith(f"{base_url}/"))
