"""P2 on paper: every printed page says who was shown it, a candidate's the receipt number too, and none is wasted."""

import re
import subprocess
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

pytestmark = pytest.mark.whole_browser  # with what prints for people
SHORT = {"width": "210mm", "height": "130mm"}  # so that everything needs several pages


def on_paper(page: Page, **size: str) -> str:
    """Every line that comes out of a printer, pages apart by a form feed."""
    command = ["pdftotext", "-raw", "-", "-"]
    read = subprocess.run(command, input=page.pdf(**size), capture_output=True, check=True)  # type: ignore[arg-type]
    return read.stdout.decode().removesuffix("\f")


def printed(page: Page) -> list[str]:
    """The words of each page that comes out of a printer, blanks folded."""
    return [" ".join(one.split()) for one in on_paper(page, **SHORT).split("\f")]


def unbroken(words: str) -> str:
    """Words without their blanks, so that it does not matter where a line ends."""
    return "".join(words.split())


@pytest.mark.parametrize(
    ("role", "path", "first"),
    [
        ("recruiter", "/candidates", ".row-link"), ("compliance", "/log", ".row-link"),
        ("administrator", "/accounts", "tbody th b"), ("account_manager", "/introductions", ".row-link"),
    ],
)  # fmt: skip
def test_a_list_begins_on_its_first_page(
    site: Site, sign_in: Callable[[str], Page], role: str, path: str, first: str
) -> None:
    page = sign_in(role)
    for _look in range(8 if path == "/log" else 0):  # each is an entry, and the log shall take several sheets
        page.request.get(site.address + path)
    page.goto(site.address + path)
    words = page.locator(first).first.inner_text()
    pages = printed(page)
    assert words in pages[0]
    account = site.account(role)
    for one in pages:
        assert f"Shown to {account.display_name}, " in one
    assert len(pages) > 1 or role != "compliance"


@pytest.mark.parametrize("name", ["linh", "aung"])
def test_a_candidates_page_carries_its_reader_and_its_receipt_number_on_each_page(
    site: Site, sign_in: Callable[[str], Page], name: str
) -> None:
    page = sign_in("recruiter")
    page.goto(site.address + site.people[name].page)
    receipt = page.locator(".recorded .code").inner_text()
    headings = tuple(" ".join(one.split()) for one in page.locator("main :is(h1, h2, h3)").all_inner_texts() if one)
    pages = printed(page)
    assert site.people[name].name in pages[0]
    assert len(pages) > 1
    for number, one in enumerate(pages, 1):
        assert "Shown to Hana, Aoba Foods, on " in one
        assert f"Receipt number {receipt}" in one
        assert f"{number} / {len(pages)}" in one
        assert one.count("Shown to") == 1
        assert not one.partition("Shown to")[0].rstrip().endswith(headings), "a heading stands alone at a sheet's end"


def test_contact_details_that_were_shown_are_printed_with_the_receipt_of_showing_them(
    site: Site, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in("recruiter")
    linh = site.people["linh"]
    page.goto(site.address + linh.page)
    assert "Contact" not in " ".join(printed(page))
    page.get_by_role("button", name="Show contact details").click()
    expect(page.locator("#contact")).to_contain_text(str(linh.candidate.items["email"]))
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")  # it is drawn
    words = unbroken(" ".join(printed(page)))
    assert str(linh.candidate.items["email"]) in words
    shown = page.locator("#contact .code").inner_text()
    assert set(re.findall(r"Receiptnumber([0-9a-f-]{36})", words)) > {shown}


def test_an_address_that_has_room_on_the_paper_stands_in_one_line(site: Site, sign_in: Callable[[str], Page]) -> None:
    long = "somebody-with-a-long-name@recruiting.person.example"
    page = sign_in("recruiter")
    page.goto(site.address + site.people["linh"].page)
    page.get_by_role("button", name="Show contact details").click()
    page.locator("#contact a").first.evaluate("(link, said) => { link.textContent = said; }", long)
    assert long in [line.strip() for line in on_paper(page, format="A4").splitlines()]
