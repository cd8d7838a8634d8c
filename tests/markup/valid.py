"""What is wrong with a page's markup: what the HTML standard's own parser says, and rules that no parser knows."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from lxml import etree  # type: ignore[import-untyped]  # publishes no types
from tinyhtml5 import inputstream  # type: ignore[import-untyped]  # publishes no types
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]  # publishes no types

REFERRING = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "headers",
    "popovertarget",
    "form",
)
# What an element is without a role; saying it again is redundant.
IMPLICIT = {
    "a": {"link"}, "article": {"article"}, "aside": {"complementary"}, "button": {"button"}, "dialog": {"dialog"},
    "fieldset": {"group"}, "footer": {"contentinfo"}, "form": {"form"}, "header": {"banner"}, "hr": {"separator"},
    "img": {"img"}, "li": {"listitem"}, "main": {"main"}, "nav": {"navigation"}, "ol": {"list"}, "option": {"option"},
    "output": {"status"}, "progress": {"progressbar"}, "section": {"region"}, "select": {"combobox", "listbox"},
    "table": {"table"}, "tbody": {"rowgroup"}, "td": {"cell"}, "textarea": {"textbox"}, "tfoot": {"rowgroup"},
    "th": {"columnheader", "rowheader"}, "thead": {"rowgroup"}, "tr": {"row"}, "ul": {"list"},
    **{f"h{level}": {"heading"} for level in range(1, 7)},
}  # fmt: skip
OWNERS = {
    "row": {"table", "grid", "rowgroup", "treegrid"}, "cell": {"row"}, "columnheader": {"row"}, "rowheader": {"row"},
    "rowgroup": {"table", "grid", "treegrid"}, "listitem": {"list"}, "option": {"listbox"}, "tab": {"tablist"},
    "menuitem": {"menu", "menubar"},
}  # fmt: skip
PHRASING = frozenset(
    "a abbr audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img input ins kbd"  # noqa: SIM905 - to be read
    " label link map mark meta meter noscript object output picture progress q ruby rp rt s samp script select slot"
    " small span strong sub sup svg template textarea time u var video wbr".split()
)
HOLD_PHRASING = frozenset(
    "abbr b bdi bdo button cite code data em h1 h2 h3 h4 h5 h6 i kbd label legend mark meter output p pre progress q"  # noqa: SIM905 - to be read
    " s samp small span strong sub sup time u var".split()
)
CHILDREN = {
    "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"}, "tr": {"td", "th"},
    "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"}, "select": {"option", "optgroup", "hr"}, "optgroup": {"option"},
}  # fmt: skip
INTERACTIVE = frozenset({"a", "button", "details", "embed", "iframe", "input", "label", "select", "textarea"})
NAMELESS = frozenset({"b", "code", "div", "em", "i", "p", "pre", "small", "span", "strong", "sub", "sup", "dd", "dt"})
WORDED = frozenset({"a", "button", "summary", "th", "h1", "h2", "h3"})
TYPED = frozenset({"submit", "button", "reset"})
UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
LONGEST_DESCRIPTION = 160
VALUELESS = re.compile(r"[>\s]None\s*<|=\"None\"")  # what a template writes for a value that is not there
NOT_TYPED = frozenset({"hidden", "submit", "button", "reset", "image", "file"})
CHANGING = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]{86}==")  # ids of rows, and tokens of forms
ELSEWHERE = ("formaction", "formmethod", "formnovalidate", "name", "disabled")  # what makes a button another act


class _Patterns(dict[tuple[frozenset[str], bool], "re.Pattern[str]"]):
    """What the parser means to keep and files under the wrong key: a third of its time is writing patterns anew."""

    def __missing__(self, key: tuple[frozenset[str], bool]) -> "re.Pattern[str]":
        characters, those = key
        letters = "".join(f"\\x{ord(one):02x}" for one in characters)
        pattern = re.compile(f"[{letters if those else '^' + letters}]+")
        return self.setdefault(key, pattern)


inputstream.characters_until_regex = _Patterns()
_READ: dict[str, list[str]] = {}


def problems(markup: str) -> list[str]:
    """What is wrong with one whole page, a line each; empty when nothing is.

    Pages that differ in ids of rows and tokens of forms alone are read once: most pages of the tests are the same few.
    """
    names: dict[str, str] = {}
    alike = CHANGING.sub(lambda found: names.setdefault(found[0], f"id {len(names)}"), markup)
    if alike not in _READ:
        _READ[alike] = _read(markup)
    return _READ[alike]


def _read(markup: str) -> list[str]:
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(markup)
    found = ['"None" is no word of ours'] if VALUELESS.search(markup) else []
    found += [f"the parser at line {place[0]}: {code} {values or ''}".strip() for place, code, values in parser.errors]
    for rule in RULES:
        found += rule(root)
    if not found and _tree(root) != _tree(etree.HTML(markup)):
        found = ["libxml2, by which the journeys read pages, reads it otherwise than the standard says"]
    return sorted(set(found))


def _tree(element: Any) -> list[object]:
    """An element and what is in it, as both parsers give it; libxml2 writes `open` as `open="open"`, and `viewBox` of a
    drawing without its capital, which the standard's own parser puts back."""
    named = {key.rpartition("}")[2].lower(): "" if value == key else value for key, value in element.attrib.items()}
    texts = [(text or "").strip() for text in (element.text, element.tail)]
    return [_name(element), named, texts, [_tree(child) for child in element]]


def _elements(root: Element) -> Iterator[Element]:
    """Every element; what is drawn inside an SVG is none of HTML's."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if name := _name(one):
            yield one
            if name != "svg":
                waiting.extend(reversed(one))


def _name(element: Element) -> str:
    """What an element is; nothing for a comment."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _shown(element: Element) -> str:
    kept = [f'{key}="{element.get(key)}"' for key in ("id", "class", "name", "href") if element.get(key)]
    return f"<{' '.join([_name(element), *kept[:2]])}>"


def _has_text(element: Element) -> bool:
    return bool("".join(element.itertext()).strip())


def _head(root: Element) -> list[str]:
    """A page says its language, its title, what it is, and has one main heading."""
    named = {one.get("name"): one.get("content", "") for one in root.iter("meta")}
    description = named.get("description", "").strip()
    found = [] if root.get("lang") else ["<html> has no lang"]
    if not any(_has_text(one) for one in root.iter("title")):
        found.append("no <title>")
    if not description:
        found.append('no <meta name="description">')
    elif len(description) > LONGEST_DESCRIPTION:
        found.append(f"the description has {len(description)} characters")
    headings = sum(1 for _ in root.iter("h1"))
    return found if headings == 1 else [*found, f"{headings} <h1>"]


def _ids(root: Element) -> list[str]:
    """An id is there once, and what refers to one finds it."""
    ids = Counter(one.get("id", "") for one in _elements(root) if "id" in one.attrib)
    found = [f'id="{one}" {times} times' for one, times in ids.items() if times > 1]
    found += [f"an id with a blank or none: {one!r}" for one in ids if not one or any(map(str.isspace, one))]
    for one in _elements(root):
        referred = [(key, name) for key in REFERRING for name in (one.get(key) or "").split()]
        if one.tag == "a" and (one.get("href") or "").startswith("#"):
            referred.append(("href", one.get("href", "")[1:]))
        found += [f"{_shown(one)}: {key} leads to no id {name!r}" for key, name in referred if name not in ids]
    return found


def _roles(root: Element) -> list[str]:
    """A role says what the element is not already, and stands where it may: a row inside a table."""
    found = []
    above = {child: parent for parent in root.iter() for child in parent}
    for one in _elements(root):
        role = one.get("role")
        if role is None:
            continue
        if role in IMPLICIT.get(_name(one), ()):
            found.append(f'{_shown(one)}: role="{role}" is redundant')
        parent = above.get(one)
        if role in OWNERS and parent is not None and not _roles_of(parent) & OWNERS[role]:
            found.append(f'{_shown(one)}: role="{role}" outside of its owner')
    return found


def _roles_of(element: Element) -> set[str]:
    role = element.get("role")
    return {role} if role else IMPLICIT.get(_name(element), set())


def _controls(root: Element) -> list[str]:
    """A button says what it does when it is pressed, and whoever cannot see a field or picture is told what it is."""
    found = []
    labelled = {one.get("for") for one in root.iter("label")}
    inside = {child for label in root.iter("label") for child in label.iter()}
    for one in _elements(root):
        name = _name(one)
        said = one.get("aria-label") or one.get("aria-labelledby") or one.get("title")
        if name == "button" and one.get("type") not in TYPED:
            found.append(f"{_shown(one)}: no type")
        if name in ("a", "button", "summary", "th", "h1", "h2", "h3") and not (
            _has_text(one) or said or _pictured(one)
        ):
            found.append(f"{_shown(one)}: no words")
        if name == "img" and "alt" not in one.attrib:
            found.append(f"{_shown(one)}: no alt")
        if name == "iframe" and not said:
            found.append(f"{_shown(one)}: no title")
        field = name in ("select", "textarea") or (name == "input" and one.get("type") not in UNLABELLED)
        unseen = one.get("aria-hidden") == "true" and one.get("tabindex") == "-1"  # for the browser's password manager
        if field and not said and not unseen and one not in inside and one.get("id") not in labelled:
            found.append(f"{_shown(one)}: no label")
        if said == one.get("aria-label") and said and name in NAMELESS and not one.get("role"):
            found.append(f"{_shown(one)}: aria-label on what has no role")
    return found


def _pictured(element: Element) -> bool:
    return any(image.get("alt") for image in element.iter("img"))


def _nesting(root: Element) -> list[str]:
    """Where an element may stand, which the parser puts up with and the standard does not allow."""
    found = []
    for one in _elements(root):
        name = _name(one)
        children = [name_of for name_of in map(_name, one) if name_of]
        allowed = CHILDREN.get(name, PHRASING if name in HOLD_PHRASING else None)
        if allowed is not None:
            found += [f"{_shown(one)}: <{child}> may not stand in it" for child in children if child not in allowed]
        if name in ("a", "button"):
            within = {_name(each) for each in one.iter() if each is not one}
            found += [f"{_shown(one)}: <{each}> may not stand in it" for each in within & INTERACTIVE]
        if (
            name == "select"
            and "required" in one.attrib
            and next((each.get("value") for each in one.iter("option")), None)
        ):
            found.append(f"{_shown(one)}: required, and its first choice is one already")
        if name in ("fieldset", "details"):
            first = {"fieldset": "legend", "details": "summary"}[name]
            found += [f"{_shown(one)}: does not begin with <{first}>"] if children[:1] != [first] else []
    return found


def _enter(root: Element) -> list[str]:
    """Enter in a field presses the first submit button of its form, which must do what the form is for."""
    found = []
    pressed: dict[int, Element] = {}
    typed: dict[int, Element] = {}
    forms = {one.get("id"): one for one in root.iter("form")}
    for one, form in _owned(root, forms):
        if _name(one) == "button" and one.get("type") == "submit":
            pressed.setdefault(id(form), one)
        elif _name(one) == "input" and one.get("type", "text") not in NOT_TYPED:
            typed.setdefault(id(form), one)
    for form in root.iter("form"):
        first = pressed.get(id(form))
        if id(form) not in typed:
            continue
        if first is None:
            found.append(f"{_shown(form)}: Enter in {_shown(typed[id(form)])} presses nothing")
        elif apart := [key for key in ELSEWHERE if key in first.attrib]:
            found.append(f"{_shown(form)}: Enter presses {_shown(first)}, which has {', '.join(apart)}")
    return found


def _owned(root: Element, forms: dict[str | None, Element]) -> Iterator[tuple[Element, Element]]:
    """Every button and field of a form, with the form that it belongs to, in the order of the page."""
    above = {child: parent for parent in root.iter() for child in parent}
    for one in root.iter():
        if _name(one) not in ("button", "input"):
            continue
        form: Element | None = forms.get(one.get("form")) if one.get("form") else one
        while form is not None and _name(form) != "form":
            form = above.get(form)
        if form is not None:
            yield one, form


RULES: tuple[Callable[[Element], list[str]], ...] = (_head, _ids, _roles, _controls, _nesting, _enter)
