"""The tests that `docs/security.md` names exist, and no line of ASVS Level 1 is left out."""

import re

from portal.settings import PROJECT

SECURITY = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
# Level 1 of the project's checklist, from OWASP ASVS 5.0.0.
LEVEL_1 = [
    "V1.2.1",
    "V1.2.4",
    "V2.3.1",
    "V3.2.1",
    "V3.3.1",
    "V3.4.1",
    "V3.5.1",
    "V3.5.3",
    "V5.2.1",
    "V5.2.2",
    "V5.3.2",
    "V6.2.4",
    "V6.3.1",
    "V7.2.4",
    "V7.4.1",
    "V7.4.2",
    "V8.2.1",
    "V8.2.2",
    "V9.1.2",
    "V9.2.1",
    "V12.2.1",
    "V14.3.1",
    "V15.2.1",
]
ATTACKERS = ("recruiter", "stranger", "another company", "web role's password", "operator", "local user")


def test_each_line_of_level_1_has_a_test_or_a_reason() -> None:
    rows = re.findall(r"^\| (V[\d.]+) \| (.+) \|$", SECURITY, re.MULTILINE)
    assert [line for line, _shown in rows] == LEVEL_1
    assert [line for line, shown in rows if "tests/" not in shown and not shown.startswith("Reason: ")] == []


def test_each_kind_of_attacker_has_its_row() -> None:
    kinds = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \| `tests/", SECURITY, re.MULTILINE)
    assert [kind for kind in ATTACKERS if not any(kind in row for row in kinds)] == []


def test_every_test_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", SECURITY)
    assert len(named) > len(LEVEL_1)
    for file, name in named:
        text = (PROJECT / file).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text, f"{file}::{name}"
