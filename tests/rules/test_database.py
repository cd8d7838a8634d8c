"""The database about itself: owners, row security, the gate's functions, and exactly what each role may do."""

import re
from typing import Any

import pytest

from portal.candidates.items import CONTACT_ITEMS, SELECTION_ITEMS, Item, Purpose, code_of
from portal.disclosure import apply
from portal.operate.migrate import GATE, migrate, migrate_back
from portal.piccolo_app import APP_CONFIG
from tests.database import Database

MIGRATIONS = apply.PORTAL / "migrations"
SCHEMAS = ["portal", "personal", "accesslog"]
TABLES = """
select c.oid::regclass::text as name, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) as owner,
       coalesce(array_agg(polname order by polname) filter (where polname is not null), '{}') as policies
from pg_class c left join pg_policy on polrelid = c.oid
where relnamespace::regnamespace::text = any ($1) and relkind in ('r', 'p') group by c.oid order by 1
"""

# The tables the web process may read, each by a policy; of the account only these columns.
WEB_READS = {
    "portal.item", "portal.purpose", "portal.regime", "portal.notice",
    "portal.company", "portal.opening", "portal.agreement", "portal.undertaking",
    "portal.account", "portal.criteria",
}  # fmt: skip
ACCOUNT_COLUMNS = {
    "id", "email", "display_name", "role", "company_id", "locale", "suspended_by_company", "status", "created_at",
}  # fmt: skip
SAID = apply.callers(apply.source())
READ_FROM_A_ROW = ("in_force", "in_force_otherwise", "end_of")
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


async def test_every_table_belongs_to_the_owner_under_forced_row_security(database: Database) -> None:
    owner = await database.connect("portal_owner")
    tables = await owner.fetch(TABLES, SCHEMAS)
    assert len(tables) > 30
    for table in tables:
        assert table["owner"] == "portal_owner", table["name"]
        assert (table["relrowsecurity"], table["relforcerowsecurity"]) == (True, True), table["name"]


async def test_every_table_has_the_policies_it_should(database: Database) -> None:
    owner = await database.connect("portal_owner")
    for table in await owner.fetch(TABLES, SCHEMAS):
        web = {"web_reads"} if table["name"] in WEB_READS else set()
        assert set(table["policies"]) == {"gate_all", "owner_all"} | web, table["name"]


async def test_no_policy_lets_the_web_process_write(database: Database) -> None:
    owner = await database.connect("portal_owner")
    rows = await owner.fetch("select polname, polcmd from pg_policy where 'portal_web'::regrole = any (polroles)")
    assert {row["polcmd"] for row in rows} == {b"r"}
    assert not await owner.fetch("select from pg_policy where 0 = any (polroles)"), "none is for PUBLIC"


@pytest.mark.parametrize(("role", "reads"), [("portal_web", WEB_READS), ("portal_worker", set())])
async def test_a_role_may_read_what_stands_here_and_write_nothing(
    database: Database, role: str, reads: set[str]
) -> None:
    owner = await database.connect("portal_owner")
    rows = await owner.fetch(
        "select c.oid::regclass::text as name, kind from pg_class c, unnest($2::text[]) as kind"
        " where relnamespace::regnamespace::text in ('portal', 'personal', 'accesslog', 'gate', 'public')"
        " and relkind in ('r', 'p', 'v', 'm') and (has_table_privilege($1, c.oid, kind)"
        " or kind not in ('DELETE', 'TRUNCATE', 'TRIGGER') and has_any_column_privilege($1, c.oid, kind))",
        role,
        list(RIGHTS),
    )
    assert {(row["name"], row["kind"]) for row in rows} == {(name, "SELECT") for name in reads}


async def test_of_an_account_the_web_process_reads_no_column_beyond_these(database: Database) -> None:
    owner = await database.connect("portal_owner")
    columns = await owner.fetch(
        "select attname from pg_attribute where attrelid = 'portal.account'::regclass and attnum > 0"
        " and has_column_privilege('portal_web', attrelid, attnum, 'SELECT')"
    )
    assert {row["attname"] for row in columns} == ACCOUNT_COLUMNS


async def test_no_login_role_may_use_the_personal_schema_or_make_anything(database: Database) -> None:
    owner = await database.connect("portal_owner")
    usable = await owner.fetch(
        "select rolname, nspname, kind from pg_roles, pg_namespace, unnest(array['USAGE', 'CREATE']) as kind"
        " where rolname in ('portal_web', 'portal_worker')"
        " and nspname in ('portal', 'personal', 'accesslog', 'gate', 'public')"
        " and has_schema_privilege(rolname, nspname, kind)"
    )
    assert {tuple(row) for row in usable} == {
        ("portal_web", "gate", "USAGE"),
        ("portal_web", "portal", "USAGE"),
        ("portal_worker", "gate", "USAGE"),
        ("portal_worker", "accesslog", "USAGE"),
    }
    for role in ("portal_web", "portal_worker"):
        for right in ("CREATE", "TEMPORARY"):
            assert not await owner.fetchval("select has_database_privilege($1, current_database(), $2)", role, right)


async def functions(database: Database) -> list[Any]:
    """Every function of the gate and the log, with what matters about it."""
    owner = await database.connect("portal_owner")
    found: list[Any] = await owner.fetch(
        "select proname, pronamespace::regnamespace::text as schema, prosecdef, proconfig,"
        " pg_get_userbyid(proowner) as owner,"
        " has_function_privilege('portal_web', oid, 'EXECUTE') as web,"
        " has_function_privilege('portal_worker', oid, 'EXECUTE') as worker,"
        " exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as public"
        " from pg_proc where pronamespace::regnamespace::text in ('gate', 'accesslog')"
    )
    return found


async def test_the_gates_functions_belong_to_the_gate_and_are_closed_to_public(database: Database) -> None:
    for function in await functions(database):
        assert function["owner"] == ("portal_gate" if function["schema"] == "gate" else "portal_owner"), function
        assert not function["public"], function


async def test_every_definers_function_has_a_fixed_search_path_with_temp_last(database: Database) -> None:
    definers = [function for function in await functions(database) if function["prosecdef"]]
    assert len(definers) > 20
    for function in definers:
        assert "search_path=pg_catalog, pg_temp" in function["proconfig"], function["proname"]


async def test_each_role_may_call_exactly_what_the_line_above_a_function_says(database: Database) -> None:
    found = await functions(database)
    for role in ("web", "worker"):
        said = {name for name, roles in SAID.items() if f"portal_{role}" in roles}
        assert {function["proname"] for function in found if function[role]} - {"keep_partitions"} == said


async def test_what_the_web_process_may_call_is_the_definers_or_reads_nothing(database: Database) -> None:
    for function in await functions(database):
        if function["web"]:
            assert function["prosecdef"] or function["proname"] in READ_FROM_A_ROW, function["proname"]


async def test_items_and_purposes_have_the_same_bits_in_python_and_in_sql(database: Database) -> None:
    web = await database.connect("portal_web")
    items = {row["code"]: row["mask"] for row in await web.fetch("select * from portal.item")}
    assert items == {code_of(item): int(item) for item in Item}
    purposes = {row["code"]: (row["mask"], row["items"]) for row in await web.fetch("select * from portal.purpose")}
    assert purposes == {
        "selection": (int(Purpose.SELECTION), int(SELECTION_ITEMS)),
        "contact": (int(Purpose.CONTACT), int(CONTACT_ITEMS)),
    }


async def test_each_stored_item_has_a_column_and_each_column_an_item(database: Database) -> None:
    owner = await database.connect("portal_owner")
    rows = await owner.fetch(
        "select attname from pg_attribute where attrelid = 'personal.candidate_items'::regclass and attnum > 0"
    )
    about_items = {"candidate_id", "japanese_rank", "japanese_certified", "work_permission", "sources"}
    assert {row["attname"] for row in rows} - about_items == {
        code_of(item) for item in Item if item is not Item.RESUME_ORIGINAL
    }


async def test_the_gate_in_the_database_is_the_gate_in_the_files(database: Database) -> None:
    owner = await database.connect("portal_owner")
    assert await apply.applied_digest(owner) == apply.digest()


async def test_the_gate_can_be_rebuilt_over_data_and_changes_nothing(database: Database) -> None:
    owner = await database.connect("portal_owner")
    before = await structure(owner)
    for _ in range(2):
        async with owner.transaction():
            await apply.rebuild(owner)
    assert await structure(owner) == before


async def test_without_the_gate_the_web_process_reads_nothing(database: Database) -> None:
    owner, web = await database.connect("portal_owner"), await database.connect("portal_web")
    async with owner.transaction():
        await apply.remove(owner)
    for table in WEB_READS - {"portal.account"}:
        assert await web.fetch(f"select * from {table}") == []


async def test_migrations_go_forward_back_and_forward_again(database: Database) -> None:
    """And end at the same structure; the last one back alone as well as all of them."""
    url = database.url("portal_owner")
    owner = await database.connect("portal_owner")
    before = await structure(owner)
    ran = await migrate_back(url, "all")
    assert len(ran) >= 3
    assert await structure(owner) == []
    assert await migrate(url, ran[-2]) == ran[:-1]
    without_the_last = tables_of(await structure(owner))
    assert await migrate(url) == [ran[-1], GATE]
    assert await structure(owner) == before
    assert await migrate_back(url, ran[-1]) == [ran[-1]]
    assert tables_of(await structure(owner)) == without_the_last
    await migrate(url)
    assert await structure(owner) == before


def tables_of(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The tables in a structure, without what the gate was granted on them."""
    return [row for row in found if row[0] in ("column", "index", "constraint", "trigger")]


async def structure(owner: Any) -> list[tuple[Any, ...]]:
    """Tables, columns, indexes, constraints, functions with their bodies and rights, and policies."""
    rows = await owner.fetch(
        "select 'column' as what, attrelid::regclass::text as a, attname::text as b,"
        " format_type(atttypid, atttypmod) as c"
        " from pg_attribute join pg_class c on c.oid = attrelid where attnum > 0 and not attisdropped"
        " and relnamespace::regnamespace::text in ('portal', 'personal', 'accesslog', 'gate')"
        " union all select 'rights', c.oid::regclass::text, relrowsecurity::text || relforcerowsecurity, relacl::text"
        " from pg_class c where relnamespace::regnamespace::text in ('portal', 'personal', 'accesslog', 'gate')"
        " union all select 'function', oid::regprocedure::text, proacl::text,"
        " md5(prosrc || coalesce(proconfig::text, ''))"
        " from pg_proc where pronamespace::regnamespace::text in ('portal', 'personal', 'accesslog', 'gate')"
        " union all select 'index', schemaname, indexname, indexdef from pg_indexes"
        " where schemaname in ('portal', 'personal', 'accesslog')"
        " union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
        " from pg_constraint where connamespace::regnamespace::text in ('portal', 'personal', 'accesslog')"
        " union all select 'policy', schemaname || '.' || tablename, policyname || roles::text, coalesce(qual, '')"
        " from pg_policies union all select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)"
        " from pg_trigger where not tgisinternal order by 1, 2, 3, 4"
    )
    return [tuple(row) for row in rows]


TYPES = {"INTEGER": "int4", "BIGINT": "int8", "BOOLEAN": "bool", "SMALLINT": "int2"}


async def test_piccolos_tables_are_those_of_the_database(module_database: Database) -> None:
    owner = await module_database.connect("portal_owner")
    for table in APP_CONFIG.table_classes:
        found = await owner.fetch(
            "select column_name, udt_name, is_nullable = 'YES' as nullable from information_schema.columns"
            " where table_schema = $1 and table_name = $2",
            table._meta.schema, table._meta.tablename,
        )  # fmt: skip
        real = {row["column_name"]: (row["udt_name"], row["nullable"]) for row in found}
        for column in table._meta.columns:
            kind = TYPES.get(column.column_type, column.column_type.lower())
            kind = f"_{kind[:-2]}" if kind.endswith("[]") else kind
            assert real.get(column._meta.db_column_name) == (kind, column._meta.null), f"{table.__name__}.{column}"


def test_no_two_migrations_have_the_same_name() -> None:
    """Of two, one would be taken for done."""
    names = re.findall(
        r'^ID = "(.+)"$', "\n".join(path.read_text() for path in MIGRATIONS.glob("portal_*.py")), re.MULTILINE
    )
    assert len(names) > 10
    assert sorted(set(names)) == sorted(names)
