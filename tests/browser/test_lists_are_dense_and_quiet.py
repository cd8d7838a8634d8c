"""Who works in a list all day sees fifteen people at once on a desk, and in it only the unusual stands out."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.browser.site import Site

DESK: ViewportSize = {"width": 1280, "height": 900}
# Where the first row begins, how high the highest is, and which levels take more than one line.
MEASURED = """() => {
    const rows = [...document.querySelectorAll("#results tbody tr")].map((one) => one.getBoundingClientRect());
    const lines = (cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return new Set([...range.getClientRects()].map((line) => line.top)).size;
    };
    const levels = [...document.querySelectorAll("#results td")].filter((one) => /^\\s*JLPT/.test(one.textContent));
    return {
        top: rows[0].top, height: Math.max(...rows.map((one) => one.height)),
        levels: levels.length, wrapped: levels.filter((one) => lines(one) > 1).length,
    };
}"""
GROUNDS = """() => [...document.querySelectorAll("#results .badge")].filter((one) =>
    getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)").map((one) => one.textContent.trim())"""


def at(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], role: str, path: str, language: str = "en"
) -> Page:
    """A list on a desk."""
    context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
    page = sign_in(role)
    page.set_viewport_size(DESK)
    page.goto(site.address + path)
    return page


@pytest.mark.whole_browser  # it takes the font that people see where one lacks a sign, and rows are as high
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("role", "path"), [("recruiter", "/candidates"), ("account_manager", "/introductions")])
def test_fifteen_rows_can_be_seen_at_once_and_no_level_takes_two_lines(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], role: str, path: str, language: str
) -> None:
    measured = at(site, context, sign_in, role, path, language).evaluate(MEASURED)
    assert (DESK["height"] - measured["top"]) / measured["height"] >= 15, measured
    assert (measured["levels"] > 0, measured["wrapped"]) == (role == "recruiter", 0)
    assert measured["height"] <= 44.1, "a name of a status of residence, a position or a person takes three lines"


CARDS = """() => [...document.querySelectorAll("#results tbody tr")].map((one) => [
    one.getBoundingClientRect().height,
    [...one.querySelectorAll("td")].filter((cell) => cell.checkVisibility()
        && !["none", "normal"].includes(getComputedStyle(cell, "::before").content)).length,
])"""


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_card_on_a_phone_is_a_few_lines_with_few_labels(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], language: str
) -> None:
    page = at(site, context, sign_in, "recruiter", "/candidates", language)
    page.set_viewport_size({"width": 390, "height": 844})
    cards = page.evaluate(CARDS)
    assert len(cards) == 3
    for height, labels in cards:
        assert height <= 140
        assert labels <= 2


def test_what_can_be_done_to_an_account_takes_one_line(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page]
) -> None:
    page = at(site, context, sign_in, "administrator", "/accounts")
    before = page.evaluate(MEASURED)["height"]
    assert before <= 45
    page.locator("details summary", has_text="Suspend").first.click()
    assert page.locator("input[name=reason]").first.is_visible()
    assert page.evaluate(MEASURED)["height"] == before


def test_a_log_marks_what_was_refused_and_nothing_else(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page]
) -> None:
    page = at(site, context, sign_in, "recruiter", site.people["hao"].page)
    assert page.title().startswith("This page does not exist")
    page = at(site, context, sign_in, "compliance", "/log")
    assert set(page.evaluate(GROUNDS)) == {"Refused"}
    page = at(site, context, sign_in, "account_manager", "/introductions")
    assert set(page.evaluate(GROUNDS)) == {"Blocked"}


def test_a_choice_that_is_not_chosen_does_not_look_disabled_in_the_dark(
    site: Site, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in("recruiter")
    page.emulate_media(color_scheme="dark")
    page.goto(site.address + site.people["linh"].page)
    page.locator("#outcome summary").first.click()
    choice = page.locator("input[name=result]").first
    with Image.open(BytesIO(choice.screenshot())) as picture:
        wide, high, drawn = *picture.size, picture.convert("RGB").tobytes()
    pixels = [(drawn[at], drawn[at + 1], drawn[at + 2]) for at in range(0, len(drawn), 3)]
    paper, middle = pixels[0], pixels[high // 2 * wide + wide // 2]
    assert max(contrast(one, paper) for one in set(pixels)) >= 7
    assert contrast(middle, paper) < 1.1


LETTERS_OF_A_LINE = """() => {
    const said = [...document.querySelectorAll("#resume .files .sub")].at(-1), range = document.createRange();
    range.selectNodeContents(said);
    const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size;
    return said.textContent.trim().length / lines;
}"""


@pytest.mark.parametrize(("language", "letters"), [("ja", 12), ("en", 24)])
def test_what_is_said_of_the_original_has_room(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], language: str, letters: int
) -> None:
    page = at(site, context, sign_in, "recruiter", site.people["linh"].page, language)
    for size in (DESK, ViewportSize(width=390, height=844)):
        page.set_viewport_size(size)
        assert page.evaluate(LETTERS_OF_A_LINE) >= letters


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The ratio of WCAG 2.2 between two colours."""
    light = sorted((luminance(one), luminance(other)))
    return (light[1] + 0.05) / (light[0] + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    """The relative luminance of red, green and blue from 0 to 255."""
    parts = [one / 255 for one in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
