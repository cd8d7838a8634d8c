"""docs/adding-a-page.md walks through a page that is there: what it quotes stands in the files, and none is missing."""

import re

from portal.settings import PROJECT
from portal.web import fields
from tests.each import for_each
from tests.routes import routes

WALK = (PROJECT / "docs/adding-a-page.md").read_text(encoding="utf-8")
LISTED = re.findall(r"^\| `([^`]+)` \|", WALK.partition("\n## ")[0], re.MULTILINE)
QUOTED = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", WALK, re.MULTILINE | re.DOTALL)


def test_the_walk_has_as_many_files_as_it_says() -> None:
    assert "Eight files" in WALK
    assert len(LISTED) == len(set(LISTED)) == 8
    assert all((PROJECT / path).is_file() for path in LISTED)


def test_each_quoted_file_is_listed_and_each_of_code_is_quoted() -> None:
    assert {path for path, _quoted in QUOTED} == {path for path in LISTED if not path.endswith(".po")}


@for_each(("path", "quoted"), QUOTED)
def test_what_is_quoted_stands_in_the_file(path: str, quoted: str) -> None:
    text = (PROJECT / path).read_text(encoding="utf-8")
    if path == "tests/matrix/expected.py":
        assert all(re.search(rf"^{re.escape(line)} ", text, re.MULTILINE) for line in quoted.splitlines())
    else:
        assert quoted in text


def test_the_page_is_served_to_those_whom_the_walk_names() -> None:
    new = [handler for path, handler in routes() if path == "/companies/new"]
    assert {"GET", "POST"} <= {
        str(getattr(one, "value", one)) for handler in new for one in getattr(handler, "http_methods", ())
    }


def test_every_kind_of_field_is_named() -> None:
    kinds = re.search(r"Kinds there are: (.*?)\. `N_`", WALK, re.DOTALL)
    assert kinds
    named = set(re.findall(r"`(\w+)`", kinds[1]))
    made = {name for name, one in vars(fields).items() if getattr(one, "__module__", "") == fields.__name__}
    assert named == {name for name in made if name[0] != "_"} - {"countries", "path"}
