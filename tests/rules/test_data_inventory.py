"""docs/data-inventory.md says of every column of the real database what it holds about people, and of no other."""

import re

from portal.candidates.items import ALL_ITEMS, codes_of
from portal.settings import PROJECT
from tests.database import Database
from tests.each import for_each

TEXT = (PROJECT / "docs/data-inventory.md").read_text(encoding="utf-8")
COLUMNS = """
    select relnamespace::regnamespace::text || '.' || relname as name, array_agg(attname::text) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relkind in ('r', 'p') and not relispartition
      and relnamespace::regnamespace::text in ('portal', 'personal', 'accesslog')
    group by 1
"""
HEADINGS = ["column", "item", "category", "purpose", "who can read it", "kept"]
CATEGORIES = {"identifier", "contact", "profile", "decision", "security", "trace"}

Table = dict[str, list[str]]


def inventory() -> dict[str, tuple[Table, set[str]]]:
    """Per table: its personal columns with their cells, and the columns that hold nothing personal."""
    found = {}
    for section in re.split(r"^### ", TEXT, flags=re.M)[1:]:
        name, _line, body = section.partition("\n")
        body = re.split(r"^## ", body, flags=re.M)[0]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines() if line[:1] == "|"]
        assert not rows or rows[0] == HEADINGS, name
        plain = re.findall(r"^Nothing personal: (.*)$", body, flags=re.M)
        found[name.strip()] = ({row[0]: row[1:] for row in rows[2:]}, set(re.findall(r"`(\w+)`", " ".join(plain))))
    return found


INVENTORY = inventory()


async def test_every_column_of_the_database_is_in_the_inventory_and_no_other(database: Database) -> None:
    owner = await database.connect("portal_owner")
    real = {row["name"]: set(row["columns"]) for row in await owner.fetch(COLUMNS)}
    assert {name: set(personal) | plain for name, (personal, plain) in INVENTORY.items()} == real


@for_each("table", INVENTORY)
def test_every_personal_column_says_all_six_things(table: str) -> None:
    personal, plain = INVENTORY[table]
    assert not set(personal) & plain
    for column, cells in personal.items():
        assert len(cells) == 5, column
        assert all(cells), column
        assert cells[1] in CATEGORIES, column
        assert set(cells[0].split(", ")) <= {*codes_of(ALL_ITEMS), "–"}, column


def test_every_item_of_the_policy_has_its_column() -> None:
    cells = [cells for personal, _plain in INVENTORY.values() for cells in personal.values()]
    assert {item for cell in cells for item in cell[0].split(", ")} - {"–"} == set(codes_of(ALL_ITEMS))


def test_nothing_in_the_schema_of_people_is_taken_for_impersonal_without_reason() -> None:
    harmless = {"id", "created_at", "updated_at", "replaced_at", "media_type", "master_key_id"}
    for table, (_personal, plain) in INVENTORY.items():
        assert plain <= harmless or not table.startswith("personal."), table
