"""Migrations are told apart by their ids: of two with one id only one would run."""

import re
from collections import Counter

from portal.settings import PROJECT

FILES = sorted((PROJECT / "portal/migrations").glob("portal_*.py"))
ID = re.compile(r'^ID = "(\S+)"$', re.MULTILINE)


def test_no_two_migrations_have_one_id() -> None:
    ids = Counter(found for path in FILES for found in ID.findall(path.read_text(encoding="utf-8")))
    assert [one for one, times in ids.items() if times > 1] == []
    assert len(ids) == len(FILES)


def test_a_migration_is_named_after_its_id() -> None:
    for path in FILES:
        (found,) = ID.findall(path.read_text(encoding="utf-8"))
        assert path.stem.startswith("portal_" + re.sub(r"[-:T]", lambda sign: "t" if sign[0] == "T" else "_", found))
