"""The documents about themselves: what a link leads to is there, and each decision stands in the list, in its order."""

import re
from pathlib import Path

from portal.settings import PROJECT
from tests.each import for_each

PAGES = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)\s]*)?\)")


@for_each("page", PAGES)
def test_what_a_link_leads_to_is_there(page: Path) -> None:
    led = LINK.findall(page.read_text(encoding="utf-8"))
    assert [one for one in led if not (page.parent / one).exists()] == []


def test_each_decision_stands_in_the_list_once_and_in_its_order() -> None:
    folder = PROJECT / "docs/decisions"
    listed = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert [one for one in listed if re.match(r"\d{4}-", one)] == sorted(one.name for one in folder.glob("[0-9]*.md"))
