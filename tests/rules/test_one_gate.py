"""P10: personal tables are read in one place. What shows, counts or sends asks the gate instead."""

import re
from pathlib import Path

from portal.settings import PROJECT, Settings
from tests.each import for_each

PORTAL = PROJECT / "portal"
# The gate itself, and what puts data in as the owner.
ALLOWED = re.compile(r"\w+/gate/|intake/|migrations/")
SOURCES = [path for path in sorted(PORTAL.rglob("*")) if path.suffix in (".py", ".sql")]
OUTSIDE = [path for path in SOURCES if not ALLOWED.match(path.relative_to(PORTAL).as_posix())]
PERSONAL = re.compile(r"\bpersonal\.\w+")
PERSONAL_TABLE = re.compile(r"class (\w+)\(Table[^)]*schema=\"personal\"")
WRITES = re.compile(
    r"\b(insert into|update|delete from|truncate)\s+(accesslog\.(?!(?:action|fact|reason)\b)|personal\.)", re.I
)


@for_each("path", OUTSIDE)
def test_p10_no_sql_outside_the_gate_names_a_personal_table(path: Path) -> None:
    assert PERSONAL.findall(path.read_text(encoding="utf-8")) == []


@for_each("path", sorted(PORTAL.rglob("tables.py")))
def test_p10_no_table_of_the_portals_own_queries_is_personal(path: Path) -> None:
    assert PERSONAL_TABLE.findall(path.read_text(encoding="utf-8")) == []


@for_each("path", [one for one in SOURCES if one.name == "tables.py"])
def test_every_table_is_queried(path: Path) -> None:
    others = "\n".join(one.read_text(encoding="utf-8") for one in SOURCES if one.name != "tables.py")
    declared = re.findall(r"class (\w+)\(Table", path.read_text(encoding="utf-8"))
    assert [table for table in declared if not re.search(rf"\b{table}\.\w+", others)] == []


def test_every_setting_is_read() -> None:
    others = "\n".join(one.read_text(encoding="utf-8") for one in SOURCES if one != PORTAL / "settings.py")
    assert [name for name in Settings.model_fields if not re.search(rf"\.{name}\b", others)] == []


@for_each("path", OUTSIDE)
def test_p4_nothing_outside_the_gate_writes_the_log(path: Path) -> None:
    assert WRITES.findall(path.read_text(encoding="utf-8")) == []


def test_p9_no_page_keeps_anything_in_the_browser() -> None:
    scripts = [*(PROJECT / "templates").rglob("*.html"), *(PROJECT / "static").glob("*.js")]
    storing = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie")
    assert [path for path in scripts if storing.search(path.read_text(encoding="utf-8"))] == []
