"""A page as a person reads it: its words, its links, and its forms with what stands in them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import cssselect2  # type: ignore[import-untyped]  # publishes no types
import httpx
from lxml import etree  # type: ignore[import-untyped]  # publishes no types

Sent = dict[str, str]
UNREAD = frozenset({"script", "style", "head", "template", "svg"})


@dataclass(frozen=True)
class Form:
    """A form and what it would send now.

    `choices` are the values that a list or radio group offers, `kinds` the types of the other fields shown.
    """

    action: str
    method: str
    values: Sent
    choices: dict[str, list[str]]
    kinds: Sent
    names: frozenset[str]

    def filled(self, given: Sent) -> Sent:
        """What is sent when a person fills in `given`; only fields and choices that the form has."""
        missing = set(given) - self.names
        assert not missing, f"the form {self.action} has no field {missing}; it has {sorted(self.names)}"
        for name, value in given.items():
            assert value in self.choices.get(name, {value}), f"{name} cannot be {value!r}: {self.choices[name]}"
        return {**self.values, **given}


class Page:
    """One answer. `status` and `path` are the last ones after redirects."""

    def __init__(self, response: httpx.Response) -> None:
        """Keep an answer; its HTML is read when somebody looks at it."""
        self.response = response
        self.status = response.status_code
        self.path = response.request.url.path

    @cached_property
    def _tree(self) -> Any:
        """The root of the page as libxml2 reads it; tests/markup shows that it reads as the standard says."""
        return etree.HTML(self.response.text or "<html></html>")

    def all(self, selector: str) -> list[Element]:
        """Every element that a CSS selector finds."""
        found = cssselect2.ElementWrapper.from_html_root(self._tree).query_all(selector)
        return [one.etree_element for one in found]

    def texts(self, selector: str) -> list[str]:
        """The words of each element that a selector finds."""
        return [words(one) for one in self.all(selector)]

    @property
    def text(self) -> str:
        """Every word on the page, blanks folded."""
        return words(self._tree)

    @property
    def title(self) -> str:
        """The page's main heading."""
        headings = self.texts("h1")
        assert len(headings) == 1, f"{self.path} has {len(headings)} main headings"
        return headings[0]

    def links(self, beginning: str = "") -> list[str]:
        """The addresses of links on this site that begin so, in their order, each once."""
        found = [one.get("href", "") for one in self.all("a[href]")]
        return list(dict.fromkeys(href for href in found if href.startswith(beginning or "/")))

    def link(self, said: str) -> str:
        """The address of the one link with these words."""
        found = {one.get("href", "") for one in self.all("a[href]") if said in words(one)}
        assert len(found) == 1, f"{len(found)} links say {said!r}: {self.text[:500]}"
        return found.pop()

    def forms(self) -> list[Form]:
        """Every form of the page."""
        return [_form(one, self.path) for one in self.all("form")]

    def form(self, action: str) -> Form:
        """The one form that is sent to this path."""
        found = [one for one in self.forms() if one.action == action]
        assert len(found) == 1, f"{len(found)} forms go to {action}: {[one.action for one in self.forms()]}"
        return found[0]


def words(element: Element) -> str:
    """The words inside an element as they read, without scripts and pictures."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in UNREAD:
            pieces += _pieces(child)
        pieces += [" " if child.tag != "span" else "", child.tail or ""]
    return pieces


def _form(element: Element, path: str) -> Form:
    values: Sent = {}
    choices: dict[str, list[str]] = {}
    kinds: Sent = {}
    names = set()
    for field in element.iter():
        name = field.get("name")
        if name is None or field.tag not in ("input", "select", "textarea", "button"):
            continue
        names.add(name)
        if field.tag == "select":
            offered = [(one.get("value", words(one)), one) for one in field.iter("option")]
            choices[name] = [value for value, _option in offered]
            chosen = [value for value, one in offered if one.get("selected") is not None]
            values[name] = (chosen or [value for value, _option in offered] or [""])[0]
        elif field.tag == "textarea":
            values[name] = (field.text or "").removeprefix("\n")
            kinds[name] = "textarea"
        elif field.get("type") in ("radio", "checkbox"):
            choices.setdefault(name, []).append(field.get("value", "on"))
            if field.get("checked") is not None:
                values[name] = field.get("value", "on")
        elif field.tag == "input":
            values[name] = field.get("value", "")
            kinds[name] = field.get("inputmode", field.get("type", "text"))
    return Form(
        action=urljoin(path, element.get("action", path)),
        method=element.get("method", "get").lower(),
        values=values,
        choices=choices,
        kinds={name: kind for name, kind in kinds.items() if kind != "hidden"},
        names=frozenset(names),
    )
