"""P10: personal tables are read in one place. What shows, counts or sends asks the gate instead."""

import re
from pathlib import Path

import pytest

from portal.settings import PROJECT

PORTAL = PROJECT / "portal"
# The gate itself, what puts data in as the owner, and the tables' own definition.
ALLOWED = re.compile(r"\w+/gate/|intake/|migrations/")
SOURCES = [path for path in sorted(PORTAL.rglob("*")) if path.suffix in (".py", ".sql")]
OUTSIDE = [path for path in SOURCES if not ALLOWED.match(path.relative_to(PORTAL).as_posix())]
PERSONAL = re.compile(r"\bpersonal\.\w+")
PERSONAL_TABLE = re.compile(r"class (\w+)\(Table[^)]*schema=\"personal\"")
WRITES = re.compile(
    r"\b(insert into|update|delete from|truncate)\s+(accesslog\.(?!(?:action|fact|reason)\b)|personal\.)", re.I
)


def name(path: Path) -> str:
    """A file as it is called in the project."""
    return path.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("path", OUTSIDE, ids=name)
def test_p10_no_sql_outside_the_gate_names_a_personal_table(path: Path) -> None:
    assert PERSONAL.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", OUTSIDE, ids=name)
def test_p10_no_query_outside_the_gate_uses_a_personal_table(path: Path) -> None:
    if path.name == "tables.py":
        return
    tables = {found for source in PORTAL.rglob("tables.py") for found in PERSONAL_TABLE.findall(source.read_text())}
    imported = re.findall(r"from portal\.\w+\.tables import (.+)", path.read_text(encoding="utf-8"))
    assert not tables & {one.strip() for line in imported for one in line.split(",")}


@pytest.mark.parametrize("path", OUTSIDE, ids=name)
def test_p4_nothing_outside_the_gate_writes_the_log(path: Path) -> None:
    assert WRITES.findall(path.read_text(encoding="utf-8")) == []


def test_p9_no_page_keeps_anything_in_the_browser() -> None:
    scripts = [*(PROJECT / "templates").rglob("*.html"), *(PROJECT / "static").glob("*.js")]
    storing = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie")
    assert [path for path in scripts if storing.search(path.read_text(encoding="utf-8"))] == []
