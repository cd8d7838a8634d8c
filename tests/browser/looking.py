"""What is noticed while a page is open: violations found by axe, errors in the console, requests to other hosts."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

# Chromium shows a PDF in an extension that it brings along, which reads its own files: it asks no host for them.
VIEWER = ("chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/", "chrome://resources/")
HTMX_NOTE = "htmx-current-path-for-history"
OF_TABLES = "table, tr, th, [role=table], [role=row], [role=columnheader], [role=rowheader]"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe() -> str:
    """The source of axe-core."""
    return (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")


@dataclass
class Noticed:
    """Everything that went wrong in a browser page since it was watched."""

    host: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        """Keep errors and warnings; that a page does not exist, or a form was wrong, is no error of the page."""
        answered = any(f"status of {code}" in message.text for code in (404, 422))
        if message.type in ("error", "warning") and not answered:
            self.errors.append(message.text)

    def forget(self) -> None:
        """Begin anew, for another address in the same page."""
        self.errors.clear()
        self.elsewhere.clear()

    def request(self, request: Request) -> None:
        """Keep requests to any host but ours."""
        parts = urlsplit(request.url)
        if request.url.startswith(VIEWER):
            return
        if parts.scheme not in ("data", "blob", "about", "chrome-error") and parts.netloc != self.host:
            self.elsewhere.append(request.url)


def watch(page: Page, address: str) -> Noticed:
    """Notice from now on."""
    noticed = Noticed(urlsplit(address).netloc)
    page.on("console", noticed.console)
    page.on("pageerror", lambda error: noticed.errors.append(str(error)))
    page.on("request", noticed.request)
    return noticed


def let_no_script_arrive(page: Page) -> None:
    """Each script is lost on its way. The browser does so itself: asked about each request, it would keep no file."""
    browser = page.context.new_cdp_session(page)
    browser.send("Network.enable")
    browser.send("Network.setBlockedURLs", {"urls": ["*.js*"]})


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page as it is now, by all of RULES or by a few named ones; empty when it is clean."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    options = json.dumps({"runOnly": only, "resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run(document, {options}).then(result => result.violations)")
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node['any'][0]['message'] if node['any'] else ''}"
        for one in found
        for node in one["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when it does not."""
    script = """() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1)
            .map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right)).slice(0, 8);
    }"""
    found: list[str] = page.evaluate(script)
    return found


def broken_tables(page: Page) -> list[str]:
    """Tables that assistive technology does not find as such, and rows without a cell for each of their columns.

    A table that is folded away is looked at unfolded. A heading over two columns stands for both.
    """
    if not page.evaluate(f"() => document.querySelector('{OF_TABLES}') !== null"):
        return []  # where nothing is a table, what looks for roles is not even sent
    page.evaluate("() => document.querySelectorAll('details:has(table)').forEach(one => { one.open = true; })")
    script = """() => [...document.querySelectorAll('tbody tr')].filter(row =>
        [...row.cells].filter(cell => cell.checkVisibility()).length
            !== [...row.closest('table').querySelectorAll('thead th')].reduce((sum, one) => sum + one.colSpan, 0)
    ).map(row => row.textContent.replace(/\\s+/g, ' ').slice(0, 60))"""
    found: list[str] = page.evaluate(script)
    for role, elements in (("table", "table"), ("row", "tr"), ("columnheader", "thead th"), ("rowheader", "tbody th")):
        said, there = page.get_by_role(role).count(), page.locator(elements).count()  # type: ignore[arg-type]
        found += [] if said == there else [f"{there} <{elements}>, but {said} {role}"]
    return found


def kept_in_the_browser(page: Page) -> dict[str, str]:
    """What is in the browser's storage, but for the address of this very page, which htmx 2 always notes there."""
    kept: dict[str, str] = page.evaluate("() => ({...localStorage, ...sessionStorage})")
    here: str = page.evaluate("() => location.pathname + location.search")
    return {key: value for key, value in kept.items() if (key, value) != (HTMX_NOTE, here)}
