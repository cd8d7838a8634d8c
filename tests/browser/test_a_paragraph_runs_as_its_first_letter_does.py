"""What a person wrote in Arabic or Hebrew reads from the right, line by line, with Latin words and numbers in place."""

from playwright.sync_api import Page

from portal.candidates.residence import residence_name
from portal.language.i18n import speaking
from portal.settings import PROJECT
from portal.web.templates import Templates

STYLE = (PROJECT / "static" / "portal.css").read_text(encoding="utf-8")
ARABIC = "مهندس برمجيات بخبرة ٧ سنوات في Python و PostgreSQL."
WRITTEN = f"{ARABIC}\nEngineer with 7 years of Python, من القاهرة.\nأعمل في طوكيو منذ 2019."
# A resume that was imported before a beginning could be named holds no key for it.
NOTHING = dict.fromkeys(("label", "summary", "work", "education", "skills", "languages", "motivation", "wishes"))
LEFT_EDGE = """
([within, word]) => {
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(word);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + word.length);
    return range.getBoundingClientRect().left;
  }
}
"""


def shown(page: Page, person: dict[str, object]) -> None:
    """A person's background as the candidate's page has it, in its style."""
    templates = Templates(PROJECT / "templates")
    templates.filters["residence_name"] = residence_name
    with speaking("en"):
        macros = templates.get_template("candidates/_items.html").module
        markup = macros.background(NOTHING | person)  # type: ignore[attr-defined]  # a template's macro
    page.set_content(f"<!doctype html><html lang=en><style>{STYLE}</style><body>{markup}")


def in_order(page: Page, within: str, *words: str) -> bool:
    """Whether each stands to the left of the one before it."""
    edges = [page.evaluate(LEFT_EDGE, [within, word]) for word in words]
    return edges == sorted(edges, reverse=True) and len(set(edges)) == len(edges)


def test_a_summary_and_what_was_done(page: Page) -> None:
    job = {"company": "شركة الأمل", "position": "مهندس", "location": "القاهرة", "start": "2019", "end": None}
    shown(page, {"summary": WRITTEN, "work": [{**job, "summary": None, "highlights": [ARABIC]}], "motivation": WRITTEN})
    for within in ("section .prose", ".history ul li", ".facts-long .prose"):
        assert in_order(page, within, "مهندس", "سنوات", "Python", "PostgreSQL")
    assert in_order(page, "section .prose", "Python, ", "years", "Engineer")  # its own paragraph, from the left
    assert in_order(page, "section .prose", "أعمل", "2019")
    assert in_order(page, ".history .sub", "·", "مهندس")  # the parts of our own line stay in our order


def test_work_without_dates_says_nothing_of_the_present(page: Page) -> None:
    job: dict[str, object] = {"position": "clerk", "location": None, "summary": None, "highlights": []}
    shown(page, {"work": [{**job, "company": "A", "start": None, "end": None}]})
    assert "present" not in page.inner_text("body")
    shown(page, {"work": [{**job, "company": "A", "start": "2019-04", "end": None}]})
    assert "present" in page.inner_text("body")
