"""Each rule finds the fault that it is for, and nothing on a page without one."""

from tests.each import for_each
from tests.markup.valid import problems

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="description" content="A page.">'
    "<title>Page</title></head><body><h1>Page</h1>%s</body></html>"
)


@for_each(
    "markup",
    [
        '<button type="submit">Go</button>',
        '<input name="username" tabindex="-1" aria-hidden="true">',
        '<label for="a">A</label><input id="a"><label><input> B</label><input aria-label="C">',
        '<table><caption>T</caption><thead><tr><th scope="col">A</th></tr></thead><tbody></tbody></table>',
        '<dl><div><dt>A</dt><dd>1</dd></div></dl><p role="status">Two</p><svg><use href="#x"></use></svg>',
        '<details><summary>More</summary><p>It.</p></details><a href="#b">b</a><p id="b">B</p>',
        '<button type="submit" form="f" hidden>A</button><button type="submit" form="f" formaction="/b">B</button>'
        '<form id="f"><input aria-label="a"><button type="submit">C</button></form>',
    ],
)
def test_a_page_without_a_fault_has_none(markup: str) -> None:
    assert problems(PAGE % markup) == []


@for_each(
    ("markup", "said"),
    [
        ("<p><div>x</div></p>", "unexpected-end-tag"),
        ('<p id="a" id="b">x</p>', "duplicate-attribute"),
        ("<button>Go</button>", "no type"),
        ('<button type="submit"></button>', "no words"),
        ('<p id="a">x</p><p id="a">y</p>', '"a" 2 times'),
        ('<label for="nobody">A</label>', "leads to no id"),
        ('<a href="#nobody">A</a>', "leads to no id"),
        ("<input>", "no label"),
        ('<input aria-hidden="true">', "no label"),
        ('<img src="a.png">', "no alt"),
        ("<iframe></iframe>", "no title"),
        ('<table role="table"><tbody><tr><td>1</td></tr></tbody></table>', "redundant"),
        ('<table><tbody role="rowgroup"><tr role="row"><td role="cell">1</td></tr></tbody></table>', "redundant"),
        ('<div role="row">x</div>', "outside of its owner"),
        ("<span><div>x</div></span>", "<div> may not stand in it"),
        ("<ul><p>x</p></ul>", "<p> may not stand in it"),
        ('<a href="/"><button type="button">x</button></a>', "<button> may not stand in it"),
        ('<div aria-label="x">y</div>', "no role"),
        ('<select aria-label="x" required><option value="a">A</option></select>', "its first choice"),
        ("<fieldset><p>x</p></fieldset>", "does not begin with <legend>"),
        ("<h1>Another</h1>", "2 <h1>"),
        ("<p>Recorded by <span>None</span></p>", "no word of ours"),
        ("<p>Recorded · None</p>", "no word of ours"),
        ('<form><input aria-label="a"></form>', "presses nothing"),
        ('<form><input aria-label="a"><button type="button">A</button></form>', "presses nothing"),
        (
            '<button type="submit" form="f" formaction="/b">B</button>'
            '<form id="f"><input aria-label="a"><button type="submit">C</button></form>',
            "which has formaction",
        ),
        ('<form><input aria-label="a"><button type="submit" name="b">B</button></form>', "has name"),
    ],
)
def test_a_fault_is_found(markup: str, said: str) -> None:
    assert any(said in line for line in problems(PAGE % markup)), problems(PAGE % markup)


@for_each(
    ("there", "instead", "said"),
    [
        (' lang="en"', "", "no lang"),
        ("<title>Page</title>", "", "no <title>"),
        ('<meta name="description" content="A page.">', "", "description"),
        ('content="A page."', f'content="{"x" * 200}"', "200 characters"),
        ("<!DOCTYPE html>", "", "doctype"),
    ],
)
def test_a_head_without_what_it_needs_is_found(there: str, instead: str, said: str) -> None:
    page = (PAGE % "").replace(there, instead)
    assert any(said in line for line in problems(page)), problems(page)
